/** Head office is lost altogether: a new one is made from the folders of its tills, knows everybody and every point, and the tills go on with it. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BusinessDate } from '../../base/business-date.ts';
import type { CardCode, MemberId, OperatorId, StoreId, TillId, WalletId } from '../../base/ids.ts';
import type { Result } from '../../base/result.ts';
import { startHeadOffice, type HeadOffice } from '../../sync/server/head-office.ts';
import { readKeptKeys } from '../../sync/server/rebuild/kept-keys.ts';
import { rebuildHeadOffice, type Rebuilt } from '../../sync/server/rebuild/rebuild.ts';
import { migrate } from '../../sync/server/postgres/migrate.ts';
import {
  openTestDatabase,
  testServers,
  type TestDatabase,
  type TestServer,
} from '../../sync/server/testing/databases.ts';
import { openTillEngine, type TillEngine } from '../../till/app/engine.ts';
import { openLookupKey } from '../../till/app/keys.ts';
import { readTillBook } from '../../till/store/read-book.ts';
import { BASE_PROGRAMME, MIGRATIONS, newCommand } from '../../till/testing/test-till.ts';

const NOW = Date.UTC(2026, 5, 15, 10);
const [ADA, BEA, CLEO] = ['ada', 'bea', 'cleo'].map((name) => name as MemberId) as [MemberId, MemberId, MemberId]; // names of the tests
const STORE = 's1' as StoreId; // likewise
const POINTS = 'points' as WalletId; // of the programme
const JOINED = '2026-01-01' as BusinessDate; // in its form
const log = pino({ level: 'silent' });
const clock = { wall: () => NOW as never, monotonic: () => NOW, boot: 'test' }; // an instant

function must<Value>(result: Result<Value, { message: string }>): Value {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

describe.each(testServers().slice(0, 1))('a head office that was lost, on $title', (server: TestServer) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'loyaltill-rebuild-'));
  const databases: TestDatabase[] = [];
  const tills = new Map<string, { engine: TillEngine; folder: string }>();
  let office: HeadOffice;
  let closeOffice = async (): Promise<void> => undefined;
  let port = 0;
  let keys = '';
  const before = new Map<MemberId, unknown>();
  let out: unknown;

  const openOffice = async (url: string): Promise<HeadOffice> => {
    await closeOffice();
    const opened = await startHeadOffice({
      dataFolder: '',
      databaseUrl: url,
      port,
      clock: () => NOW,
      dailyRuns: false,
      log,
    });
    closeOffice = () => opened.close();
    return opened;
  };
  const newDatabase = async (): Promise<TestDatabase> => {
    const database = await openTestDatabase(server);
    databases.push(database);
    return database;
  };
  const openTill = async (name: string): Promise<void> => {
    const id = name as TillId; // a name of the tests
    await office.admin.createTill({ id, name, store: STORE });
    const { code } = must(await office.admin.createEnrolmentCode(id));
    const dataFolder = mkdtempSync(path.join(folder, `${name}-`));
    const engine = must(openTillEngine({ dataFolder, migrationsFolder: MIGRATIONS, clock, log }));
    must(await engine.call('till.enrol', { headOffice: office.url, code }));
    tills.set(name, { engine, folder: dataFolder });
    must(await engine.link.syncNow());
  };
  const till = (name: string): TillEngine => {
    const found = tills.get(name);
    if (found === undefined) throw new Error(`no till ${name}`);
    return found.engine;
  };
  const sell = async (name: string, member: MemberId | null, unitPrice: number): Promise<void> => {
    const line = { sku: 'TEA', name: 'Tea', category: 'Drinks', tags: [], quantity: '1', unitPrice, taxRate: '0.07' };
    const basket = { member, lines: [line], redeem: [], reference: null, expectedDue: null };
    must(await till(name).call('sale.commit', { command: newCommand(), ...basket }));
  };
  const syncAll = async (): Promise<void> => {
    for (const _round of ['send', 'fetch']) {
      for (const { engine } of tills.values()) must(await engine.link.syncNow());
      await office.admin.foldToEnd();
    }
  };
  const rebuildFrom = async (
    names: readonly string[],
    database: TestDatabase,
    openBalances = false,
  ): Promise<Rebuilt> => {
    const books = names.map((name) => {
      const dataFolder = tills.get(name)?.folder ?? '';
      const book = readTillBook(dataFolder);
      return { ...book, lookupKey: openLookupKey(dataFolder, book.streams.at(-1)?.inc) };
    });
    must(await migrate(database.client));
    const options = { at: NOW, countryCode: '49', openBalances, keys: readKeptKeys(keys) };
    const rebuilt = must(await rebuildHeadOffice(database.client, books, options));
    for (const book of books) book.close();
    return rebuilt;
  };
  /** Of the members that nothing was sold to since, all that is out, and what of it was granted. */
  const allowancesIn = async (database: TestDatabase | undefined): Promise<unknown> => {
    if (database === undefined) throw new Error('no database');
    const rows = await database.client`
      select inc, account, wallet, end_date, granted, own, spent, returned from allowance
      where account <> ${CLEO} order by inc, account, wallet, end_date`;
    return rows.map((row) => ({ ...row }));
  };
  /** Without what counts the row's changes at one head office. */
  const viewOf = async (member: MemberId): Promise<object> => {
    const {
      version: _version,
      includes: _includes,
      ...view
    } = (await office.admin.memberView(member)) as object & {
      version?: number;
      includes?: object;
    }; // whatever else it says
    return view;
  };

  beforeAll(async () => {
    office = await openOffice((await newDatabase()).url);
    port = Number(new URL(office.url).port);
    keys = office.admin.keysToKeep();
    await office.admin.createStore({ id: STORE, name: 'Mitte' });
    must(await office.admin.publishProgramme(JSON.stringify(BASE_PROGRAMME)));
    must(
      await office.admin.enrolMembers([
        { id: ADA, cards: ['2900000000018' as CardCode], joined: JOINED, firstName: 'Ada', phone: '+4915112345678' },
        { id: BEA, cards: [], joined: JOINED, firstName: 'Bea' },
        { id: CLEO, cards: [], joined: JOINED },
      ]),
    );
    for (const name of ['t1', 't2', 't3']) await openTill(name);
    await sell('t1', ADA, 700);
    await sell('t2', ADA, 1_100);
    await sell('t2', BEA, 900);
    await sell('t3', CLEO, 500);
    await syncAll();
    const actor = { operator: 'chief' as OperatorId, role: 'manager' } as const; // a name of the tests
    must(await office.admin.adjustMember({ member: ADA, wallet: POINTS, amount: 30, reason: 'sorry', actor } as never)); // the admin call's own shape
    must(await office.admin.mergeMembers({ from: BEA, into: ADA }));
    await syncAll();
    for (const member of [ADA, BEA, CLEO]) before.set(member, await viewOf(member));
    out = await allowancesIn(databases[0]);
    await closeOffice();
  });
  afterAll(async () => {
    for (const { engine } of tills.values()) await engine.close();
    await closeOffice();
    for (const database of databases) await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is the same again from all of its tills, and they go on with it', async () => {
    await sell('t1', CLEO, 300); // while there is none
    const database = await newDatabase();
    const rebuilt = await rebuildFrom(['t1', 't2', 't3'], database);
    expect(rebuilt).toMatchObject({ tills: 3, entries: 5, officeEntries: 2, members: 3, lost: [], differences: [] });
    office = await openOffice(database.url);
    expect(await viewOf(ADA)).toEqual(before.get(ADA));
    expect(await viewOf(BEA)).toEqual(before.get(BEA));
    expect(await allowancesIn(database)).toEqual(out);
    const cleo = till('t1').parts.members.find(CLEO)?.state.wallets[POINTS];
    expect(cleo?.lots.reduce((sum, { amount }) => sum + amount, 0)).toBe(8);
    await syncAll();
    await sell('t2', ADA, 200);
    await syncAll();
    expect(
      till('t3')
        .parts.members.find(ADA)
        ?.state.wallets[POINTS]?.lots.reduce((sum, lot) => sum + lot.amount, 0),
    ).toBe(7 + 11 + 9 + 30 + 2);
  });

  it('names what no till holds, and opens it where it is told to', async () => {
    const bare = await newDatabase();
    const rebuilt = await rebuildFrom(['t1', 't2'], bare);
    expect(rebuilt.differences).toEqual([{ member: CLEO, wallet: POINTS, replayed: 3, row: 8 }]);
    const database = await newDatabase();
    expect(await rebuildFrom(['t1', 't2'], database, true)).toMatchObject({ opened: true });
    office = await openOffice(database.url);
    expect(JSON.stringify(await viewOf(CLEO))).toContain('8');
  });

  it('is not made over one that is there', async () => {
    const database = await newDatabase();
    await rebuildFrom(['t1'], database);
    await expect(rebuildFrom(['t1'], database)).rejects.toThrow('has a head office already');
  });
});
