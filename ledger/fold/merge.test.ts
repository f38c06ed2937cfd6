import { describe, expect, it } from 'vitest';
import type { HashHex, MemberId } from '../../base/ids.ts';
import { minor, points } from '../../base/numbers.ts';
import { NO_CONTEXT } from '../../loyalty/earning/context.ts';
import { clubsOf, levelOf, type MemberState, NEW_MEMBER_STATE, usesOn } from '../member-state.ts';
import { MEMBER, MONDAY, OTHER, POINTS, REWARD, STORE, testTill } from '../testing/books.ts';
import { day, foldAll, has, lots, terms } from '../testing/folded.ts';

const THIRD = 'moss' as MemberId; // a name of the tests
const till = testTill('t');
const of = (states: ReadonlyMap<MemberId, MemberState>, member: MemberId = MEMBER) =>
  states.get(member) ?? NEW_MEMBER_STATE;
const merge = (from: MemberId = OTHER, member: MemberId = MEMBER) => till.entry('merge', { from }, { member });
const unmerge = (from: MemberId = OTHER) => till.entry('unmerge', { from });
const other = { member: OTHER };
const levels = [
  { id: 'bronze', at: 0 },
  { id: 'silver', at: 10 },
  { id: 'gold', at: 50 },
];
const ending = terms({
  wallets: [{ id: 'points', kind: 'points', expiry: { after: 'P1M', from: 'earn' } }],
  tiers: { measure: 'earned', wallet: 'points', window: 'P2M', keep: 'P1M', levels },
});

describe('a merge', () => {
  const entries = [
    till.sale({
      date: day('2026-02-20'),
      earned: { points: 12 },
      uses: [REWARD],
      gifts: [{ reason: 'badge', badge: 'b', wallet: null, amount: points(0) }],
    }),
    till.sale({ ...other, date: day('2026-02-10'), earned: { points: 60 }, uses: [REWARD] }),
    till.club({ club: 'bakers', action: 'join' }, other),
  ];

  it('moves lots with their ends, sales, badges, clubs, uses and the higher level (fine print 38)', () => {
    const states = foldAll([...entries, merge()], ending);
    const state = of(states);
    expect([lots(state), state.visits, state.sales.map(({ date }) => date)]).toEqual([
      ['60 until 2026-03-10', '12 until 2026-03-20'],
      2,
      ['2026-02-10', '2026-02-20'],
    ]);
    expect(levelOf(state, ending, MONDAY)).toMatchObject({ level: 'gold', end: '2026-03-10' });
    expect([
      [...clubsOf(state, MONDAY)],
      usesOn(state, REWARD, MONDAY).ever,
      state.badges.length,
      state.lifetime,
    ]).toEqual([['bakers'], 2, 1, { points: 72 }]);
    expect(of(states, OTHER)).toEqual({ ...NEW_MEMBER_STATE, into: MEMBER });
  });

  it('takes the later end of one level, and judges nothing until the next sale', () => {
    const two = [
      till.sale({ date: day('2026-02-20'), earned: { points: 30 } }),
      till.sale({ ...other, date: day('2026-02-10'), earned: { points: 30 } }),
      merge(),
    ];
    expect(levelOf(of(foldAll(two, ending)), ending, MONDAY)).toMatchObject({ level: 'silver', end: '2026-03-20' });
    const next = till.sale({ date: MONDAY, earned: { points: 1 } });
    expect(levelOf(of(foldAll([...two, next], ending)), ending, MONDAY).level).toBe('gold');
  });

  it('pays a balance below zero from what has not ended', () => {
    const short = [till.sale({ spent: { points: 7 } }), till.sale({ ...other, earned: { points: 10 } }), merge()];
    expect([has(of(foldAll(short))), lots(of(foldAll(short)))]).toEqual([[3, 3], ['3 until null']]);
    const both = [till.sale({ earned: { points: 10 } }), till.sale({ ...other, spent: { points: 7 } }), merge()];
    expect(has(of(foldAll(both)))).toEqual([3, 3]);
  });

  it('leads what names the account to the remaining member, and a refund to its own lots', () => {
    const sale = till.sale({ ...other, date: day('2026-02-20'), earned: { points: 5 } });
    const spent = till.sale({ ...other, date: day('2026-02-21'), spent: { points: 4 } });
    const later = [
      till.sale(other),
      till.refund(spent, { date: MONDAY, returned: { points: 4 } }),
      till.adjust(POINTS, 2, other),
    ];
    const states = foldAll([sale, spent, merge(), ...later], ending);
    expect([has(of(states))[0], of(states).visits, lots(of(states))]).toEqual([
      7,
      3,
      ['5 until 2026-03-20', '2 until 2026-04-02'],
    ]);
    expect(of(states, OTHER)).toEqual({ ...NEW_MEMBER_STATE, into: MEMBER });
  });

  it('into itself, again, or in a circle, is none', () => {
    const circle = [...entries, merge(), merge(), merge(MEMBER, OTHER), merge(MEMBER, MEMBER)];
    const state = of(foldAll(circle, ending));
    expect([state.merged.length, state.into, has(state)[0]]).toEqual([1, null, 72]);
  });
});

