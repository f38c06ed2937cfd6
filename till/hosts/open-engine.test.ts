/** What an engine does beside its sales: small WAL, copies, the long look; and a second engine beside it. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, openReadOnly } from '../store/open-database.ts';
import { verifyLedger } from '../store/verify/verify-ledger.ts';
import { MIGRATIONS } from '../testing/test-till.ts';
import type { GuardedEngine } from './open-engine.ts';
import {
  coffees,
  copyOfFolder,
  entriesOf,
  findingsOf,
  ledgerOf,
  openGuarded,
  soldFolder,
} from './testing/damaged-till.ts';

const CHECK = path.join(import.meta.dirname, '..', 'store', 'rescue', 'check-worker.ts');

let parent: string;
let template: string;
let folder: string;
let engine: GuardedEngine | undefined;
beforeAll(async () => {
  parent = mkdtempSync(path.join(os.tmpdir(), 'loyaltill-engine-'));
  template = await soldFolder(40, parent);
});
afterAll(() => rmSync(parent, { recursive: true }));
beforeEach(() => {
  folder = copyOfFolder(template);
});
afterEach(async () => {
  await engine?.close();
  engine = undefined;
});

async function sell(): Promise<boolean> {
  return (await engine?.call('sale.commit', coffees(null)))?.ok === true;
}

/** A thread of its own reads a thousand modules first. */
const LOOK = { timeout: 120_000 };

describe('an engine on its folder', () => {
  it('moves its WAL into the ledger when it is idle', async () => {
    engine = openGuarded(folder);
    expect(await sell()).toBe(true);
    expect(statSync(`${ledgerOf(folder)}-wal`).size).toBeGreaterThan(0);
    engine.beats.checkpoint();
    expect(statSync(`${ledgerOf(folder)}-wal`).size).toBe(0);
  });

  it('keeps a copy of its ledger on a second disk that proves itself, and replaces it whole', async () => {
    const backupFolder = path.join(folder, 'stick');
    engine = openGuarded(folder, { backupFolder });
    await engine.beats.backup();
    expect(await sell()).toBe(true);
    await engine.beats.backup();
    const copy = path.join(backupFolder, 'ledger-backup.db');
    expect(verifyLedger(copy, MIGRATIONS)).toMatchObject({ findings: [], entries: 42 });
    expect(existsSync(`${copy}.new`)).toBe(false);
  });

  it('finds nothing in a sound ledger at the long look, and leaves no copy behind', LOOK, async () => {
    engine = openGuarded(folder, { checkProgram: CHECK });
    await engine.beats.check();
    expect([existsSync(path.join(folder, 'damaged')), existsSync(path.join(folder, 'check'))]).toEqual([false, false]);
    expect(await sell()).toBe(true);
  });

  it('finds at the long look what no start sees, and goes on with a salvaged ledger', LOOK, async () => {
    const before = entriesOf(folder);
    // A wrong number in a balance: the chain holds, and SQLite has nothing to say.
    const db = openDatabase(ledgerOf(folder), 'FULL');
    const balance = db.prepare("SELECT balance FROM account_balance WHERE account = 'issued'").pluck();
    const right = balance.get();
    db.exec("UPDATE account_balance SET balance = balance + 1 WHERE account = 'issued'");
    db.close();
    engine = openGuarded(folder, { checkProgram: CHECK });
    expect(findingsOf(folder)).not.toEqual([]);
    await engine.beats.check();
    expect(await sell()).toBe(true); // waits until the ledger is open again
    expect(entriesOf(folder).slice(0, before.length)).toEqual(before);
    expect(findingsOf(folder)).toEqual([]);
    const after = openReadOnly(ledgerOf(folder));
    expect(after.prepare("SELECT balance FROM account_balance WHERE account = 'issued'").pluck().get()).toBe(right);
    after.close();
  });

  it('keeps a second one out until it is closed', async () => {
    engine = openGuarded(folder);
    expect(() => openGuarded(folder)).toThrow('in use');
    await engine.close();
    engine = openGuarded(folder);
    expect(await sell()).toBe(true);
  });

  it('notes how far it has come beside the ledger', async () => {
    engine = openGuarded(folder);
    expect(await sell()).toBe(true);
    await engine.close();
    expect(readFileSync(path.join(folder, 'ledger.count'), 'utf8')).toContain('\\"lastSeq\\":42');
  });
});
