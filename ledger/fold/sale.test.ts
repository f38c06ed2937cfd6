import { describe, expect, it } from 'vitest';
import type { HashHex, SaleId } from '../../base/ids.ts';
import { minor, points } from '../../base/numbers.ts';
import { levelOf, membershipsOf, usesOn } from '../member-state.ts';
import { MEMBER, MONDAY, OTHER, POINTS, PROG, REWARD, RULE, testTill } from '../testing/books.ts';
import { day, foldAll, has, lots, stateAfter, terms } from '../testing/folded.ts';

const points_ = (rest: object) => ({ wallets: [{ id: 'points', kind: 'points', ...rest }] });
const expiring = (after: string, from: string, round = 'none') => terms(points_({ expiry: { after, from, round } }));

describe('an earning', () => {
  it('is a lot that can be spent before its end', () => {
    const state = stateAfter(
      [testTill('t').sale({ date: day('2026-01-31'), earned: { points: 5 } })],
      expiring('P1M', 'earn'),
    );
    expect([has(state, day('2026-02-27')), has(state, day('2026-02-28'))]).toEqual([
      [5, 5],
      [0, 0],
    ]);
  });

  it('lasts through the last day of the month of its end with month-end (fine print 14)', () => {
    const sale = testTill('t').sale({ date: day('2026-01-15'), earned: { points: 5 } });
    const state = stateAfter([sale], expiring('P1M', 'earn', 'month-end'));
    expect(lots(state)).toEqual(['5 until 2026-03-01']);
    expect([has(state, day('2026-02-28')), has(state, day('2026-03-01'))]).toEqual([
      [5, 5],
      [0, 0],
    ]);
  });

  it('is in the balance while it is pending, and can be spent from its day on', () => {
    const state = stateAfter([testTill('t').sale({ earned: { points: 5 } })], terms(points_({ pending: 'P7D' })));
    expect([has(state, day('2026-03-08')), has(state, day('2026-03-09'))]).toEqual([
      [5, 0],
      [5, 5],
    ]);
  });

  it('repays a balance below zero first (fine print 31)', () => {
    const till = testTill('t');
    const short = [till.sale({ earned: { points: 4 } }), till.sale({ spent: { points: 10 } })];
    expect(has(stateAfter([...short, till.sale({ earned: { points: 5 } })]))).toEqual([-1, 0]);
    expect(lots(stateAfter([...short, till.sale({ earned: { points: 9 } })]))).toEqual([
      '0 until null',
      '3 until null',
    ]);
  });
});

