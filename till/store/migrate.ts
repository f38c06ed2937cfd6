/**
 * Migrations: numbered SQL files, forward only. Each is applied together with its bookkeeping in one transaction, so a power cut between
 * the two cannot happen; a shipped file that changed, or a database that a newer Loyaltill wrote, is refused.
 */
import { readMigrations, type Migration } from '../../base/node/migration-files.ts';
import { failed, ok, type Refusal, type Result } from '../../base/result.ts';
import { transact, type WritableDb } from './open-database.ts';

export { readMigrations, type Migration };

export type MigrationRefusal = Refusal<'database-from-the-future' | 'migration-changed' | 'database-not-ours'>;

/** Brings the database to the newest version. Answers the version that it had before. */
export function migrate(db: WritableDb, migrations: readonly Migration[]): Result<number, MigrationRefusal> {
  const before = Number(db.pragma('user_version', { simple: true }));
  const refusal = before > 0 ? findMismatch(db, migrations, before) : undefined;
  if (refusal !== undefined) return failed(refusal);
  for (const migration of migrations.slice(before)) transact(db, () => apply(db, migration));
  return ok(before);
}

function apply(db: WritableDb, { version, name, sql, checksum }: Migration): void {
  db.exec(
    'CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL) STRICT',
  );
  db.exec(sql);
  db.prepare('INSERT INTO migration (version, name, checksum) VALUES (?, ?, ?)').run(version, name, checksum);
  db.pragma(`user_version = ${version}`);
}

function findMismatch(db: WritableDb, migrations: readonly Migration[], before: number): MigrationRefusal | undefined {
  if (before > migrations.length) {
    return {
      code: 'database-from-the-future',
      message: `This data folder was written by a newer Loyaltill (version ${before} of its tables, this one knows ${migrations.length}). Update Loyaltill; nothing was changed.`,
    };
  }
  const known = db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'migration'").pluck().get() === 1;
  if (!known) return { code: 'database-not-ours', message: 'This file is no Loyaltill database; nothing was changed.' };
  const rows = db.prepare('SELECT version, name, checksum FROM migration ORDER BY version').all();
  const applied = rows as { version: number; name: string; checksum: string }[]; // columns of our own table
  const changed = applied.find((row) => migrations[row.version - 1]?.checksum !== row.checksum);
  if (changed === undefined) return undefined;
  return {
    code: 'migration-changed',
    message: `The migration ${changed.name} is not the one that made these tables. Reinstall Loyaltill; nothing was changed.`,
  };
}
