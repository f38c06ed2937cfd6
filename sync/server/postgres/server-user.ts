/**
 * PostgreSQL refuses to run as root. Started by root (a container, a CI machine), the server runs as the user `postgres`, who must be
 * able to reach both the programs and the data: where they lie under a private folder, they live in a folder of the system instead.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { binariesIn, versionOf, type Binaries } from './binaries.ts';

export type ServerUser = { readonly uid: number; readonly gid: number };

const USER = 'postgres';
const SYSTEM_FOLDER = '/var/lib/loyaltill';

/** Undefined: the server runs as we do. */
export function serverUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (spawnSync('id', ['-u', USER]).status !== 0) {
    execFileSync('groupadd', ['--system', '--force', USER]);
    execFileSync('useradd', ['--system', '--gid', USER, '--no-create-home', USER]);
  }
  const idOf = (flag: string): number => Number(execFileSync('id', [flag, USER], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** The programs, or a copy that the user can run. */
export function reachableBinaries(binaries: Binaries, user: ServerUser | undefined): Binaries {
  if (user === undefined || canReach(binaries.postgres, user)) return binaries;
  const copy = join(SYSTEM_FOLDER, `postgresql-${versionOf(binaries)}`);
  if (!existsSync(copy)) {
    const partial = `${copy}.${process.pid}`;
    mkdirSync(SYSTEM_FOLDER, { recursive: true, mode: 0o755 });
    cpSync(binaries.root, partial, { recursive: true, verbatimSymlinks: true });
    // Another start may have finished its copy in the meantime: the first one stays.
    if (existsSync(copy)) rmSync(partial, { recursive: true });
    else renameSync(partial, copy);
  }
  return binariesIn(copy);
}

/** The folder for the cluster of this data folder: inside it, where the user can reach that. */
export function clusterFolder(dataFolder: string, user: ServerUser | undefined): string {
  const inside = join(dataFolder, 'postgres');
  if (user === undefined || canReach(dataFolder, user)) return inside;
  const name = createHash('sha256').update(dataFolder).digest('hex').slice(0, 16);
  mkdirSync(SYSTEM_FOLDER, { recursive: true, mode: 0o755 });
  return join(SYSTEM_FOLDER, `${name}-postgres`);
}

/** Makes the folder, owned by the server's user, private to it. */
export function makePrivateFolder(folder: string, user: ServerUser | undefined): void {
  mkdirSync(dirname(folder), { recursive: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  giveTo(folder, user);
}

export function giveTo(path: string, user: ServerUser | undefined): void {
  if (user !== undefined) chownSync(path, user.uid, user.gid);
}

function canReach(path: string, user: ServerUser): boolean {
  return spawnSync('test', ['-x', path], { ...user, cwd: '/' }).status === 0;
}
