import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssertionFailed } from '../base/assert.ts';
import type { BusinessDate } from '../base/business-date.ts';
import type { MemberId, RuleId, WalletId } from '../base/ids.ts';
import { points } from '../base/numbers.ts';
import { memberAccount, type Entry, type Posting, type SaleEntry } from './entry.ts';
import {
  applyEntry,
  balanceOf,
  encodeState,
  givenOn,
  memberStateSchema,
  NEW_MEMBER_STATE,
  spendableOf,
  usesOn,
  type MemberState,
} from './member-state.ts';
import { byOrder } from './order.ts';
import { SALES_KEPT_PER_DAY } from './sale-traces.ts';
import { history, MEMBER, MONDAY, POINTS, REWARD, RULE, STAMPS, testTill } from './testing/books.ts';

const TUESDAY = '2026-03-03' as BusinessDate; // in its form, like all below
const WEDNESDAY = '2026-03-04' as BusinessDate; // likewise
const WALLETS = [POINTS, STAMPS];

function fold(entries: readonly Entry[], from: MemberState = NEW_MEMBER_STATE): MemberState {
  return entries.reduce((state, entry) => applyEntry(state, entry, MEMBER), from);
}

function postedTo(entries: readonly Entry[], wallet: WalletId): number {
  const own = entries.flatMap(({ postings }) => postings).filter(({ account }) => account === memberAccount(MEMBER));
  return own.reduce((sum, posting) => sum + (posting.wallet === wallet ? posting.amount : 0), 0);
}

/** What the till and the rules ask of a state, with ends of lots; how endless lots are split is nobody's business. */
function seen(state: MemberState, date: BusinessDate): unknown {
  return {
    balances: WALLETS.map((wallet) => [balanceOf(state, wallet), spendableOf(state, wallet)]),
    visits: state.visits,
    given: [...givenOn(state, date)],
    uses: usesOn(state, REWARD, date),
  };
}

/** A sale whose postings say whatever fits their schema. */
function saleWith(
  postings: readonly Posting[],
  rest: Parameters<ReturnType<typeof testTill>['sale']>[0] = {},
): SaleEntry {
  return { ...testTill('odd').sale(rest), postings };
}

