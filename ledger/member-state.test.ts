import { describe, expect, it } from 'vitest';
import { AssertionFailed } from '../base/assert.ts';
import type { BusinessDate } from '../base/business-date.ts';
import type { MemberId, StoreId } from '../base/ids.ts';
import { minor, points } from '../base/numbers.ts';
import { countOf } from '../loyalty/badges/count.ts';
import type { BadgeAward } from '../loyalty/badges/award.ts';
import { judgeBadges } from '../loyalty/badges/judge.ts';
import { parsedProgramme } from '../loyalty/testing/build.ts';
import { applyEntry } from './fold/apply.ts';
import {
  balanceOf,
  givenOn,
  levelOf,
  type MemberState,
  NEW_MEMBER_STATE,
  purchasesOf,
  usesOn,
} from './member-state.ts';
import { NOTES_MAX } from './past.ts';
import { TALLIES_MAX } from './past/tallies.ts';
import { countedSale } from './sale-note.ts';
import { encodeState, memberStateSchema } from './state-text.ts';
import { MEMBER, MONDAY, POINTS, REWARD, RULE, testTill } from './testing/books.ts';
import { termsOf } from './testing/programme.ts';
import { day, has, stateAfter, terms } from './testing/folded.ts';

const date = (index: number): BusinessDate => day(new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10));

describe('caps and limits', () => {
  it('count the sales of their own date, month and life', () => {
    const till = testTill('t');
    const state = stateAfter([
      till.sale({ date: day('2026-02-27'), earned: { points: 100 }, uses: [REWARD] }),
      till.sale({ earned: { points: 3 }, uses: [REWARD] }),
      till.sale({ earned: { points: 4 }, uses: [REWARD, REWARD] }),
    ]);
    expect([...givenOn(state, MONDAY)]).toEqual([[RULE, 7]]);
    expect(usesOn(state, REWARD, MONDAY)).toEqual({ day: 3, month: 3, ever: 4 });
    expect(usesOn(state, REWARD, day('2026-02-28'))).toEqual({ day: 0, month: 1, ever: 4 });
  });

  it('count on where a date has more sales than are kept one by one', () => {
    const till = testTill('t');
    const sales = Array.from({ length: 3 * NOTES_MAX }, () => till.sale({ earned: { points: 1 }, uses: [REWARD] }));
    const state = stateAfter(sales);
    expect([...givenOn(state, MONDAY)]).toEqual([[RULE, sales.length]]);
    expect(usesOn(state, REWARD, MONDAY)).toEqual({ day: sales.length, month: sales.length, ever: sales.length });
  });
});

describe('a balance that a number could not hold', () => {
  it('breaks an assertion, and that entry changes nothing', () => {
    const states = new Map([[MEMBER, stateAfter([testTill('u').sale({ earned: { points: 1 } })])]]);
    const big = testTill('t').sale({ earned: { points: Number.MAX_SAFE_INTEGER } });
    expect(() => applyEntry(states, big, terms())).toThrow(AssertionFailed);
    expect(has(states.get(MEMBER) ?? NEW_MEMBER_STATE)[0]).toBe(1);
  });
});

describe('a life of sales', () => {
  const by = (parts: object) => termsOf(parsedProgramme(parts as Readonly<Record<string, unknown>>));
  const wallets = [{ id: 'points', kind: 'points', expiry: { after: 'P12M', from: 'earn', round: 'month-end' } }];
  const levels = [
    { id: 'bronze', at: 0 },
    { id: 'gold', at: 5_000 },
  ];

  it.each([
    ['a year', 28],
    ['one date', 10_000],
    ['27 years', 1],
  ])('of 10,000 in %s leaves a small state with exact sums', (_name, perDay) => {
    const tiers = { measure: 'earned', wallet: 'points', window: 'lifetime', levels };
    const rules = by({ wallets: [{ id: 'points', kind: 'points' }], tiers });
    const till = testTill('t');
    const states = new Map<MemberId, MemberState>();
    let largest = 0;
    for (let sale = 0; sale < 10_000; sale += 1) {
      const facts = {
        date: date(Math.floor(sale / perDay)),
        earned: { points: 7 },
        spent: { points: sale % 7 },
        uses: [REWARD],
      };
      const made = till.sale({ ...facts, lines: [{ paid: minor(500) }] });
      for (const [account, state] of applyEntry(states, made, rules)) states.set(account, state);
      const state = states.get(MEMBER);
      if (sale % 997 === 0 && state !== undefined) largest = Math.max(largest, encodeState(state).length);
    }
    const state = states.get(MEMBER) ?? NEW_MEMBER_STATE;
    const last = date(10_000);
    expect(largest).toBeLessThan(130_000);
    expect([state.visits, balanceOf(state, POINTS, last)]).toEqual([10_000, 70_000 - (1_428 * 21 + 6)]);
    expect(levelOf(state, rules, last)).toMatchObject({ level: 'gold', end: null });
    expect(state.past.tallies.length).toBeLessThanOrEqual(TALLIES_MAX + 30);
    expect(state.past.tallies.reduce((sum, tally) => sum + tally.visits, state.sales.length)).toBe(10_000);
    expect(memberStateSchema.parse(JSON.parse(encodeState(state)))).toEqual(state);
  });

  it('has few lots, and each of them ends when it would', () => {
    const rules = by({ wallets });
    const till = testTill('t');
    const sales = Array.from({ length: 1_000 }, (_, index) =>
      till.sale({ date: date(Math.floor(index / 5)), earned: { points: 1 } }),
    );
    const state = stateAfter(sales, rules);
    const held = state.wallets[POINTS]?.lots ?? [];
    expect(held.length).toBeLessThan(NOTES_MAX + 10);
    for (const end of ['2027-01-31', '2027-02-01', '2027-03-01', '2027-07-31', '2027-08-01']) {
      const expected = sales.filter(({ bd }) => endOf(bd) > end).length;
      expect(balanceOf(state, POINTS, day(end))).toBe(expected);
    }
  });
});

