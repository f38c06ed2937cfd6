import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BusinessDate } from '../../../base/business-date.ts';
import type { CardCode, MemberId } from '../../../base/ids.ts';
import { createLog } from '../../../base/node/log.ts';
import { DOCUMENT } from '../../../loyalty/testing/build.ts';
import { loadOrganisation } from '../store/organisation.ts';
import { testServers } from '../testing/databases.ts';
import { giveAllBack } from '../testing/give-back.ts';
import { startTestHeadOffice, TEST_NOW, type TestHeadOffice } from '../testing/test-head-office.ts';
import { batchOf, recordSale, type TestTill } from '../testing/test-till.ts';
import { startDailyLoop } from './daily-loop.ts';

const PROGRAMME = {
  ...DOCUMENT,
  timezone: 'UTC',
  wallets: [{ id: 'points', kind: 'points', expiry: { after: 'P10D', from: 'earn' } }],
  earn: [{ id: 'r1', wallet: 'points', amount: { per: 'spend', give: 1, every: 100 } }],
  clubs: [
    {
      id: 'bakers',
      goals: [
        {
          id: 'loaves',
          count: { of: 'items', lines: { sku: ['COFFEE'] }, at: 3 },
          from: '2026-06-01',
          until: '2026-06-30',
          give: { wallet: 'points', amount: 50 },
        },
      ],
    },
  ],
};
const DAY_MS = 86_400_000;

