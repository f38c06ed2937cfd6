import { openReadOnly } from '../open-database.ts';

const PAGES_PER_STEP = 2_000;

/** From a connection of its own, which reads the file and not another's memory. A write of the till meanwhile makes it begin again. */
export async function copyLedger(ledgerFile: string, copy: string): Promise<void> {
  const db = openReadOnly(ledgerFile);
  try {
    await db.backup(copy, { progress: () => PAGES_PER_STEP });
  } finally {
    db.close();
  }
}