describe('a balance', () => {
  it('is the sum of the postings to the member, and with the books they come to nothing', () => {
    fc.assert(
      fc.property(history, (entries) => {
        const state = fold(entries.toSorted(byOrder));
        for (const wallet of WALLETS) {
          expect(balanceOf(state, wallet)).toBe(postedTo(entries, wallet));
          expect(spendableOf(state, wallet)).toBe(Math.max(0, postedTo(entries, wallet)));
          const all = entries.flatMap(({ postings }) => postings).filter((posting) => posting.wallet === wallet);
          expect(all.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
        }
      }),
    );
  });

  it('is so for postings in any order, however often a wallet occurs, and whatever stands on the other side', () => {
    const books = ['issued', 'redeemed', 'expired', 'adjusted'] as const;
    const posting = fc.record({
      account: fc.constantFrom(memberAccount(MEMBER), memberAccount(MEMBER), ...books),
      wallet: fc.constantFrom(...WALLETS),
      amount: fc.integer({ min: -60, max: 60 }).map((units) => points(units)),
    });
    fc.assert(
      fc.property(fc.array(fc.array(posting, { maxLength: 8 }), { maxLength: 5 }), fc.boolean(), (sales, voided) => {
        const till = testTill('odd');
        const entries = sales.flatMap((postings): Entry[] => {
          const sale = { ...till.sale({}), postings };
          return voided ? [sale, till.void(sale)] : [sale];
        });
        const state = fold(entries);
        for (const wallet of WALLETS) expect(balanceOf(state, wallet)).toBe(postedTo(entries, wallet));
        expect(memberStateSchema.parse(JSON.parse(encodeState(state)))).toEqual(state);
      }),
    );
  });

  it('goes below zero where two tills spent the same, and the next earning repays it first', () => {
    const [one, two] = [testTill('one'), testTill('two')];
    const spent = fold([
      one.sale({ earned: { points: 10 } }),
      one.sale({ spent: { points: 10 } }),
      two.sale({ spent: { points: 10 } }),
    ]);
    expect([balanceOf(spent, POINTS), spendableOf(spent, POINTS)]).toEqual([-10, 0]);
    const repaid = fold([two.sale({ earned: { points: 4 } }), two.sale({ earned: { points: 9 } })], spent);
    expect([balanceOf(repaid, POINTS), spendableOf(repaid, POINTS)]).toEqual([3, 3]);
  });

  it('breaks an assertion where a number could not hold it, and that entry changes nothing', () => {
    const big = testTill('t').sale({ earned: { points: Number.MAX_SAFE_INTEGER } });
    const state = fold([testTill('u').sale({ earned: { points: 1 } })]);
    expect(() => applyEntry(state, big, MEMBER)).toThrow(AssertionFailed);
    expect(balanceOf(state, POINTS)).toBe(1);
  });
});

describe('the fold', () => {
  it('gives the same state for every order in which entries arrive, once they are folded in the total order', () => {
    fc.assert(
      fc.property(
        history.chain((entries) =>
          fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })),
        ),
        ([entries, arrived]) => {
          expect(encodeState(fold(arrived.toSorted(byOrder)))).toBe(encodeState(fold(entries.toSorted(byOrder))));
        },
      ),
    );
  });

  it('can be stored and taken up again after any entry', () => {
    fc.assert(
      fc.property(history, fc.nat(), (entries, at) => {
        const split = entries.length === 0 ? 0 : at % entries.length;
        const stored = encodeState(fold(entries.slice(0, split)));
        const resumed = fold(entries.slice(split), memberStateSchema.parse(JSON.parse(stored)));
        expect(encodeState(resumed)).toBe(encodeState(fold(entries)));
      }),
    );
  });

  it('reads back every state that it leads to', () => {
    fc.assert(
      fc.property(history, (entries) => {
        const state = fold(entries);
        expect(memberStateSchema.parse(JSON.parse(encodeState(state)))).toEqual(state);
      }),
    );
  });

  it('writes a state as one text, whatever the order in which its parts came about', () => {
    const [one, two] = [testTill('one'), testTill('two')];
    const pair = [one.sale({ sale: 'a', earned: { points: 1 } }), two.sale({ sale: 'b', earned: { stamps: 1 } })];
    const [left, right] = [fold(pair), fold(pair.toReversed())];
    expect(encodeState({ ...left, days: [] })).toBe(encodeState({ ...right, days: [] }));
    expect(Object.keys(left.wallets)).not.toEqual(Object.keys(right.wallets));
    expect(encodeState({ uses: {}, days: [], visits: 0, wallets: {} })).toBe(encodeState(NEW_MEMBER_STATE));
  });

  it('leaves a member alone whom the entry does not name', () => {
    const till = testTill('t');
    const foreign = till.sale({ member: 'bo' as MemberId, earned: { points: 5 }, uses: [REWARD] }); // a name of the tests
    const nobody = till.sale({ member: null });
    const state = fold([till.sale({ earned: { points: 1 } })]);
    expect(fold([foreign, till.void(foreign), nobody, till.void(nobody)], state)).toBe(state);
  });

  it('does not change with an enrolment', () => {
    const { body: _body, ...place } = testTill('t').sale({});
    const enrol: Entry = {
      ...place,
      kind: 'enrol',
      postings: [],
      body: { joined: MONDAY, cards: [], commitment: null },
    };
    expect(fold([enrol])).toBe(NEW_MEMBER_STATE);
  });
});

