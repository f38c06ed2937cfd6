/**
 * Tills that have to enrol again, on a real head office: whatever became of the old incarnation, every fact that was confirmed to a customer counts
 * once, at head office and at the till, and none is lost.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BusinessDate } from '../../base/business-date.ts';
import type { CardCode, IncarnationId, MemberId, TillId, WalletId } from '../../base/ids.ts';
import { testServers } from '../../sync/server/testing/databases.ts';
import { startTestHeadOffice, TEST_STORE, type TestHeadOffice } from '../../sync/server/testing/test-head-office.ts';
import { openTillEngine, type TillEngine } from '../../till/app/engine.ts';
import { verifyLedger } from '../../till/store/verify/verify-ledger.ts';
import { BASE_PROGRAMME, MIGRATIONS, newCommand } from '../../till/testing/test-till.ts';

const POINTS = 'points' as WalletId; // names of the tests, like the others here
const AN_HOUR_MS = 3_600_000;

type Shop = { readonly engine: TillEngine; readonly folder: string };

describe.each(testServers())('a till that enrols again, on $title', (server) => {
  let ho: TestHeadOffice;
  let folder: string;
  let tills = 0;
  let till: TillId;
  let member: MemberId;
  const open: Shop[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'loyaltill-again-'));
    ho = await startTestHeadOffice(server);
    ho.clock.now = Date.now();
    await ho.office.admin.publishProgramme(JSON.stringify(BASE_PROGRAMME));
  });
  afterAll(async () => {
    for (const shop of open.splice(0)) await shop.engine.close();
    await ho.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    for (const shop of open.splice(0)) await shop.engine.close();
    tills += 1;
    till = `t${tills}` as TillId;
    member = `m${tills}` as MemberId;
    await ho.office.admin.createTill({ id: till, name: till, store: TEST_STORE });
    const joined = '2026-01-01' as BusinessDate;
    await ho.office.admin.enrolMember({ id: member, cards: [`29000000000${10 + tills}` as CardCode], joined });
  });

  const start = (dataFolder: string): Shop => {
    const config = { pullEveryMs: AN_HOUR_MS, live: false };
    const log = pino({ level: process.env['LOYALTILL_LOG'] ?? 'silent' });
    const opened = openTillEngine({ dataFolder, migrationsFolder: MIGRATIONS, config, log });
    if (!opened.ok) throw new Error(opened.error.message);
    const shop = { engine: opened.value, folder: dataFolder };
    open.push(shop);
    return shop;
  };
  const close = async (shop: Shop): Promise<void> => {
    open.splice(open.indexOf(shop), 1);
    await shop.engine.close();
  };
  const newCode = async (of: TillId = till): Promise<string> => {
    const made = await ho.office.admin.createEnrolmentCode(of);
    if (!made.ok) throw new Error(made.error.message);
    return made.value.code;
  };
  const enrol = async ({ engine }: Shop, code?: string): Promise<string> => {
    const input = { headOffice: ho.office.url, code: code ?? (await newCode()) };
    const enrolled = await engine.call('till.enrol', input);
    return enrolled.ok ? 'enrolled' : enrolled.error.code;
  };
  const newShop = async (): Promise<Shop> => {
    const shop = start(mkdtempSync(path.join(folder, 'till-')));
    expect(await enrol(shop)).toBe('enrolled');
    await synced(shop);
    return shop;
  };
  const synced = async ({ engine }: Shop): Promise<void> => {
    expect(await engine.link.syncNow()).toEqual({ ok: true, value: undefined });
  };
  /** To rest, with all that head office folded of it. */
  const settled = async (shop: Shop): Promise<void> => {
    await synced(shop);
    await ho.office.admin.foldToEnd();
    await synced(shop);
  };
  const sell = async ({ engine }: Shop, points: number): Promise<void> => {
    const tea = { sku: 'TEA', name: 'Tea', category: 'Drinks', tags: [], quantity: '1', taxRate: '0.07' };
    const lines = [{ ...tea, unitPrice: points * 100 }];
    const sale = { command: newCommand(), member, lines, redeem: [], reference: null, expectedDue: null };
    const sold = await engine.call('sale.commit', sale);
    expect(sold.ok ? '' : sold.error.message).toBe('');
  };
  const atTill = ({ engine }: Shop): number =>
    engine.parts.members.find(member)?.state.wallets[POINTS]?.lots.reduce((sum, { amount }) => sum + amount, 0) ?? 0;
  const atHeadOffice = async (): Promise<number> => (await ho.office.admin.memberView(member))?.balances[POINTS] ?? 0;
  const incOf = ({ engine }: Shop): IncarnationId => {
    const stream = engine.parts.stream();
    if (stream === undefined) throw new Error('it is enrolled');
    return stream.inc;
  };
  const why = ({ engine }: Shop) => engine.parts.status().enrolAgain;
  const kindsOf = async (inc: string): Promise<string[]> => {
    const rows = await ho.database<{ kind: string }[]>`select kind from entry where inc = ${inc} order by seq`;
    return rows.map(({ kind }) => kind);
  };
  const findings = (shop: Shop) => verifyLedger(path.join(shop.folder, 'ledger.db'), MIGRATIONS).findings;

  it('sends what the old incarnation has left under its own key, ends it, and counts it all once', async () => {
    const shop = await newShop();
    const old = incOf(shop);
    shop.engine.link.setOnline(false);
    await sell(shop, 3);
    shop.engine.link.setOnline(true);
    expect(await enrol(shop)).toBe('enrolled');
    await sell(shop, 4);
    expect(atTill(shop)).toBe(7);
    await settled(shop);
    expect([await kindsOf(old), await kindsOf(incOf(shop))]).toEqual([['sale', 'close'], ['sale']]);
    expect([atTill(shop), await atHeadOffice(), why(shop)]).toEqual([7, 7, null]);
    expect(findings(shop)).toEqual([]);
    await close(shop);
    const again = start(shop.folder);
    await sell(again, 1);
    await settled(again);
    expect([atTill(again), await atHeadOffice()]).toEqual([8, 8]);
  });

  it('takes no code of another till, which stays good', async () => {
    const shop = await newShop();
    const other = `${till}-other` as TillId;
    await ho.office.admin.createTill({ id: other, name: 'Other', store: TEST_STORE });
    const code = await newCode(other);
    expect(await enrol(shop, code)).toBe('other-till');
    const second = start(mkdtempSync(path.join(folder, 'till-')));
    expect(await enrol(second, code)).toBe('enrolled');
  });

  it('brings both histories of a cloned till into the books, and each copy shows them once', async () => {
    const first = await newShop();
    await sell(first, 10);
    await settled(first);
    await close(first);
    const copied = mkdtempSync(path.join(folder, 'copy-'));
    cpSync(first.folder, copied, { recursive: true });
    const [one, two] = [start(first.folder), start(copied)];
    two.engine.link.setOnline(false);
    const old = incOf(one);
    await sell(one, 1);
    await settled(one);
    await sell(two, 5);
    await sell(two, 6);
    two.engine.link.setOnline(true);
    await two.engine.link.syncNow(); // its own beat may have sent them before
    expect([why(two), two.engine.parts.status().waiting.entries]).toEqual(['forked', 0]);
    await ho.office.admin.foldToEnd();
    expect(await atHeadOffice()).toBe(11);
    // It sells on until somebody types the code.
    await sell(two, 7);
    expect(await enrol(two)).toBe('enrolled');
    await settled(two);
    await settled(two);
    expect([atTill(two), await atHeadOffice()]).toEqual([29, 29]);
    await sell(one, 2);
    await settled(one);
    expect(why(one)).toBe('twin');
    expect([atTill(one), await atHeadOffice()]).toEqual([31, 31]);
    expect(await enrol(one)).toBe('enrolled');
    await sell(one, 100);
    await settled(one);
    await settled(two);
    expect([atTill(one), atTill(two), await atHeadOffice()]).toEqual([131, 131, 131]);
    expect(await kindsOf(`${old}~${incOf(two)}`)).toEqual(['sale', 'sale', 'sale']);
    expect(await kindsOf(old)).toEqual(['sale', 'sale', 'sale', 'close']);
    expect([findings(one), findings(two)]).toEqual([[], []]);
  });

  it('vouches for entries that its old incarnation cannot prove any more', async () => {
    const shop = await newShop();
    await sell(shop, 10);
    await settled(shop);
    const old = incOf(shop);
    shop.engine.link.setOnline(false);
    for (const points of [1, 2, 3]) await sell(shop, points);
    await close(shop);
    const db = new Database(path.join(shop.folder, 'ledger.db'));
    db.exec('DROP TRIGGER entry_never_changes');
    db.exec(`UPDATE entry SET bytes = CAST(replace(CAST(bytes AS TEXT), '"tz":', '"tz": ') AS BLOB) WHERE seq = 3`);
    db.exec(`CREATE TRIGGER entry_never_changes BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'x'); END`);
    db.close();
    const again = start(shop.folder);
    // Once may be the line's fault.
    for (let round = 0; round < 2; round += 1)
      expect(await again.engine.link.syncNow()).toMatchObject({ ok: false, error: { code: 'stream-broken' } });
    expect(why(again)).toBe('broken');
    await sell(again, 4);
    expect(await enrol(again)).toBe('enrolled');
    await settled(again);
    await settled(again);
    expect([atTill(again), await atHeadOffice()]).toEqual([20, 20]);
    expect(await kindsOf(`${old}~${incOf(again)}`)).toEqual(['sale', 'sale', 'sale', 'sale']);
    expect([again.engine.parts.status().waiting.entries, why(again)]).toEqual([0, null]);
  });

  it('gets back what it lost when it was restored from a backup, and sells on', async () => {
    const shop = await newShop();
    await sell(shop, 10);
    await settled(shop);
    await close(shop);
    const backup = mkdtempSync(path.join(folder, 'backup-'));
    cpSync(shop.folder, backup, { recursive: true });
    const later = start(shop.folder);
    for (const points of [1, 2, 3]) await sell(later, points);
    await settled(later);
    await close(later);
    const restored = start(backup);
    const old = incOf(restored);
    await settled(restored);
    expect([atTill(restored), why(restored)]).toEqual([16, 'restored']);
    await sell(restored, 4);
    await settled(restored);
    expect([atTill(restored), await atHeadOffice()]).toEqual([20, 20]);
    expect(findings(restored)).toEqual([]);
    expect(await enrol(restored)).toBe('enrolled');
    await settled(restored);
    expect([atTill(restored), await atHeadOffice(), why(restored)]).toEqual([20, 20, null]);
    expect(await kindsOf(old)).toEqual(['sale', 'sale', 'sale', 'sale', 'sale', 'close']);
  });

  it('redeems nothing once head office has fenced it, ends its stream, and is a till again with a new code', async () => {
    const shop = await newShop();
    await sell(shop, 60);
    await settled(shop);
    const old = incOf(shop);
    await ho.database`update incarnation set fenced_at = ${ho.clock.now} where id = ${old}`;
    await sell(shop, 1);
    await settled(shop);
    expect(why(shop)).toBe('fenced');
    const coffee = { sku: 'COFFEE', name: 'Coffee', category: 'Drinks', tags: [], quantity: '1', taxRate: '0.07' };
    const refused = await shop.engine.call('sale.commit', {
      command: newCommand(),
      member,
      lines: [{ ...coffee, unitPrice: 350 }],
      redeem: [{ reward: 'free-coffee' }],
      reference: null,
      expectedDue: null,
    });
    expect(refused).toMatchObject({ ok: false, error: { code: 'offline-limit' } });
    // It sells on, and its last word on allowances is there.
    await sell(shop, 2);
    await settled(shop);
    expect([await kindsOf(old), await atHeadOffice()]).toEqual([['sale', 'sale', 'close', 'sale'], 63]);
    expect(await enrol(shop)).toBe('enrolled');
    await settled(shop);
    expect([why(shop), atTill(shop), await kindsOf(old)]).toEqual([null, 63, ['sale', 'sale', 'close', 'sale']]);
  });

  it('opens without its keys, and vouches for what it had not sent', async () => {
    const shop = await newShop();
    shop.engine.link.setOnline(false);
    await sell(shop, 5);
    await close(shop);
    rmSync(path.join(shop.folder, 'keys.json'));
    const again = start(shop.folder);
    expect(why(again)).toBe('broken');
    expect(await enrol(again)).toBe('enrolled');
    await settled(again);
    await settled(again);
    expect([atTill(again), await atHeadOffice()]).toEqual([5, 5]);
  });
});
