/**
 * One engine per data folder. The lock is SQLite's own lock on a small file: the operating system lets go of it when the process ends,
 * however it ends, so nothing stale is left behind, and a process number that another program has got since means nothing. (A file with
 * a process number in it fails exactly after a power cut.) Who holds it stands beside it, for people only.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
// oxlint-disable-next-line no-restricted-imports -- for its file lock: no data are in this file
import Database from 'better-sqlite3';
import { ok, refused, type Refusal, type Result } from '../../base/result.ts';

const LOCK_FILE = 'engine.lock';
const OWNER_FILE = 'engine.owner';

export type DataFolderLock = { release(): void };

/** Makes the folder where it is missing. Refuses where another engine has it; throws where the folder cannot be written. */
export function lockDataFolder(dataFolder: string): Result<DataFolderLock, Refusal<'data-folder-in-use'>> {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const lock = new Database(path.join(dataFolder, LOCK_FILE), { timeout: 0 });
  const owner = path.join(dataFolder, OWNER_FILE);
  try {
    // A rollback journal, since the exclusive lock of a WAL database lets readers in; the transaction stays open and writes nothing.
    lock.pragma('journal_mode = DELETE');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    return refused(
      'data-folder-in-use',
      `The data folder ${dataFolder} is in use by another Loyaltill${ownerName(owner)}. End that one first.`,
    );
  }
  writeFileSync(owner, String(process.pid), { mode: 0o600 });
  return ok({
    release() {
      if (!lock.open) return;
      rmSync(owner, { force: true });
      lock.close();
    },
  });
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

function ownerName(file: string): string {
  try {
    return ` (process ${readFileSync(file, 'utf8').trim()})`;
  } catch {
    return '';
  }
}