describe('a void', () => {
  it('leaves balances, visits, uses and caps as they were before the sale, whatever came before', () => {
    fc.assert(
      fc.property(
        history,
        fc.record({ points: fc.nat(60), stamps: fc.nat(3) }),
        fc.record({ points: fc.nat(60) }),
        (entries, earned, spent) => {
          const date = '2026-03-31' as BusinessDate; // later than the history
          const till = testTill('t');
          const before = fold(entries.toSorted(byOrder));
          const other = till.sale({ date, earned: { points: 1 }, uses: [REWARD] });
          for (const state of [before, fold([other], before)]) {
            const sale = till.sale({ date, earned, spent, uses: [REWARD, REWARD] });
            expect(seen(fold([sale, till.void(sale)], state), date)).toEqual(seen(state, date));
          }
        },
      ),
    );
  });

  it('also where another sale came in between', () => {
    const till = testTill('t');
    const [first, second] = [
      till.sale({ earned: { points: 10 }, uses: [REWARD] }),
      till.sale({ earned: { points: 5 }, spent: { points: 8 }, uses: [REWARD] }),
    ];
    const state = fold([first, second, till.void(first)]);
    expect(seen(state, MONDAY)).toEqual({
      balances: [
        [-3, 0],
        [0, 0],
      ],
      visits: 1,
      given: [[RULE, 5]],
      uses: { day: 1, month: 1, ever: 1 },
    });
  });

  it('gives back to the lots that the sale took from, to the byte', () => {
    const till = testTill('t');
    const before = fold([
      till.sale({ date: MONDAY, earned: { points: 10 } }),
      till.sale({ date: TUESDAY, earned: { points: 10 } }),
    ]);
    const sale = till.sale({ date: TUESDAY, spent: { points: 15 } });
    expect(encodeState(fold([sale, till.void(sale)], before))).toBe(encodeState(before));
  });

  it('takes back what the sale itself gave, and leaves the lots of others, to the byte', () => {
    const till = testTill('t');
    const before = fold([till.sale({ earned: { points: 10 } }), till.sale({ earned: { points: 20 } })]);
    const sale = till.sale({ sale: 'a sale that sorts first', earned: { points: 5 } });
    const last = till.sale({ sale: 'the last of all', earned: { points: 7 } });
    expect(encodeState(fold([sale, last, till.void(last), till.void(sale)], before))).toBe(encodeState(before));
  });

  it('gives a use back to the month of its sale, and leaves no trace of a month without any', () => {
    const till = testTill('t');
    const march = till.sale({ date: MONDAY, uses: [REWARD] });
    const april = till.sale({ date: '2026-04-01' as BusinessDate, uses: [REWARD] }); // in its form
    const before = fold([march]);
    expect(encodeState(fold([april, till.void(april)], before))).toBe(encodeState(before));
    const dated = { ...till.void(march), bd: april.bd }; // as no till of ours dates it
    expect(fold([dated], fold([april], before)).uses).toEqual({ [REWARD]: { ever: 1, months: { '2026-04': 1 } } });
  });

  it('of a sale that the state does not know leaves no visits below none', () => {
    const till = testTill('t');
    const sale = till.sale({ earned: { points: 4 } });
    const state = fold([till.void(sale)]);
    expect([state.visits, balanceOf(state, POINTS)]).toEqual([0, -4]);
    expect(memberStateSchema.parse(JSON.parse(encodeState(state)))).toEqual(state);
  });

  it('leaves nothing behind of a first sale', () => {
    const till = testTill('t');
    const sale = till.sale({ earned: { points: 10 }, uses: [REWARD] });
    expect(fold([sale, till.void(sale)])).toEqual(NEW_MEMBER_STATE);
  });
});

describe('caps and limits', () => {
  it('count the sales of their own date, month and life', () => {
    const till = testTill('t');
    const state = fold([
      till.sale({ date: '2026-02-27' as BusinessDate, earned: { points: 100 }, uses: [REWARD] }), // in its form
      till.sale({ date: MONDAY, earned: { points: 3, stamps: 1 }, uses: [REWARD] }),
      till.sale({ date: MONDAY, earned: { points: 4 }, uses: [REWARD, REWARD] }),
    ]);
    expect([...givenOn(state, MONDAY)]).toEqual([[RULE, 8]]);
    expect(usesOn(state, REWARD, MONDAY)).toEqual({ day: 3, month: 3, ever: 4 });
    expect(usesOn(state, REWARD, TUESDAY)).toEqual({ day: 0, month: 3, ever: 4 });
    expect(usesOn(state, REWARD, '2026-02-28' as BusinessDate)).toEqual({ day: 0, month: 1, ever: 4 }); // in its form
  });

  it('of today hold on top of a row that another till, a day or a month ahead, has moved on', () => {
    const ahead = testTill('ahead').sale({
      date: '2026-04-01' as BusinessDate,
      earned: { points: 50 },
      uses: [REWARD],
    }); // in its form
    const till = testTill('t');
    const sale = till.sale({ date: MONDAY, earned: { points: 3 }, spent: { points: 20 }, uses: [REWARD] });
    const state = fold([ahead, sale]);
    expect([...givenOn(state, MONDAY)]).toEqual([[RULE, 3]]);
    expect(usesOn(state, REWARD, MONDAY)).toEqual({ day: 1, month: 1, ever: 2 });
    expect(seen(fold([till.void(sale)], state), MONDAY)).toEqual(seen(fold([ahead]), MONDAY));
  });

  it('forget a date that is over, and a sale of it still counts in balance and visits', () => {
    const till = testTill('t');
    const late = till.sale({ date: MONDAY, earned: { points: 3 }, spent: { points: 1 }, uses: [REWARD] });
    const state = fold([till.sale({ date: TUESDAY, earned: { points: 5 } }), till.sale({ date: WEDNESDAY }), late]);
    expect(seen(state, MONDAY)).toMatchObject({
      balances: [
        [7, 7],
        [0, 0],
      ],
      visits: 3,
      given: [],
      uses: { day: 0, month: 1, ever: 1 },
    });
    expect(seen(fold([till.void(late)], state), MONDAY)).toMatchObject({
      balances: [
        [5, 5],
        [0, 0],
      ],
      visits: 2,
    });
  });

  it('count on where a date has more sales than are kept one by one', () => {
    const till = testTill('t');
    const sales = Array.from({ length: 3 * SALES_KEPT_PER_DAY }, () =>
      till.sale({ earned: { points: 1 }, uses: [REWARD] }),
    );
    const state = fold(sales);
    expect([...givenOn(state, MONDAY)]).toEqual([[RULE, sales.length]]);
    expect(usesOn(state, REWARD, MONDAY)).toEqual({ day: sales.length, month: sales.length, ever: sales.length });
    const first = sales[0];
    if (first === undefined) throw new Error('no sale');
    const voided = fold([till.void(first)], state);
    expect([balanceOf(voided, POINTS), voided.visits]).toEqual([sales.length - 1, sales.length - 1]);
  });
});