describe('an unmerge', () => {
  const before = [
    till.sale({ earned: { points: 12 }, uses: [REWARD] }),
    till.entry('enrol', { joined: MONDAY, cards: [], commitment: null, referredBy: THIRD, clubs: ['bakers'] }, other),
    till.sale({
      ...other,
      earned: { points: 60, stamps: 1 },
      uses: [REWARD],
      lines: [{ sku: 'PLUS', paid: minor(100) }],
    }),
    till.sale({
      ...other,
      spent: { points: 10 },
      gifts: [{ reason: 'badge', badge: 'b', wallet: POINTS, amount: points(3) }],
    }),
    till.entry('transfer', { to: THIRD, wallet: POINTS, amount: points(2), lots: [] }, other),
  ];
  const by = terms({
    memberships: [{ id: 'plus', sku: 'PLUS', period: 'P1M' }],
    tiers: { measure: 'earned', wallet: 'points', window: 'lifetime', levels },
  });
  /** Names of lots go on from where they were. */
  const apart = (state: MemberState) => ({
    ...state,
    wallets: Object.entries(state.wallets).map(([id, { lots: held, below }]) => ({ id, held, below })),
  });

  it('leaves both as they were where nothing happened between', () => {
    const [plain, undone] = [foldAll(before, by), foldAll([...before, merge(), unmerge()], by)];
    for (const member of [MEMBER, OTHER]) expect(apart(of(undone, member))).toEqual(apart(of(plain, member)));
  });

  it('gives back what is left, and leaves what was done meanwhile where it was done', () => {
    const refund = till.refund(before[2] as ReturnType<typeof till.sale>, { lost: { points: 60 }, whole: true }); // the sale of the other
    const meanwhile = [till.sale({ earned: { points: 5 } }), refund];
    const states = foldAll([...before, merge(), ...meanwhile, unmerge()], by);
    // 12 and 5 of the member; the other had 60 - 10 - 2 + 3 = 51, and a clawback of 60 takes 9 of the member's.
    expect([has(of(states))[0], has(of(states, OTHER))[0]]).toEqual([8, 0]);
    expect([of(states).visits, of(states, OTHER).visits, of(states, OTHER).into]).toEqual([2, 2, null]);
  });

  it('also of an account that others had gone into', () => {
    const chain = [
      till.sale({ member: THIRD, earned: { points: 100 } }),
      till.entry('merge', { from: THIRD }, { member: OTHER }),
      ...before.slice(0, 4),
    ];
    const [plain, undone] = [foldAll(chain, by), foldAll([...chain, merge(), unmerge()], by)];
    expect(apart(of(undone, OTHER))).toEqual(apart(of(plain, OTHER)));
    expect(apart(of(undone))).toEqual(apart(of(plain)));
    const back = till.entry('unmerge', { from: THIRD }, other);
    expect(has(of(foldAll([...chain, merge(), unmerge(), back], by), THIRD))[0]).toBe(100);
  });

  it('of what was never merged is none', () => {
    expect(foldAll([...before, unmerge()], by)).toEqual(foldAll(before, by));
  });
});

