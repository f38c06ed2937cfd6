/**
 * The long look at a ledger, in a thread of its own: a copy is taken with SQLite's backup, so that no reader keeps the WAL from shrinking, and
 * everything is proved on the copy: chain, SQLite's own check, balances, sales. The pages of a copy are those of the file, damage included.
 */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { present } from '../../../base/assert.ts';
import { copyLedger } from './copy-ledger.ts';
import { verifyLedger } from '../verify/verify-ledger.ts';

const { ledgerFile, migrationsFolder, copy } = z
  .strictObject({ ledgerFile: z.string(), migrationsFolder: z.string(), copy: z.string() })
  .parse(workerData);

const port = present(parentPort, 'this runs in a thread of its own');

async function look(): Promise<void> {
  try {
    await copyLedger(ledgerFile, copy);
    const { findings, entries } = verifyLedger(copy, migrationsFolder);
    port.postMessage({ findings, entries });
  } finally {
    rmSync(path.dirname(copy), { recursive: true, force: true });
  }
}

// Built as CommonJS too, which cannot wait at its top; thrown outside of any promise it ends the thread, and its owner hears of it.
look().catch((error: unknown) =>
  setImmediate(() => {
    throw error;
  }),
);