describe('a state', () => {
  it.each([
    ['a year', 28],
    ['a month', 400],
    ['one date', 10_000],
  ])('stays small over 10,000 sales in %s', (_name, perDay) => {
    const till = testTill('t');
    let state = NEW_MEMBER_STATE;
    let largest = 0;
    for (let sale = 0; sale < 10_000; sale += 1) {
      const day = Math.floor(sale / perDay);
      const date = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10) as BusinessDate; // in its form
      const facts = { date, earned: { points: 7 }, spent: { points: sale % 7 }, uses: [REWARD] };
      state = applyEntry(state, till.sale(facts), MEMBER);
      if (sale % 97 === 0) largest = Math.max(largest, encodeState(state).length);
    }
    expect(largest).toBeLessThan(40_000);
    expect([state.visits, balanceOf(state, POINTS)]).toEqual([10_000, 70_000 - (1_428 * 21 + 6)]);
    expect(Object.keys(state.uses[REWARD]?.months ?? {}).length).toBeLessThanOrEqual(2);
  });

  it('of a member who comes once a day is a few hundred bytes', () => {
    const till = testTill('t');
    const dates = Array.from(
      { length: 28 },
      (_none, day) => `2026-03-${String(day + 1).padStart(2, '0')}` as BusinessDate,
    ); // in its form
    expect(
      encodeState(fold(dates.map((date) => till.sale({ date, earned: { points: 7, stamps: 1 } })))).length,
    ).toBeLessThan(700);
  });

  it('knows a rule by any id that a programme may have', () => {
    const ids = fc.string({ minLength: 1, maxLength: 8 }).filter((text) => !(text in {}));
    fc.assert(
      fc.property(ids, ids, (wallet, rule) => {
        const sale = testTill('t').sale({ earned: { [wallet]: 2 } });
        const earned = [{ rule: rule as RuleId, wallet: wallet as WalletId, amount: points(2) }]; // names of the tests
        const state = fold([{ ...sale, body: { ...sale.body, earned } }]);
        expect([balanceOf(state, wallet as WalletId), [...givenOn(state, MONDAY)]]).toEqual([2, [[rule, 2]]]); // likewise
        expect(memberStateSchema.parse(JSON.parse(encodeState(state)))).toEqual(state);
      }),
    );
  });

  it('takes two spendings of one wallet in an entry back to the lots that they came from', () => {
    const till = testTill('t');
    const earned = fold([
      till.sale({ date: MONDAY, earned: { points: 4 } }),
      till.sale({ date: TUESDAY, earned: { points: 5 } }),
    ]);
    const account = memberAccount(MEMBER);
    const twice: Posting[] = [5, 4].flatMap((amount): Posting[] => [
      { account, wallet: POINTS, amount: points(-amount) },
      { account: 'redeemed', wallet: POINTS, amount: points(amount) },
    ]);
    const sale = saleWith(twice, { date: TUESDAY, sale: 'twice' });
    expect(encodeState(fold([sale, till.void(sale)], earned))).toBe(encodeState(earned));
  });
});
