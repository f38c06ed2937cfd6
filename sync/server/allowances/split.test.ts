import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BusinessDate } from '../../../base/business-date.ts';
import type { MemberId } from '../../../base/ids.ts';
import { DOCUMENT } from '../../../loyalty/testing/build.ts';
import { testServers } from '../testing/databases.ts';
import { giveAllBack } from '../testing/give-back.ts';
import { startTestHeadOffice, TEST_NOW, type TestHeadOffice } from '../testing/test-head-office.ts';
import { batchOf, recordSale, type TestTill } from '../testing/test-till.ts';

const [FROM, INTO] = ['from', 'into'] as [MemberId, MemberId]; // of the tests
const JOINED = '2026-06-01' as BusinessDate; // in its form

describe.each(testServers().slice(0, 1))('an unmerge while tills may spend, on $title', (server) => {
  let ho: TestHeadOffice;
  let one: TestTill;
  let two: TestTill;

  beforeAll(async () => {
    ho = await startTestHeadOffice(server);
    const published = await ho.office.admin.publishProgramme(JSON.stringify({ ...DOCUMENT, timezone: 'UTC' }));
    if (!published.ok) throw new Error(published.error.message);
    [one, two] = [await ho.enrolTill('one'), await ho.enrolTill('two')];
    await ho.office.admin.enrolMembers([FROM, INTO].map((id) => ({ id, cards: [], joined: JOINED })));
    recordSale(one, TEST_NOW, FROM, 5);
    recordSale(two, TEST_NOW, INTO, 6);
    for (const till of [one, two]) await ho.push(till, batchOf(till));
    await ho.office.admin.mergeMembers({ from: FROM, into: INTO });
  });
  afterAll(() => ho.close());

  const out = async (): Promise<unknown> =>
    await ho.database`select account, sum(granted + own - spent - returned)::int as out from allowance group by account order by account`;
  const wanted = async (): Promise<unknown[]> => {
    const rows = await ho.database<{ account: string; wanted: string }[]>`select account, wanted from recall`;
    return rows.map((row) => [row.account, row.wanted]);
  };
  const unmerge = (): ReturnType<TestHeadOffice['office']['admin']['unmergeMembers']> =>
    ho.office.admin.unmergeMembers({ from: FROM, into: INTO });
  const balances = async (): Promise<unknown[]> => {
    const views = await Promise.all([FROM, INTO].map((member) => ho.office.admin.memberView(member)));
    return views.map((view) => view?.balances);
  };

  it('waits until every till gave back, grants nothing meanwhile, and is made then', async () => {
    expect(await out()).toEqual([
      { account: FROM, out: 5 },
      { account: INTO, out: 6 },
    ]);
    expect(await unmerge()).toMatchObject({ ok: false, error: { code: 'allowances-out' } });
    expect([await wanted(), await balances()]).toEqual([[[INTO, 'head-office']], [{ points: 11 }, { points: 11 }]]);
    await giveAllBack(ho, one);
    // One of two: what it gave back is granted to nobody, else the unmerge would wait for ever.
    expect(await unmerge()).toMatchObject({ ok: false, error: { code: 'allowances-out' } });
    expect(await out()).toEqual([
      { account: FROM, out: 0 },
      { account: INTO, out: 6 },
    ]);
    await giveAllBack(ho, two);
    expect(await wanted()).toEqual([]);
    expect(await unmerge()).toMatchObject({ ok: true });
    expect(await balances()).toEqual([{ points: 5 }, { points: 6 }]);
    // Each is its own again, and what is free of it is where it shops.
    expect(await out()).toEqual([
      { account: FROM, out: 5 },
      { account: INTO, out: 6 },
    ]);
  });
});
