/**
 * members.db while the till runs: it can be swapped for a snapshot that was made ready beside it. The new file takes the old one's name in one
 * rename, so a crash at any point leaves the one or the other, whole. What follows from it (statements, what is held in memory) is replaced in
 * the same turn, in place, so nobody sees half of both.
 */
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { assert } from '../../base/assert.ts';
import { memberRanges } from './member-ranges.ts';
import { memberTables } from './members.ts';
import { openDatabase, transact, type ReadableDb, type WritableDb } from './open-database.ts';
import { saleTable } from './sales.ts';
import { snapshotTable } from './snapshot-table.ts';

export type MemberFile = {
  readonly members: ReturnType<typeof memberTables>;
  readonly ranges: ReturnType<typeof memberRanges>;
  readonly sales: ReturnType<typeof saleTable>;
  readonly snapshot: ReturnType<typeof snapshotTable>;
  transact<Value>(work: () => Value): Value;
  /** What is open now, for reading; not to be kept. */
  readable(): ReadableDb;
  /** Takes the place of the file. `next` is closed and on disk. */
  replaceBy(next: string): void;
  close(): void;
};

/** `opened`: migrated, and of this file. */
export function memberFile(file: string, opened: WritableDb): MemberFile {
  let db = opened;
  const members = memberTables(db);
  const ranges = memberRanges(db);
  const sales = saleTable(db);
  const snapshot = snapshotTable(db);
  return {
    members,
    ranges,
    sales,
    snapshot,
    transact: (work) => transact(db, work),
    readable: () => db,
    replaceBy: (next) => {
      letGo(db, file);
      try {
        renameSync(next, file);
        flushFolder(path.dirname(file));
      } finally {
        // Whichever of the two it is now.
        db = openDatabase(file, 'NORMAL');
        Object.assign(members, memberTables(db));
        Object.assign(ranges, memberRanges(db));
        Object.assign(sales, saleTable(db));
        Object.assign(snapshot, snapshotTable(db));
      }
    },
    close: () => {
      db.close();
    },
  };
}

/** All of its log goes into the file, and then the log goes: SQLite would replay a log that is left onto the file that takes the name. */
function letGo(db: WritableDb, file: string): void {
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  const log = `${file}-wal`;
  assert(
    !existsSync(log) || statSync(log).size === 0,
    'the log of members.db is not empty: somebody else reads the file',
  );
  rmSync(log, { force: true });
  rmSync(`${file}-shm`, { force: true });
  flushFolder(path.dirname(file));
}

/** So that a rename or delete survives a power cut. Windows has no such thing for folders, and needs none. */
function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
