/**
 * Whether a build still fits its sources: a digest of every file that can reach it, kept beside what was built. Content, not times, since
 * a copy or a checkout sets times anew.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** `sources`: files and folders under `root`; those that are not there count as absent. `variant`: options that change the output. */
export function sourcesDigest(root: string, sources: readonly string[], variant: string): string {
  const hash = createHash('sha256').update(variant);
  for (const source of sources) {
    for (const file of filesUnder(path.join(root, source))) {
      hash.update(`\0${path.relative(root, file)}\0`).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

/** Runs `build` unless `stamp` says that `outputs` were made from these sources. Answers whether it ran. */
export async function buildUnlessFresh(options: {
  digest: string;
  stamp: string;
  outputs: readonly string[];
  force: boolean;
  build: () => Promise<void>;
}): Promise<boolean> {
  const { digest, stamp, outputs, force, build } = options;
  const fresh =
    existsSync(stamp) && readFileSync(stamp, 'utf8') === digest && outputs.every((output) => existsSync(output));
  if (fresh && !force) return false;
  rmSync(stamp, { force: true });
  await build();
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, digest);
  return true;
}

function filesUnder(entry: string): string[] {
  if (!existsSync(entry)) return [];
  if (!statSync(entry).isDirectory()) return [entry];
  const names = readdirSync(entry, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return names.flatMap(({ name }) => (isTest(name) ? [] : filesUnder(path.join(entry, name))));
}

function isTest(name: string): boolean {
  return name === 'testing' || name === 'node_modules' || /\.test\.tsx?$/.test(name);
}
