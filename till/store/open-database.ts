/**
 * Opens a SQLite file as a till needs it. better-sqlite3's build makes a WAL database synchronous=NORMAL on open, and NORMAL may lose the
 * last commits in a power cut; so FULL is set on every open, and asserted after a read, since before the first statement the pragma lies.
 */
import Database from 'better-sqlite3';
import { assert } from '../../base/assert.ts';
import type { Brand } from '../../base/ids.ts';

export type ReadableDb = Database.Database;
/** A connection that may write. Functions that take it run inside `transact`. */
export type WritableDb = Brand<Database.Database, 'WritableDb'>;

/** Below it SQLite can lose committed writes with two connections (the WAL-reset bug of 3.7.0 to 3.51.2). */
const SQLITE_VERSION_MIN = [3, 51, 3] as const;
const BUSY_TIMEOUT_MS = 5_000;
const CACHE_KIB = 64_000;
const WAL_BYTES_MAX = 16 * 1024 * 1024;

export type Durability = 'FULL' | 'NORMAL';

/** Throws where the file is no database, is damaged at its head or cannot be opened. `:memory:` is for tests. */
export function openDatabase(file: string, durability: Durability): WritableDb {
  const db = new Database(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    configure(db, durability);
  } catch (error) {
    db.close();
    throw error;
  }
  return db as WritableDb; // opened for writing, just above
}

export function openReadOnly(file: string): ReadableDb {
  return new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
}

/** Waits for nobody. */
export function openForProbe(file: string): ReadableDb {
  return new Database(file, { fileMustExist: true, timeout: 0 });
}

/** One use case, one transaction: all of it is on disk when this returns, or none. */
export function transact<Value>(db: WritableDb, work: () => Value): Value {
  return db.transaction(work).immediate();
}

function configure(db: Database.Database, durability: Durability): void {
  assertVersion(db);
  db.pragma('journal_mode = WAL');
  db.pragma(`synchronous = ${durability}`);
  db.pragma('mmap_size = 0'); // with it an I/O error is a SIGBUS, and the process is gone
  db.pragma(`cache_size = -${CACHE_KIB}`);
  db.pragma(`journal_size_limit = ${WAL_BYTES_MAX}`);
  db.pragma('checkpoint_fullfsync = 1'); // macOS: plain fsync there does not flush the drive
  db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
  const synchronous = db.pragma('synchronous', { simple: true });
  assert(
    synchronous === (durability === 'FULL' ? 2 : 1),
    `synchronous is ${String(synchronous)}, wanted ${durability}`,
  );
  assert(db.pragma('foreign_keys', { simple: true }) === 1, 'foreign keys are off');
}

function assertVersion(db: Database.Database): void {
  const version = String(db.prepare('SELECT sqlite_version()').pluck().get());
  const parts = version.split('.').map(Number);
  const difference =
    SQLITE_VERSION_MIN.map((least, index) => (parts[index] ?? 0) - least).find((part) => part !== 0) ?? 0;
  assert(difference >= 0, `SQLite ${version} is too old: ${SQLITE_VERSION_MIN.join('.')} is the least`);
}
