import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CardCode, HashHex, MemberId } from '../../../base/ids.ts';
import { minor, points } from '../../../base/numbers.ts';
import type { Bodies, EntryKind } from '../../../ledger/bodies/table.ts';
import type { RefundBody } from '../../../ledger/bodies/refund.ts';
import type { EntryOf } from '../../../ledger/entry.ts';
import { postingsOf } from '../../../ledger/postings.ts';
import { DOCUMENT } from '../../../loyalty/testing/build.ts';
import { flagsOf } from '../store/flags.ts';
import { testServers } from '../testing/databases.ts';
import { startTestHeadOffice, TEST_NOW, type TestHeadOffice } from '../testing/test-head-office.ts';
import { batchOf, enrolBody, POINTS, record, saleBody, type TestTill } from '../testing/test-till.ts';
import { catchUp } from './catch-up.ts';
import { resumeDeferred } from './resume.ts';

describe.each(testServers())('the whole programme at head office on $title', (server) => {
  let ho: TestHeadOffice;
  let count = 0;

  beforeAll(async () => {
    ho = await startTestHeadOffice(server);
  });
  afterAll(() => ho.close());

  const newTill = (): Promise<TestTill> => {
    count += 1;
    return ho.enrolTill(`whole-${count}`);
  };
  const newMember = (): MemberId => {
    count += 1;
    return `m-${count}` as MemberId; // a name of the tests
  };
  const enter = <Kind extends EntryKind>(
    till: TestTill,
    at: number,
    kind: Kind,
    member: MemberId | null,
    body: Bodies[Kind],
  ): void => {
    const fact = { kind, member, body } as unknown as EntryOf<Kind>; // what postings are made of
    record(till, { at: TEST_NOW + at, kind, member, body, postings: postingsOf(fact) });
  };
  const pushAll = async (...tills: TestTill[]): Promise<void> => {
    for (const till of tills) {
      expect(await ho.push(till, batchOf(till))).toMatchObject({ status: 200, body: { status: 'accepted' } });
      await ho.office.admin.foldToEnd();
    }
  };
  const flagsAt = async (till: TestTill): Promise<[number, string][]> =>
    (await flagsOf(ho.database, till.identity.inc)).map(({ seq, code }) => [seq, code]);
  const view = (member: MemberId) => ho.office.admin.memberView(member);

  it.each([
    ['in order', 0],
    ['late', 1],
  ])('blocks and replaces cards by what was said of them first: %s', async (_title, first) => {
    const [one, two] = [await newTill(), await newTill()];
    const [holder, thief] = [newMember(), newMember()];
    const [card, next, third] = [`c${count}`, `c${count}-b`, `c${count}-c`] as [CardCode, CardCode, CardCode]; // names of the tests
    enter(one, 0, 'enrol', holder, enrolBody([card]));
    enter(one, 2_000, 'card', holder, { action: 'replace', card, new: next });
    enter(two, 1_000, 'enrol', thief, enrolBody([third]));
    enter(two, 3_000, 'card', thief, { action: 'block', card: next });
    enter(two, 4_000, 'card', thief, { action: 'link', card: next });
    enter(two, 5_000, 'card', thief, { action: 'block', card: third });
    await pushAll(...(first === 0 ? [one, two] : [two, one]));
    expect([(await view(holder))?.cards, (await view(thief))?.cards]).toEqual([
      [
        { code: card, status: 'replaced' },
        { code: next, status: 'active' },
      ],
      [{ code: third, status: 'blocked' }],
    ]);
    expect([await flagsAt(one), await flagsAt(two)]).toEqual([[], [[3, 'card-taken']]]);
  });

  it('flags what two tills gave, took back, claimed and attached twice', async () => {
    const [one, two] = [await newTill(), await newTill()];
    const [ada, bob, account] = [newMember(), newMember(), newMember()];
    enter(one, 0, 'enrol', ada, enrolBody([]));
    enter(one, 1, 'enrol', bob, enrolBody([]));
    const badge = { reason: 'badge', badge: 'b', wallet: POINTS, amount: points(5) } as const;
    const sold = { ...saleBody(`s-${count}`, 3), gifts: [badge] };
    enter(one, 1_000, 'sale', ada, sold);
    enter(two, 2_000, 'sale', ada, { ...saleBody(`t-${count}`, 0), gifts: [badge] });
    const back: RefundBody = {
      sale: sold.sale,
      lines: [{ line: 0, quantity: '1', freeUnits: 0, money: minor(350) }],
      money: minor(350),
      returned: [],
      lost: [],
      takenBack: [],
      gifts: [],
      whole: true,
    };
    enter(one, 3_000, 'refund', ada, back);
    enter(two, 4_000, 'refund', ada, back);
    const code = 'c'.repeat(64) as HashHex; // a name of the tests
    const open = { ...saleBody(`o-${count}`, 2), claim: code };
    enter(one, 5_000, 'sale', account, open);
    enter(one, 6_000, 'claim', ada, { sale: open.sale, account });
    enter(two, 7_000, 'claim', bob, { sale: open.sale, account });
    const { sale, lines, earned, context, due, channel, minute } = open;
    const dropped = { account, amounts: [] };
    const attach = {
      sale,
      lines,
      earned,
      context,
      due,
      channel,
      minute,
      store: one.identity.store.id,
      gifts: [],
      dropped,
    };
    enter(two, 8_000, 'attach', bob, attach);
    await pushAll(two, one);
    expect([await flagsAt(one), (await flagsAt(two)).filter(([, flag]) => flag !== 'unknown-member')]).toEqual([
      [],
      [
        [1, 'given-twice'],
        [2, 'refunded-beyond-sale'],
        [3, 'claimed-twice'],
        [4, 'attached-twice'],
      ],
    ]);
  });

  it('flags postings that are not what the entry says', async () => {
    const [till, member] = [await newTill(), newMember()];
    enter(till, 0, 'enrol', member, enrolBody([]));
    record(till, { at: TEST_NOW, kind: 'sale', member, body: saleBody(`p-${count}`, 3), postings: [] });
    await pushAll(till);
    expect(await flagsAt(till)).toEqual([[2, 'other-postings']]);
  });

  it('lets all that an entry names wait, and takes it up once its kind is known', async () => {
    const till = await newTill();
    const [giver, taker] = [newMember(), newMember()];
    enter(till, 0, 'enrol', giver, enrolBody([]));
    enter(till, 1, 'enrol', taker, enrolBody([]));
    enter(till, 2, 'sale', giver, saleBody(`w-${count}`, 9));
    const lots = [{ earned: '2026-06-15' as never, end: null, amount: points(4) }]; // a date in its form
    enter(till, 3, 'transfer', giver, { to: taker, wallet: POINTS, amount: points(4), lots });
    enter(till, 4, 'sale', taker, saleBody(`x-${count}`, 1));
    await pushAll(till);
    const balances = async (): Promise<unknown[]> => [(await view(giver))?.balances, (await view(taker))?.balances];
    expect(await balances()).toEqual([{ points: 5 }, { points: 5 }]);
    // As an older head office left it: the transfer waits, and so does what its stream says of both afterwards.
    const { inc } = till.identity;
    for (const member of [giver, taker])
      await ho.database`insert into deferral (member, inc, from_seq) values (${member}, ${inc}, 4)`;
    await ho.database`delete from entry_account where position in (select position from entry where inc = ${inc})`;
    await ho.database`delete from entry_sale where position = (select position from entry where inc = ${inc} and seq = 5)`;
    await ho.database`delete from sale_state where sale = ${`x-${count}`}`;
    await ho.database`update member_state set state = replace(state, '"amount":', '"amount":0'), made_by = 1 where member in (${giver}, ${taker})`;
    expect((await resumeDeferred(ho.database, TEST_NOW)).toSorted()).toEqual([giver, taker].toSorted());
    expect(await balances()).toEqual([{ points: 5 }, { points: 5 }]);
    const [sale] = await ho.database<
      { version: number }[]
    >`select version from sale_state where sale = ${`x-${count}`}`;
    expect([sale?.version, await resumeDeferred(ho.database, TEST_NOW)]).toEqual([1, []]);
  });

  it('makes anew what an earlier version left', async () => {
    const [till, member] = [await newTill(), newMember()];
    enter(till, 0, 'enrol', member, enrolBody([]));
    enter(till, 1, 'sale', member, saleBody(`y-${count}`, 8));
    await pushAll(till);
    const before = await ho.database`select member, state from member_state order by member`;
    const sales = await ho.database`select sale, state, includes from sale_state order by sale`;
    await ho.database`truncate entry_account, entry_sale, account_group, sale_state, card_fact`;
    await ho.database`update counter set last = 0 where name = 'indexed'`;
    await ho.database`update member_state set state = '{}', made_by = 1`;
    await ho.database`update counter set last = 0 where name = 'refolded-version'`;
    await catchUp(ho.database, TEST_NOW);
    expect([...(await ho.database`select member, state from member_state order by member`)]).toEqual([...before]);
    expect([...(await ho.database`select sale, state, includes from sale_state order by sale`)]).toEqual([...sales]);
    const waiting = await ho.database`select 1 from member_state where made_by < 2`;
    expect(waiting.length).toBe(0);
  });

  it('judges a level anew where a version is published for its end', async () => {
    const [till, member] = [await newTill(), newMember()];
    const levels = [
      { id: 'silver', at: 0 },
      { id: 'gold', at: 10 },
    ];
    const document = {
      ...DOCUMENT,
      earn: [{ id: 'r1', wallet: 'points', amount: { per: 'spend', give: 1, every: 100 } }],
      tiers: { measure: 'earned', wallet: 'points', window: 'lifetime', keep: 'P10D', levels },
    };
    expect((await ho.office.admin.publishProgramme(JSON.stringify(document))).ok).toBe(true);
    enter(till, 0, 'enrol', member, enrolBody([]));
    enter(till, 1, 'sale', member, saleBody(`l-${count}`, 12));
    enter(till, 20 * 86_400_000, 'sale', member, saleBody(`k-${count}`, 1));
    await pushAll(till);
    const tier = async () => (await ho.office.admin.memberView(member, '2026-07-05' as never))?.tier; // a date in its form
    expect(await tier()).toBe('gold');
    const higher = { ...document.tiers, levels: [levels[0], { id: 'gold', at: 13 }, { id: 'top', at: 99 }] };
    const next = { ...document, version: 2, effectiveFrom: '2026-06-20', tiers: { ...higher, levels: higher.levels } };
    const before = (await view(member))?.version ?? 0;
    expect((await ho.office.admin.publishProgramme(JSON.stringify(next))).ok).toBe(true);
    const after = await view(member);
    // By the version of the date on which gold ended, 12 points no longer support it.
    expect([after?.state.ladder.map(({ level, by }) => [level, by]), (after?.version ?? 0) > before]).toEqual([
      [['gold', `k-${count}`]],
      true,
    ]);
  });
});