describe('activity', () => {
  const till = testTill('t');
  const first = till.sale({ date: day('2026-01-10'), earned: { points: 5 } });
  const by = expiring('P1M', 'activity');

  it.each([
    [
      'an earning',
      till.sale({ date: day('2026-02-09'), earned: { points: 1 } }),
      ['5 until 2026-03-09', '1 until 2026-03-09'],
    ],
    ['a redemption', till.sale({ date: day('2026-02-09'), spent: { points: 1 } }), ['4 until 2026-03-09']],
    [
      'a redemption of all, emptied lots included',
      till.sale({ date: day('2026-02-09'), spent: { points: 5 } }),
      ['0 until 2026-03-09'],
    ],
    [
      'a gift',
      till.sale({
        date: day('2026-02-09'),
        gifts: [{ reason: 'badge', badge: 'b', wallet: POINTS, amount: points(2) }],
      }),
      ['5 until 2026-03-09', '2 until 2026-03-09'],
    ],
    ['an earning of 0: nothing', till.sale({ date: day('2026-02-09'), earned: { points: 0 } }), ['5 until 2026-02-10']],
    [
      'an adjustment: nothing',
      till.adjust(POINTS, 3, { date: day('2026-02-09') }),
      ['5 until 2026-02-10', '3 until 2026-03-09'],
    ],
    [
      'an earning after its end: nothing',
      till.sale({ date: day('2026-02-10'), earned: { points: 1 } }),
      ['5 until 2026-02-10', '1 until 2026-03-10'],
    ],
  ])('by %s moves ends as fine print 15 says', (_name, entry, expected) => {
    expect(lots(stateAfter([first, entry], by))).toEqual(expected);
  });

  it('is no refund and no transfer', () => {
    const later = till.sale({ date: day('2026-01-20'), earned: { points: 2 }, spent: { points: 1 } });
    const refund = till.refund(later, { date: day('2026-02-15'), returned: { points: 1 }, lost: { points: 2 } });
    expect(lots(stateAfter([first, later, refund], by))).toEqual(['5 until 2026-02-20']);
    const moved = {
      to: OTHER,
      wallet: POINTS,
      amount: points(2),
      lots: [{ earned: first.bd, end: day('2026-02-20'), amount: points(2) }],
    };
    const transfer = till.entry('transfer', moved, { date: day('2026-02-15') });
    const states = foldAll([first, later, transfer], by);
    expect(lots(stateAfter([first, later, transfer], by))).toEqual(['2 until 2026-02-20', '2 until 2026-02-20']);
    expect(states.get(OTHER)?.wallets[POINTS]?.lots).toEqual([
      { lot: 1, sale: null, earned: '2026-01-10', from: null, end: '2026-02-20', amount: 2 },
    ]);
  });
});

describe('what a member can have once', () => {
  const badge = { reason: 'badge', badge: 'b', wallet: POINTS, amount: points(7) } as const;
  const referral = [
    { reason: 'referee', wallet: POINTS, amount: points(10) },
    { reason: 'referrer', member: OTHER, wallet: POINTS, amount: points(20) },
  ] as const;

  it('stands once where two offline tills gave it: the first in the total order, in every order of arrival (fine print 12)', () => {
    let now = 0;
    const [one, two] = [testTill('one', () => (now += 1)), testTill('two', () => (now += 1))];
    const sales = [
      one.sale({ gifts: [badge, ...referral], earned: { points: 1 } }),
      two.sale({ gifts: [badge, ...referral], earned: { points: 1 } }),
    ];
    for (const arrived of [sales, sales.toReversed()]) {
      const states = foldAll(arrived);
      const [member, referrer] = [states.get(MEMBER), states.get(OTHER)];
      if (member === undefined || referrer === undefined) throw new Error('no state');
      expect([has(member)[0], has(referrer)[0]]).toEqual([19, 20]);
      expect(member.badges).toEqual([{ badge: 'b', sale: 'one-sale-1', date: MONDAY }]);
      expect(member.referral).toEqual({ by: null, paid: 'one-sale-1', brought: {} });
      expect(referrer.referral.brought).toEqual({ '2026-03': 1 });
      expect(member.sales.map((note) => note.gifts.length)).toEqual([3, 0]);
    }
  });

  it('is not a badge that can be had again', () => {
    const till = testTill('t');
    const by = terms({ badges: [{ id: 'b', when: { count: { of: 'visits', at: 1 } }, again: true }] });
    expect(stateAfter([till.sale({ gifts: [badge] }), till.sale({ gifts: [badge] })], by).badges.length).toBe(2);
  });

  it('is what only a first sale gets', () => {
    const by = terms({
      earn: [
        { id: RULE, wallet: 'points', amount: { per: 'spend', give: 1, every: 100 } },
        { id: 'welcome', wallet: 'points', amount: { per: 'sale', give: 50 }, when: { firstSale: true } },
      ],
    });
    const [one, two] = [testTill('one'), testTill('two')];
    const sale = (till: typeof one) => {
      const made = till.sale({ lines: [{ paid: minor(1_000) }], earned: { points: 10 } });
      const earned = [...made.body.earned, { rule: 'welcome' as typeof RULE, wallet: POINTS, amount: points(50) }]; // a name of the tests
      return {
        ...made,
        body: { ...made.body, earned, context: { ...made.body.context, held: ['welcome' as typeof RULE] } },
      }; // likewise
    };
    const [first, second] = [sale(one), sale(two)];
    expect(has(stateAfter([first, second], by))[0]).toBe(70);
    const back = { lines: [{ line: 0, quantity: '1', freeUnits: 0, money: minor(1_000) }], whole: true };
    const refund = two.refund(second, back);
    const lost = [
      { earning: 0, rule: RULE, wallet: POINTS, amount: points(10) },
      { earning: 1, rule: RULE, wallet: POINTS, amount: points(50) },
    ];
    const body = { ...refund.body, lost, takenBack: [{ wallet: POINTS, amount: points(60) }] };
    expect(has(stateAfter([first, second, { ...refund, body }], by))[0]).toBe(60);
  });
});