describe('a sale that finds its member', () => {
  const ACCOUNT = 'new' as MemberId; // a name of the tests
  const code = 'c'.repeat(64) as HashHex; // likewise
  const sale = till.sale({ member: ACCOUNT, earned: { points: 12 }, claim: code, lines: [{ paid: minor(1_200) }] });
  const claim = (member: MemberId = MEMBER) =>
    till.entry('claim', { sale: sale.body.sale, account: ACCOUNT }, { member });
  const attach = (member: MemberId = MEMBER, account: MemberId | null = ACCOUNT) => {
    const { lines, earned, channel, minute, due } = sale.body;
    const dropped = account && { account, amounts: [{ wallet: POINTS, amount: points(12) }] };
    const facts = { lines, earned, channel, minute, due, gifts: [], context: NO_CONTEXT, store: STORE };
    return till.entry('attach', { sale: sale.body.sale, ...facts, dropped }, { member });
  };
  const visits = (states: ReadonlyMap<MemberId, MemberState>) =>
    [MEMBER, OTHER, ACCOUNT].map((member) => [has(of(states, member))[0], of(states, member).visits]);
  const tiers = { measure: 'earned', wallet: 'points', window: 'lifetime', levels } as const;

  it('by its claim code brings lots, sale and level (fine print 38)', () => {
    const by = terms({ tiers });
    const states = foldAll([sale, claim()], by);
    expect([visits(states), levelOf(of(states), by, MONDAY).level]).toEqual([
      [
        [12, 1],
        [0, 0],
        [0, 0],
      ],
      'silver',
    ]);
    expect([of(states).claim, of(states, ACCOUNT).into]).toEqual([null, MEMBER]);
  });

  it('by a late card earns as the member’s, and the account is dropped (fine print 39)', () => {
    const states = foldAll([sale, attach()]);
    expect([visits(states), of(states, ACCOUNT)]).toEqual([
      [
        [12, 1],
        [0, 0],
        [0, 0],
      ],
      { ...NEW_MEMBER_STATE, into: MEMBER },
    ]);
    expect(of(states).sales[0]?.lines).toEqual([{ sku: 'sku0', category: null, tags: [], quantity: '1', paid: 1_200 }]);
  });

  it.each([
    ['two claims', [claim(MEMBER), claim(OTHER)]],
    ['two cards', [attach(MEMBER), attach(OTHER)]],
    ['a claim, then a card', [claim(MEMBER), attach(OTHER)]],
    ['a card, then a claim', [attach(MEMBER), claim(OTHER)]],
    ['the same card twice', [attach(MEMBER), attach(MEMBER)]],
    ['a claim and a card of the same member', [claim(MEMBER), attach(MEMBER)]],
  ])('finds one: of %s at two tills the first stands', (_name, both) => {
    expect(visits(foldAll([sale, ...both]))).toEqual([
      [12, 1],
      [0, 0],
      [0, 0],
    ]);
  });

  it('twice by the same card, without an account, earns once', () => {
    const states = foldAll([{ ...sale, member: null, postings: [] }, attach(MEMBER, null), attach(MEMBER, null)]);
    expect(visits(states)).toEqual([
      [12, 1],
      [0, 0],
      [0, 0],
    ]);
  });

  it('is refunded by whoever knows only the account', () => {
    for (const find of [claim, attach]) {
      const found = find();
      const refund = till.refund(sale, { lost: { points: 12 }, whole: true });
      expect(visits(foldAll([sale, found, refund]))).toEqual([
        [0, 1],
        [0, 0],
        [0, 0],
      ]);
    }
  });
});
