/** What keeps the files of a till small and safe beside the sales: the WAL, the backup, and how far each stream has come. */
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { WritableDb } from './open-database.ts';
import { streamCounter, type CountedStream, type StreamCounter } from './rescue/count-file.ts';
import type { MachineIdentity } from './rescue/machine.ts';

export const BACKUP_FILE = 'ledger-backup.db';
const BACKUP_PAGES_PER_STEP = 2_000;

export type Upkeep = {
  /** Moves the WAL into the file and empties it; false where a reader kept it. Throws as the disk does. */
  checkpoint(): boolean;
  walBytes(): number;
  /** A whole copy, made beside and renamed: the folder has the last good one at any time. The till sells on meanwhile. Answers the file. */
  backup(folder: string): Promise<string>;
  counter(before: readonly CountedStream[] | undefined, machine: MachineIdentity): StreamCounter;
};

export function ledgerUpkeep(dataFolder: string, ledgerFile: string, db: WritableDb): Upkeep {
  return {
    checkpoint: () => {
      const [row] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]; // the pragma's own columns
      return row?.busy === 0;
    },
    walBytes: () => (existsSync(`${ledgerFile}-wal`) ? statSync(`${ledgerFile}-wal`).size : 0),
    backup: async (folder) => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const file = path.join(folder, BACKUP_FILE);
      rmSync(`${file}.new`, { force: true });
      await db.backup(`${file}.new`, { progress: () => BACKUP_PAGES_PER_STEP });
      for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
      renameSync(`${file}.new`, file);
      return file;
    },
    counter: (before, machine) => streamCounter(dataFolder, db, before, machine),
  };
}
