/** Migrations as files, for whoever makes or opens a database with them: numbered SQL, forward only. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { HashHex } from '../ids.ts';
import { sha256 } from './hash.ts';

export type Migration = {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
};

/** The migrations of a folder, in order. A gap or a second file of the same number is a bug of ours. */
export function readMigrations(folder: string): Migration[] {
  const files = readdirSync(folder)
    .filter((file) => /^\d{4}_[a-z0-9_]+\.sql$/.test(file))
    .toSorted();
  return files.map((file, index) => {
    const version = Number(file.slice(0, 4));
    if (version !== index + 1) throw new Error(`migration ${file} is out of order`);
    const sql = readFileSync(path.join(folder, file), 'utf8').replaceAll('\r\n', '\n');
    return { version, name: file, sql, checksum: sha256(sql) };
  });
}

/** Tables that these migrations made are the same wherever this is the same. */
export function layoutOf(migrations: readonly Migration[]): { readonly version: number; readonly hash: HashHex } {
  return { version: migrations.length, hash: sha256(migrations.map(({ checksum }) => checksum).join('\n')) };
}