/** The first of the month after the same month of next year. */
function endOf(bd: BusinessDate): string {
  const [year, month] = bd.split('-').map(Number);
  return new Date(Date.UTC((year ?? 0) + 1, month ?? 0, 1)).toISOString().slice(0, 10);
}

describe('sales that are no longer kept one by one', () => {
  const badge = (of: string, at: number, rest: object = {}) => ({
    id: of,
    when: { count: { of, at, ...rest } },
    again: true,
  });
  const programme = parsedProgramme({
    badges: [badge('visits', 130), badge('items', 250), badge('spend', 70_000, { within: 'P90D' }), badge('stores', 9)],
    rewards: [
      {
        id: 'r',
        cost: null,
        give: { kind: 'percent-off', percent: '5', lines: { frequent: { times: 120, within: 'P200D' } } },
      },
    ],
  });

  it('still bring badges with the very sale that reaches them (fine print 34)', () => {
    const rules = termsOf(programme);
    const till = testTill('t');
    const states = new Map<MemberId, MemberState>();
    const awards: BadgeAward[] = [];
    const all: ReturnType<typeof countedSale>[] = [];
    for (let index = 0; index < 400; index += 1) {
      const before = states.get(MEMBER) ?? NEW_MEMBER_STATE;
      const made = {
        ...till.sale({ date: date(Math.floor(index / 2)), lines: [{ paid: minor(400), quantity: '2' }] }),
        store: `s${Math.floor(index / 40)}` as StoreId,
      }; // a name of the tests
      const { sale } = made.body;
      const plain = applyEntry(states, made, rules).get(MEMBER)?.sales.at(-1);
      if (plain === undefined) throw new Error('no note');
      all.push(countedSale(plain));
      const whole = judgeBadges(programme.badges, awards, all, sale, made.bd);
      const kept = [...before.sales.map(countedSale), countedSale(plain)];
      const earned = judgeBadges(programme.badges, before.badges, kept, sale, made.bd, before.past.counted);
      expect(earned.map(({ badge: id }) => `${index} ${id}`)).toEqual(whole.map(({ badge: id }) => `${index} ${id}`));
      awards.push(...whole);
      const gifts = earned.map(
        ({ badge: id }) => ({ reason: 'badge', badge: id, wallet: null, amount: points(0) }) as const,
      );
      for (const [account, state] of applyEntry(states, { ...made, body: { ...made.body, gifts } }, rules))
        states.set(account, state);
    }
    expect(awards.length).toBeGreaterThan(5);
    const state = states.get(MEMBER) ?? NEW_MEMBER_STATE;
    expect(memberStateSchema.parse(JSON.parse(encodeState(state)))).toEqual(state);
    expect(countOf({ of: 'visits' }, state.sales.map(countedSale), MONDAY)).toBe(NOTES_MAX);
  });

  it('still count for what was bought often', () => {
    const till = testTill('t');
    const sales = Array.from({ length: 150 }, (_, index) =>
      till.sale({ date: date(index), lines: [{ sku: 'A', paid: minor(1) }] }),
    );
    expect(purchasesOf(stateAfter(sales, termsOf(programme))).get('A')?.length).toBe(150);
    expect(purchasesOf(stateAfter(sales)).get('A')?.length).toBe(NOTES_MAX);
  });
});
