import type { Migration } from '../../../base/node/migration-files.ts';
// @ts-expect-error -- the real module, which the hooks know by this name
import { readMigrations as real } from '../../../base/node/migration-files.ts?real';

const read = real as (folder: string) => Migration[]; // its own type

const known = new Map<string, Migration[]>();

/** Read once: they do not change while a simulation runs. */
export function readMigrations(folder: string): Migration[] {
  const migrations = known.get(folder) ?? read(folder);
  known.set(folder, migrations);
  return migrations;
}
