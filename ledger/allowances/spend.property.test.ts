import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BusinessDate } from '../../base/business-date.ts';
import type { MemberId, WalletId } from '../../base/ids.ts';
import { points } from '../../base/numbers.ts';
import { countEntry, type CounterBook, leftOf, NO_COUNTERS } from './counters.ts';
import { allowancesSaid, isOpen, partText } from './part.ts';
import { burn, coverSpend, type HeldPart, openLeft } from './spend.ts';

const [FIRST, SECOND, THIRD] = ['2026-03-01', '2026-03-02', '2026-03-03'].map((text) => text as BusinessDate); // in its form
const TODAY = SECOND ?? ('' as BusinessDate); // there is one
const KEY = { account: 'ann' as MemberId, wallet: 'points' as WalletId }; // of the tests

function part(end: BusinessDate | null | undefined, left: number): HeldPart {
  return { ...KEY, end: end ?? null, left: points(left) };
}

const held = fc.uniqueArray(
  fc.record({
    account: fc.constantFrom('ann', 'ben').map((id) => id as MemberId), // of the tests
    wallet: fc.constant(KEY.wallet),
    end: fc.constantFrom(null, FIRST ?? null, SECOND ?? null, THIRD ?? null),
    left: fc.integer({ min: 1, max: 20 }).map(points),
  }),
  { selector: partText },
);
const amount = fc.integer({ min: 1, max: 60 }).map(points);

function sumOf(parts: readonly { readonly amount: number }[]): number {
  return parts.reduce((sum, taken) => sum + taken.amount, 0);
}

describe('a redemption', () => {
  it('takes what ends first, and nothing that has ended', () => {
    const parts = [part(null, 5), part(THIRD, 4), part(FIRST, 9), part(SECOND, 9)];
    expect(coverSpend(parts, points(6), TODAY)).toEqual({
      parts: [
        { ...KEY, end: THIRD, amount: 4 },
        { ...KEY, end: null, amount: 2 },
      ],
      short: 0,
    });
    expect(coverSpend(parts, points(10), TODAY).short).toBe(1);
    expect(openLeft(parts, TODAY)).toBe(9);
  });

  it('never takes more of a part than it has, and covers or says what is short', () => {
    fc.assert(
      fc.property(held, amount, (parts, asked) => {
        const { parts: taken, short } = coverSpend(parts, asked, TODAY);
        expect(sumOf(taken) + short).toBe(asked);
        expect(short).toBe(Math.max(0, asked - openLeft(parts, TODAY)));
        for (const of of taken) {
          expect(isOpen(of, TODAY)).toBe(true);
          expect(of.amount).toBeLessThanOrEqual(parts.find((one) => partText(one) === partText(of))?.left ?? 0);
        }
      }),
    );
  });
});

describe('what is taken back', () => {
  it('burns what ends last first, ended parts too', () => {
    const parts = [part(FIRST, 3), part(THIRD, 4), part(null, 5)];
    expect(burn(parts, points(10))).toEqual([
      { ...KEY, end: null, amount: 5 },
      { ...KEY, end: THIRD, amount: 4 },
      { ...KEY, end: FIRST, amount: 1 },
    ]);
  });

  it('burns all that there is where it is more', () => {
    fc.assert(
      fc.property(held, amount, (parts, taken) => {
        const all = parts.reduce((sum, { left }) => sum + left, 0);
        expect(sumOf(burn(parts, taken))).toBe(Math.min(all, taken));
      }),
    );
  });
});

describe('counters', () => {
  const said = fc.record({
    account: fc.constantFrom('ann', 'ben').map((id) => id as MemberId), // of the tests
    wallet: fc.constant(KEY.wallet),
    end: fc.constantFrom(null, FIRST ?? null, THIRD ?? null),
    amount,
  });
  const lists = fc.array(said, { maxLength: 3 });
  const entries = fc.array(fc.record({ own: lists, spent: lists, returned: lists }));

  it('are sums, so the order of entries is no matter', () => {
    fc.assert(
      fc.property(entries, (history) => {
        const forward: CounterBook = new Map();
        const backward: CounterBook = new Map();
        for (const entry of history) countEntry(forward, entry);
        for (const entry of history.toReversed()) countEntry(backward, entry);
        const sorted = (book: CounterBook): unknown => [...book].toSorted(([one], [other]) => (one < other ? -1 : 1));
        expect(sorted(forward)).toEqual(sorted(backward));
        const spent = [...forward.values()].reduce((sum, { counters }) => sum + counters.spent, 0);
        expect(spent).toBe(sumOf(history.flatMap((entry) => entry.spent)));
      }),
    );
  });

  it('leave what was granted and earned, less what was spent and given back, and never less than nothing', () => {
    const counters = { ...NO_COUNTERS, granted: points(10), own: points(4), spent: points(5), returned: points(2) };
    expect(leftOf(counters)).toBe(7);
    expect(leftOf({ ...counters, returned: points(30) })).toBe(0);
  });

  it('are not spoken of where there is nothing to say', () => {
    expect(allowancesSaid({ own: [], spent: [] })).toBeUndefined();
    const own = [{ ...KEY, end: null, amount: points(1) }];
    expect(allowancesSaid({ own, spent: [] })).toEqual({ own });
  });
});