describe.each(testServers())('the daily run on $title', (server) => {
  let ho: TestHeadOffice;
  let one: TestTill;
  let other: TestTill;

  beforeAll(async () => {
    ho = await startTestHeadOffice(server);
    const published = await ho.office.admin.publishProgramme(JSON.stringify(PROGRAMME));
    if (!published.ok) throw new Error(published.error.message);
    [one, other] = [await ho.enrolTill('one'), await ho.enrolTill('other')];
  });
  afterAll(() => ho.close());

  const enrol = async (id: string, clubs: readonly string[] = []): Promise<MemberId> => {
    const member = id as MemberId; // a name of the tests
    const enrolled = await ho.office.admin.enrolMember({ id: member, cards: [], joined: dateOf(0), clubs });
    expect(enrolled.ok).toBe(true);
    return member;
  };
  const pushAll = async (till: TestTill): Promise<void> => {
    expect(await ho.push(till, batchOf(till))).toMatchObject({ status: 200 });
  };
  const booked = async (member: MemberId, kind: string): Promise<[string, number][]> => {
    await ho.office.admin.foldToEnd();
    const rows = await ho.database<{ text: string }[]>`
      select text from entry where member = ${member} and kind = ${kind} order by order_key`;
    return rows.map(({ text }) => {
      const { bd, postings } = JSON.parse(text) as { bd: string; postings: { amount: number }[] }; // of our making
      return [bd, postings[0]?.amount ?? 0];
    });
  };

  it('writes off what has ended, once, and no balance knows the difference', async () => {
    const member = await enrol('ends');
    recordSale(one, TEST_NOW, member, 7);
    recordSale(one, TEST_NOW + DAY_MS, member, 2);
    await pushAll(one);
    expect(await ho.office.admin.runDay(dateOf(9))).toEqual({ expired: 0, goals: 0 });
    expect((await ho.office.admin.memberView(member, dateOf(10)))?.balances).toEqual({ points: 2 });
    expect(await ho.office.admin.runDay(dateOf(10))).toEqual({ expired: 1, goals: 0 });
    expect(await ho.office.admin.runDay(dateOf(10))).toEqual({ expired: 0, goals: 0 });
    expect(await booked(member, 'expire')).toEqual([[dateOf(10), -7]]);
    expect((await ho.office.admin.memberView(member, dateOf(10)))?.balances).toEqual({ points: 2 });
    expect(await ho.office.admin.runDay(dateOf(40))).toEqual({ expired: 1, goals: 0 });
    expect(await booked(member, 'expire')).toEqual([
      [dateOf(10), -7],
      [dateOf(40), -2],
    ]);
  });

  it('writes nothing off twice where two accounts became one', async () => {
    const [left, right] = [await enrol('left'), await enrol('right')];
    recordSale(one, TEST_NOW, left, 5);
    recordSale(one, TEST_NOW, right, 6);
    await pushAll(one);
    expect(await ho.office.admin.runDay(dateOf(10))).toEqual({ expired: 2, goals: 0 });
    expect(await ho.office.admin.mergeMembers({ from: left, into: right })).toEqual({ ok: true, value: undefined });
    expect(await ho.office.admin.runDay(dateOf(11))).toEqual({ expired: 0, goals: 0 });
  });

  it('gives for a goal to all who took part, once, and to those whose sales came late', async () => {
    const [ada, bob, cy, out] = [
      await enrol('ada', ['bakers']),
      await enrol('bob', ['bakers']),
      await enrol('cy', ['bakers']),
      await enrol('out'),
    ];
    recordSale(one, TEST_NOW, ada, 0);
    recordSale(one, TEST_NOW + 1_000, ada, 0);
    recordSale(one, TEST_NOW + 2_000, out, 0);
    recordSale(other, TEST_NOW + 3_000, cy, 0);
    await pushAll(one);
    expect(await ho.office.admin.runDay(dateOf(1))).toEqual({ expired: 0, goals: 0 });
    recordSale(one, TEST_NOW + 4_000, bob, 0);
    await pushAll(one);
    ho.clock.now = TEST_NOW + DAY_MS;
    expect(await ho.office.admin.runDay(dateOf(1))).toEqual({ expired: 0, goals: 2 });
    expect(await ho.office.admin.runDay(dateOf(2))).toEqual({ expired: 0, goals: 0 });
    await pushAll(other);
    recordSale(one, TEST_NOW + 2 * DAY_MS, out, 0);
    await ho.office.admin.setClub({ member: out, club: 'bakers', action: 'join' });
    await pushAll(one);
    expect(await ho.office.admin.runDay(dateOf(3))).toEqual({ expired: 0, goals: 1 });
    ho.clock.now = TEST_NOW;
    expect(await Promise.all([ada, bob, cy, out].map((member) => booked(member, 'goal')))).toEqual([
      [[dateOf(1), 50]],
      [[dateOf(1), 50]],
      [[dateOf(3), 50]],
      [],
    ]);
    expect((await ho.office.admin.memberView(ada, dateOf(1)))?.balances).toEqual({ points: 50 });
  });

  it('runs a business date by itself once it has begun, and once', async () => {
    const member = await enrol('by-itself');
    recordSale(one, TEST_NOW, member, 4);
    await pushAll(one);
    const org = await loadOrganisation(ho.database);
    if (org === undefined) throw new Error('head office has started');
    const log = createLog('test');
    log.level = 'fatal';
    const fold = { toEnd: () => ho.office.admin.foldToEnd() };
    const setting = { database: ho.database, org, clock: () => TEST_NOW + 12 * DAY_MS, log, lookEveryMs: 5 };
    const loops = [startDailyLoop(setting, fold), startDailyLoop(setting, fold)];
    const ran = async (): Promise<number> =>
      (await ho.database`select 1 from daily_run where date = ${dateOf(12)}`).length;
    while ((await ran()) === 0);
    for (const loop of loops) await loop.close();
    expect(await booked(member, 'expire')).toEqual([[dateOf(12), -4]]);
  });

  it('merges and parts members, with their cards', async () => {
    const admin = ho.office.admin;
    const cards = (code: string): CardCode[] => [code as CardCode]; // a name of the tests
    const [from, into] = ['from', 'into'] as [MemberId, MemberId]; // likewise
    await admin.enrolMembers([
      { id: from, cards: cards('4711'), joined: dateOf(0) },
      { id: into, cards: cards('4712'), joined: dateOf(0) },
    ]);
    recordSale(one, TEST_NOW, from, 5);
    recordSale(one, TEST_NOW, into, 6);
    await pushAll(one);
    expect((await admin.mergeMembers({ from, into })).ok).toBe(true);
    const merged = await admin.memberView(from, dateOf(1));
    expect([merged?.member, merged?.balances, merged?.cards]).toEqual([
      into,
      { points: 11 },
      [
        { code: '4711', status: 'active' },
        { code: '4712', status: 'active' },
      ],
    ]);
    expect(await admin.mergeMembers({ from, into })).toMatchObject({ ok: false, error: { code: 'invalid-request' } });
    expect(await admin.mergeMembers({ from: 'x' as MemberId, into })).toMatchObject({
      error: { code: 'unknown-member' },
    }); // nobody
    expect(await admin.unmergeMembers({ from, into })).toMatchObject({ error: { code: 'allowances-out' } });
    await giveAllBack(ho, one);
    expect((await admin.unmergeMembers({ from, into })).ok).toBe(true);
    const [left, right] = [await admin.memberView(from, dateOf(1)), await admin.memberView(into, dateOf(1))];
    expect([left?.balances, left?.cards, right?.balances, right?.cards]).toEqual([
      { points: 5 },
      [{ code: '4711', status: 'active' }],
      { points: 6 },
      [{ code: '4712', status: 'active' }],
    ]);
    expect(await admin.unmergeMembers({ from, into })).toMatchObject({ error: { code: 'invalid-request' } });
  });

  it('adjusts up to what the role may, and never below what can be spent', async () => {
    const { adjustMember } = ho.office.admin;
    const member = await enrol('adjusted');
    const wallet = 'points' as never; // a name of the tests
    const one_ = { member, wallet, amount: 5, reason: 'a mistake at the till' };
    expect(await adjustMember(one_)).toEqual({ ok: true, value: undefined });
    const refusals = await Promise.all([
      adjustMember({ ...one_, member: 'nobody' as MemberId }), // likewise
      adjustMember({ ...one_, amount: 0 }),
      adjustMember({ ...one_, reason: ' ' }),
      adjustMember({ ...one_, role: 'cashier' }),
      adjustMember({ ...one_, amount: -6 }),
    ]);
    expect(refusals.map((refusal) => (refusal.ok ? 'ok' : refusal.error.code))).toEqual([
      'unknown-member',
      'invalid-request',
      'invalid-request',
      'role-required',
      'insufficient-balance',
    ]);
    expect((await ho.office.admin.memberView(member))?.balances).toEqual({ points: 5 });
  });

  it('enrols who was brought by another, and refuses who brings themself', async () => {
    const { enrolMembers, memberView } = ho.office.admin;
    const joined = dateOf(0);
    const [first, second] = ['first', 'second'] as [MemberId, MemberId]; // names of the tests
    const phone = '+491711234567';
    const enrolled = await enrolMembers([
      { id: first, cards: [], joined, phone },
      { id: second, cards: [], joined, referredBy: first, clubs: ['bakers'] },
    ]);
    expect(enrolled.ok).toBe(true);
    const view = await memberView(second);
    expect([view?.state.referral.by, view?.clubs]).toEqual([first, ['bakers']]);
    const refused = async (rest: object): Promise<unknown> => {
      const answer = await enrolMembers([{ id: 'third' as MemberId, cards: [], joined, ...rest }]); // likewise
      return answer.ok ? 'ok' : answer.error.code;
    };
    expect([
      await refused({ referredBy: 'nobody' }),
      await refused({ referredBy: 'third' }),
      await refused({ referredBy: first, phone }),
    ]).toEqual(['unknown-member', 'self-referral', 'self-referral']);
  });
});

function dateOf(days: number): BusinessDate {
  return new Date(TEST_NOW + days * DAY_MS).toISOString().slice(0, 10) as BusinessDate; // in its form
}
