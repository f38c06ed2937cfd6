/**
 * The two files of a till. ledger.db holds what it wrote and is durable to the last commit; members.db holds what head office sent and can
 * be fetched again, so it needs no flush at each commit. A sale is one transaction in the first.
 */
import { closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { failed, ok, type Result } from '../../base/result.ts';
import { allowanceTable } from './allowances.ts';
import { commandTable } from './commands.ts';
import { entryTable } from './entries.ts';
import { ownLeads } from './leads.ts';
import { memberCache } from './member-cache.ts';
import { memberFile, type MemberFile } from './member-files.ts';
import { migrate, readMigrations, type MigrationRefusal } from './migrate.ts';
import { officeEntryTable } from './office-entries.ts';
import { openDatabase, transact, type WritableDb } from './open-database.ts';
import { overdraftTable } from './overdrafts.ts';
import { ownProfileTable } from './own-profiles.ts';
import { printJobTable } from './print-jobs.ts';
import { programmeTable } from './programmes.ts';
import { projections } from './projections.ts';
import { rescueNotes } from './rescue-notes.ts';
import { snapshotStore, type SnapshotStore } from './snapshot-disk.ts';
import { streamTroubles } from './stream-troubles.ts';
import { streamTable } from './streams.ts';
import { ledgerUpkeep, type Upkeep } from './upkeep.ts';

export const LEDGER_FILE = 'ledger.db';
export const MEMBERS_FILE = 'members.db';

export type TillStore = ReturnType<typeof tables> & {
  /** Work on ledger.db: one use case, one transaction. */
  transact<Value>(work: () => Value): Value;
  /** For what is held in memory of ledger.db: after a transaction of it that was rolled back. */
  onRollback(forget: () => void): void;
  /** Work on members.db, a page of the feed at a time. */
  transactMembers<Value>(work: () => Value): Value;
  readonly snapshots: SnapshotStore;
  readonly upkeep: Upkeep;
  close(): void;
};

/** Opens, or makes, the files in the folder and brings them to this version. */
export function openTillStore(dataFolder: string, migrationsFolder: string): Result<TillStore, MigrationRefusal> {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const ledger = openDatabase(ownFile(dataFolder, LEDGER_FILE), 'FULL');
  const membersFile = ownFile(dataFolder, MEMBERS_FILE);
  const members = openDatabase(membersFile, 'NORMAL');
  const memberMigrations = readMigrations(path.join(migrationsFolder, 'till', 'members'));
  const migrated = [
    migrate(ledger, readMigrations(path.join(migrationsFolder, 'till', 'ledger'))),
    migrate(members, memberMigrations),
  ];
  const refusal = migrated.find((result) => !result.ok);
  if (refusal !== undefined && !refusal.ok) {
    ledger.close();
    members.close();
    return failed(refusal.error);
  }
  const live = memberFile(membersFile, members);
  const stored = tables(ledger, live);
  const whenRolledBack: (() => void)[] = [stored.projections.forgetLastNumber, stored.troubles.reread];
  return ok({
    ...stored,
    transact: (work) => {
      try {
        return transact(ledger, work);
      } catch (error) {
        for (const forget of whenRolledBack) forget();
        throw error;
      }
    },
    onRollback: (forget) => whenRolledBack.push(forget),
    transactMembers: live.transact,
    snapshots: snapshotStore(dataFolder, live, memberMigrations),
    upkeep: ledgerUpkeep(dataFolder, path.join(dataFolder, LEDGER_FILE), ledger),
    close: () => {
      ledger.pragma('optimize');
      ledger.close();
      live.close();
    },
  });
}

/** Made before SQLite does, so that nobody else can read it; its -wal and -shm files take over the mode. */
function ownFile(dataFolder: string, name: string): string {
  const file = path.join(dataFolder, name);
  closeSync(openSync(file, 'a', 0o600));
  return file;
}

function tables(ledger: WritableDb, { members, ranges, sales, snapshot }: MemberFile) {
  return {
    streams: streamTable(ledger),
    troubles: streamTroubles(ledger),
    entries: entryTable(ledger),
    commands: commandTable(ledger),
    projections: projections(ledger),
    allowances: allowanceTable(ledger),
    overdrafts: overdraftTable(ledger),
    ownLeads: ownLeads(ledger),
    memberCache: memberCache(ledger),
    ownProfiles: ownProfileTable(ledger),
    programmes: programmeTable(ledger),
    rescue: rescueNotes(ledger),
    officeEntries: officeEntryTable(ledger),
    printJobs: printJobTable(ledger),
    members,
    ranges,
    sales,
    snapshot,
  };
}
