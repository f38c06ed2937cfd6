import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CardCode, MemberId, StoreId } from '../../../base/ids.ts';
import { sha256 } from '../../../base/node/hash.ts';
import { feedPageSchema, type FeedPage } from '../../protocol/feed.ts';
import { testServers } from '../testing/databases.ts';
import { startTestHeadOffice, TEST_NOW, TEST_STORE, type TestHeadOffice } from '../testing/test-head-office.ts';
import { batchOf, recordSale, type TestTill } from '../testing/test-till.ts';
import { feedPage } from './page.ts';

const JOINED = '2026-01-01' as never; // a date in its form

describe.each(testServers())('the feed of head office on $title', (server) => {
  let ho: TestHeadOffice;
  let till: TestTill;
  let epoch: string;

  beforeAll(async () => {
    ho = await startTestHeadOffice(server);
    till = await ho.enrolTill('t1');
    const members = Array.from({ length: 30 }, (_, index) => ({
      id: `m${index}` as MemberId,
      cards: [`29000000${index}` as CardCode],
      joined: JOINED,
      firstName: `Ada ${index}`,
    }));
    await ho.office.admin.enrolMembers(members);
    await ho.office.admin.publishCatalogue({ version: 1, items: [] });
    epoch = (await page('after=0')).epoch;
  });
  afterAll(() => ho.close());

  const page = async (query: string, asking = till): Promise<FeedPage> => {
    const { text } = await ho.feed(asking, query);
    const parsed = feedPageSchema.parse(JSON.parse(text));
    const rows = text.slice(text.indexOf('"rows":') + '"rows":'.length, text.lastIndexOf(',"trailer":'));
    expect(parsed.trailer.sha256).toBe(sha256(rows));
    expect(parsed.trailer.count).toBe(parsed.rows.length);
    return parsed;
  };
  const readAll = async (limit: number, asking = till): Promise<FeedPage['rows']> => {
    const rows: FeedPage['rows'] = [];
    for (let after = 0; ;) {
      const { trailer, ...got } = await page(`after=${after}&epoch=${epoch}&limit=${limit}`, asking);
      rows.push(...got.rows);
      expect(trailer.next).toBeGreaterThanOrEqual(after);
      after = trailer.next;
      if (trailer.complete) return rows;
    }
  };

  it('gives every row once, by position, whatever the size of the pages', async () => {
    const whole = await readAll(2_000);
    const positions = whole.map((row) => row.position);
    expect(positions).toEqual(positions.toSorted((left, right) => left - right));
    expect(whole.length).toBe(32);
    for (const limit of [1, 7, 30, 32]) expect(await readAll(limit)).toEqual(whole);
  });

  it('gives a member as tills keep them, with what the asking till wrote', async () => {
    const other = await ho.enrolTill('t2');
    recordSale(till, TEST_NOW, 'm3', 4);
    recordSale(other, TEST_NOW + 1, 'm3', 2);
    await ho.push(till, batchOf(till));
    await ho.push(other, batchOf(other));
    await ho.office.admin.foldToEnd();
    const all = await readAll(2_000);
    const row = all.find((candidate) => candidate.kind === 'member' && candidate.member === 'm3');
    const view = await ho.office.admin.memberView('m3' as MemberId);
    expect(row).toEqual({
      kind: 'member',
      position: row?.position,
      member: 'm3',
      version: view?.version,
      profile: {
        displayName: 'Ada 3',
        birthday: null,
        segments: [],
        joined: '2026-01-01',
        blocked: false,
        phoneHash: null,
        emailHash: null,
      },
      cards: [{ code: '290000003', status: 'active' }],
      recall: null,
      state: view?.state,
      includes: [{ inc: till.identity.inc, seq: 1 }],
    });
    expect(view?.balances).toEqual({ points: 6 });
    const sales = all.flatMap((candidate) => (candidate.kind === 'sale' ? [candidate] : []));
    expect(sales.map(({ version, state, includes }) => [version, state.till, state.member, includes])).toEqual([
      [1, 't1', 'm3', [{ inc: till.identity.inc, seq: 1 }]],
      [1, 't2', 'm3', []],
    ]);
  });

  it('gives sales of all stores, those of other stores for a shorter time', async () => {
    const elsewhere = 's2' as StoreId; // a name of the tests
    await ho.office.admin.createStore({ id: elsewhere, name: 'Elsewhere' });
    const other = await ho.enrolTill('t3', elsewhere);
    const daysLater = async (days: number): Promise<{ own: number; others: number }> => {
      ho.clock.now = TEST_NOW + days * 86_400_000;
      const rows = await readAll(2_000, other);
      ho.clock.now = TEST_NOW;
      const stores = rows.flatMap((row) => (row.kind === 'sale' ? [row.state.store] : []));
      const own = stores.filter((store) => store === elsewhere).length;
      return { own, others: stores.length - own };
    };
    recordSale(other, TEST_NOW + 2, 'm4', 1);
    await ho.push(other, batchOf(other));
    await ho.office.admin.foldToEnd();
    expect(await daysLater(60)).toEqual({ own: 1, others: 2 });
    expect(await daysLater(61)).toEqual({ own: 1, others: 0 });
    expect(await daysLater(400)).toEqual({ own: 1, others: 0 });
    expect(await daysLater(401)).toEqual({ own: 0, others: 0 });
  });

  it('gives nothing behind its end, and then only what changed', async () => {
    const end = (await page(`after=0&epoch=${epoch}`)).trailer.next;
    expect((await page(`after=${end}&epoch=${epoch}`)).trailer).toEqual({
      count: 0,
      sha256: sha256('[]'),
      next: end,
      complete: true,
    });
    await ho.office.admin.setReceiptTexts(TEST_STORE, {
      receiptHeader: ['Käse & Co'],
      receiptFooter: [],
      locale: 'de-DE',
    });
    const { rows, trailer } = await page(`after=${end}&epoch=${epoch}`);
    expect(rows).toEqual([
      {
        kind: 'store',
        position: end + 1,
        name: 'Mitte',
        tillName: 't1',
        receiptHeader: ['Käse & Co'],
        receiptFooter: [],
        locale: 'de-DE',
      },
    ]);
    expect(trailer.next).toBe(end + 1);
  });

  it('starts anew for a cursor of another epoch', async () => {
    const { epoch: ours, rows } = await page('after=999999&epoch=another');
    // Three sales came since.
    expect([ours, rows.length]).toEqual([epoch, 35]);
  });

  it('bounds a page in bytes, and gives at least one row', async () => {
    const setting = { database: ho.database, epoch: epoch as never, clock: () => TEST_NOW, bytesMax: 1 }; // as it was sent
    const { rows, trailer } = feedPageSchema.parse(
      JSON.parse(await feedPage(setting, till.identity.till.id, { after: 0, limit: 2_000 })),
    );
    expect([rows.length, trailer.count, trailer.complete, trailer.next]).toEqual([1, 1, false, rows[0]?.position]);
  });

  it('refuses a query of another shape and a missing token', async () => {
    expect((await ho.feed(till, 'after=-1')).status).toBe(400);
    expect((await ho.feed(till, 'after=0&surprise=1')).status).toBe(400);
    expect((await fetch(`${ho.office.url}/sync/v1/feed?after=0`)).status).toBe(401);
  });

  it('lets a reader miss no row while tills push and members are folded', async () => {
    const tills = await Promise.all(['p1', 'p2', 'p3'].map((name) => ho.enrolTill(name)));
    tills.forEach((pusher, index) => {
      for (let sale = 0; sale < 40; sale += 1)
        recordSale(pusher, TEST_NOW + 100 + sale, `m${(sale + index * 7) % 30}`, 1);
    });
    const seen = new Map<string, number>();
    let done = false;
    const reader = (async () => {
      for (let after = 0; ;) {
        const finished = done;
        const { rows, trailer } = await page(`after=${after}&epoch=${epoch}&limit=5`);
        for (const row of rows) if (row.kind === 'member') seen.set(row.member, row.version);
        after = trailer.next;
        if (finished && trailer.complete) return;
      }
    })();
    await Promise.all(
      tills.map(async (pusher) => {
        for (let seq = 1; seq <= 40; seq += 5) await ho.push(pusher, batchOf(pusher, seq, 5));
      }),
    );
    await ho.office.admin.foldToEnd();
    done = true;
    await reader;
    const versions = await ho.database<{ member: string; version: number }[]>`select member, version from member_state`;
    expect(seen).toEqual(new Map(versions.map((row) => [row.member, row.version])));
  });
});
