/**
 * Brings a database to this code's schema. Each file and its bookkeeping row are one transaction, under a lock that several processes
 * share, so that a cut at any instant leaves a file applied and noted, or neither. A shipped file never changes: its checksum is kept.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256 } from '../../../base/node/hash.ts';
import { ok, refused, type Refusal, type Result } from '../../../base/result.ts';
import type { Database, Queries } from '../store/client.ts';

export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../../migrations/head-office/', import.meta.url));

const MIGRATION_LOCK = 0x4c4f_5942;

type Migration = { readonly version: number; readonly name: string; readonly checksum: string; readonly sql: string };
type Applied = Pick<Migration, 'version' | 'name' | 'checksum'>;
export type MigrationRefusal = Refusal<'changed-migration' | 'future-database'>;

/** How many files were applied. */
export async function migrate(
  database: Database,
  folder = MIGRATIONS_FOLDER,
): Promise<Result<number, MigrationRefusal>> {
  const migrations = readMigrations(folder);
  for (let count = 0; ; count += 1) {
    const step = await database.begin((transaction) => applyNext(transaction, migrations));
    if (!step.ok) return step;
    if (step.value === 'nothing-left') return ok(count);
  }
}

async function applyNext(
  transaction: Queries,
  migrations: readonly Migration[],
): Promise<Result<'applied' | 'nothing-left', MigrationRefusal>> {
  await transaction`select pg_advisory_xact_lock(${MIGRATION_LOCK})`;
  await transaction`
    create table if not exists migration (
      version integer primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())`;
  const applied = await transaction<Applied[]>`select version, name, checksum from migration order by version`;
  const refusal = compare(applied, migrations);
  if (refusal !== undefined) return refusal;
  const next = migrations[applied.length];
  if (next === undefined) return ok('nothing-left');
  await transaction.unsafe(next.sql);
  await transaction`
    insert into migration (version, name, checksum) values (${next.version}, ${next.name}, ${next.checksum})`;
  return ok('applied');
}

function compare(
  applied: readonly Applied[],
  migrations: readonly Migration[],
): Result<never, MigrationRefusal> | undefined {
  for (const [index, row] of applied.entries()) {
    const known = migrations[index];
    if (known === undefined) {
      return refused(
        'future-database',
        `This database is at version ${row.version} (${row.name}), and this program knows ${migrations.length} versions. Start a newer program.`,
      );
    }
    if (known.version !== row.version || known.checksum !== row.checksum) {
      return refused(
        'changed-migration',
        `Migration ${row.version} (${row.name}) was applied with another content than this program has as ${known.name}. Nothing was changed.`,
      );
    }
  }
  return undefined;
}

function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted();
  return names.map((name, index) => {
    const version = Number(/^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1]);
    if (version !== index + 1) throw new Error(`${name} is out of order: files are numbered from 0001 without a gap`);
    const sql = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n');
    return { version, name, checksum: sha256(sql), sql };
  });
}