describe('levels', () => {
  const by = terms({
    ...points_({}),
    tiers: {
      measure: 'earned',
      wallet: 'points',
      window: 'P1M',
      keep: 'P1M',
      levels: [
        { id: 'bronze', at: 0 },
        { id: 'silver', at: 10 },
      ],
    },
  });

  it('hold from a sale that reaches them until their end, which reaching them again moves (fine print 16, 17)', () => {
    const till = testTill('t');
    const first = till.sale({ date: day('2026-01-10'), earned: { points: 10 } });
    const level = (entries: Parameters<typeof stateAfter>[0], date: string) =>
      levelOf(stateAfter(entries, by), by, day(date));
    expect(level([first], '2026-02-09')).toMatchObject({ level: 'silver', end: '2026-02-10' });
    expect(level([first], '2026-02-10')).toMatchObject({ level: 'bronze', end: null });
    const second = till.sale({ date: day('2026-01-20'), earned: { points: 1 } });
    expect(level([first, second], '2026-02-10')).toMatchObject({ level: 'silver', end: '2026-02-20' });
  });
});

describe('a sale', () => {
  it('counts its uses, starts memberships by whole units and tells its claim code', () => {
    const by = terms({ memberships: [{ id: 'plus', sku: 'PLUS', period: 'P1M' }] });
    const code = 'c'.repeat(64) as HashHex; // a code of the tests
    const sale = testTill('t').sale({
      uses: [REWARD, REWARD],
      lines: [{ sku: 'PLUS', quantity: '2', paid: minor(900) }],
      claim: code,
    });
    const state = stateAfter([sale], by);
    expect(usesOn(state, REWARD, MONDAY)).toEqual({ day: 2, month: 2, ever: 2 });
    expect(usesOn(state, REWARD, day('2026-03-03'))).toEqual({ day: 0, month: 2, ever: 2 });
    expect([...membershipsOf(state, day('2026-05-01'))]).toEqual(['plus']);
    expect([...membershipsOf(state, day('2026-05-02'))]).toEqual([]);
    expect(state.claim).toBe(code);
  });

  it('of nobody changes nobody', () => {
    expect(foldAll([testTill('t').sale({ member: null, earned: { points: 5 } })]).size).toBe(0);
  });

  it('leaves in the state nothing of what its entry says beyond', () => {
    const sale = testTill('t').sale({
      earned: { points: 5 },
      gifts: [{ reason: 'badge', badge: 'b', wallet: null, amount: points(0) }],
    });
    const later = { later: 1 };
    const body = {
      ...sale.body,
      earned: sale.body.earned.map((one) => ({ ...one, ...later })),
      gifts: sale.body.gifts.map((one) => ({ ...one, ...later })),
    };
    expect(stateAfter([{ ...sale, body }])).toEqual(stateAfter([sale]));
    expect(sale.prog).toBe(PROG);
    expect(stateAfter([sale]).sales[0]?.sale).toBe('t-sale-1' as SaleId); // a name of the tests
  });
});
