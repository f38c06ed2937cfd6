/** A data folder with a day's sales in it, for tests that break its files. */
import { cpSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import type { MemberId } from '../../../base/ids.ts';
import { openReadOnly } from '../../store/open-database.ts';
import { verifyLedger, type Finding } from '../../store/verify/verify-ledger.ts';
import { MIGRATIONS, newCommand, openTestTill, type TestTill } from '../../testing/test-till.ts';
import { openEngine, type GuardedEngine, type OpenEngineOptions } from '../open-engine.ts';

export const MACHINE = { id: 'm1', cards: [] } as const;
const MB = 1024 * 1024;
/** Far below what any disk has free. */
const SMALL_DISK = { warn: 3 * MB, extras: 2 * MB, ballast: MB, least: MB };

export type EntryText = { readonly seq: number; readonly text: string };

/** Its ledger, its count file and its keys are as a till leaves them that was closed in order. */
export async function soldFolder(sales: number, parent = os.tmpdir()): Promise<string> {
  const folder = mkdtempSync(path.join(parent, 'loyaltill-faults-'));
  const till = await openTestTill({ dataFolder: folder });
  await sell(till, sales);
  await till.engine.parts.prints.idle();
  await till.engine.close();
  const engine = openGuarded(folder);
  await engine.close();
  return folder;
}

async function sell(till: Pick<TestTill, 'ask'>, sales: number): Promise<void> {
  const { member } = await till.ask('member.enrol', {
    command: newCommand(),
    card: '2900000000018',
    firstName: 'Ada',
    phone: null,
    email: null,
    birthday: null,
  });
  for (let sale = 1; sale <= sales; sale += 1) await till.ask('sale.commit', coffees(member, `R${sale}`));
}

export function coffees(member: MemberId | null, reference: string | null = null) {
  return {
    command: newCommand(),
    member,
    lines: [{ sku: 'COFFEE', quantity: '2', unitPrice: 350 }],
    redeem: [],
    reference,
    expectedDue: null,
  };
}

export function openGuarded(dataFolder: string, options: Partial<OpenEngineOptions> = {}): GuardedEngine {
  const opened = openEngine({
    dataFolder,
    migrationsFolder: MIGRATIONS,
    log: pino({ level: 'silent' }),
    machine: MACHINE,
    diskLimits: SMALL_DISK,
    ...options,
  });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

export function copyOfFolder(folder: string): string {
  const copy = mkdtempSync(path.join(path.dirname(folder), 'loyaltill-faults-'));
  cpSync(folder, copy, { recursive: true });
  return copy;
}

export function ledgerOf(folder: string): string {
  return path.join(folder, 'ledger.db');
}

export function entriesOf(folder: string): EntryText[] {
  const db = openReadOnly(ledgerOf(folder));
  try {
    return db
      .prepare<[], { seq: number; bytes: Buffer }>('SELECT seq, bytes FROM entry ORDER BY inc, seq')
      .all()
      .map(({ seq, bytes }) => ({ seq, text: bytes.toString('utf8') }));
  } finally {
    db.close();
  }
}

export function findingsOf(folder: string): readonly Finding[] {
  return verifyLedger(ledgerOf(folder), MIGRATIONS).findings;
}
