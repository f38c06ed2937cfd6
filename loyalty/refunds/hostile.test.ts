import { describe, expect, it } from 'vitest';
import { minor, points } from '../../base/numbers.ts';
import type { RewardId, WalletId } from '../../base/ids.ts';
import type { SaleRecord } from '../sale/record.ts';
import { line, PER_EURO } from '../testing/build.ts';
import { givenBackOf, moneyOf, refundsOf, sell, type Sold, takenBackOf } from '../testing/refunds.ts';

/** What is as large, as small or as odd as it may be. */

const off = (amount: number) => ({
  id: 'off',
  cost: { wallet: 'points', amount: 999 },
  give: { kind: 'amount-off', amount },
});

describe('a refund of a large sale', () => {
  it('is exact to the minor unit at 10^12', () => {
    const sold = sell({ earn: [PER_EURO], rewards: [off(1)] }, [line(1_000_000_000_000)], ['off']);
    expect(moneyOf(sold, [[[0, '0.3333']], [[0, '0.0001']], 'all'])).toEqual([
      333_300_000_000, // 333,299,999,999.6667
      100_000_000, // 99,999,999.9999
      666_599_999_999,
    ]);
    // 999 × 0.3333 = 332.97; 999 × 0.3334 = 333.07
    expect(givenBackOf(sold, [[[0, '0.3333']], [[0, '0.0001']], 'all'])).toEqual([[332], [1], [666]]);
    // 9,999,999,999 earned; 666,699,999,999 left → 6,666,999,999; 666,599,999,999 → 6,665,999,999
    expect(takenBackOf(sold, [[[0, '0.3333']], [[0, '0.0001']], 'all'])).toEqual([
      [3_333_000_000],
      [1_000_000],
      [6_665_999_999],
    ]);
  });

  it('of 100,000 units gives back unit by unit', () => {
    const sold = sell({ rewards: [off(100_001)] }, [line(3, { quantity: '100000' })], ['off']);
    // 199,999 paid: 2 each; 999 / 100,000 a unit.
    expect(moneyOf(sold, [[[0, '1']], [[0, '99998']], 'all'])).toEqual([2, 199_995, 2]);
    expect(givenBackOf(sold, [[[0, '100']], [[0, '1']], 'all'])).toEqual([[0], [1], [998]]);
  });

  it('gives back a cost near 2^53 exactly', () => {
    const sold = sell({}, [line(100, { quantity: '3' })]);
    const cost = points(9_007_199_254_740_991);
    const redeemed = [
      {
        reward: 'x' as RewardId,
        wallet: 'points' as WalletId,
        cost,
        discount: minor(99),
        lines: [{ line: 0, discount: minor(99), freeUnits: 0 }],
      }, // test ids
    ];
    const record: SaleRecord = { ...sold.record, redeemed };
    expect(givenBackOf({ ...sold, record }, [[[0, '1']], [[0, '1']], 'all'])).toEqual([
      [3_002_399_751_580_330], // 3,002,399,751,580,330.33
      [3_002_399_751_580_330], // 6,004,799,503,160,660.67
      [3_002_399_751_580_331],
    ]);
  });
});

describe('a refund of the smallest quantities', () => {
  it('of 0.0001 pays nothing and comes to the whole in the end', () => {
    const sold = sell({ earn: [PER_EURO] }, [line(499, { quantity: '1' })]);
    expect(moneyOf(sold, [[[0, '0.0001']], [[0, '0.9998']], [[0, '0.0001']]])).toEqual([0, 499, 0]);
    expect(refundsOf(sold, [[[0, '0.0001']], [[0, '0.9998']]]).map(({ whole }) => whole)).toEqual([false, false]);
  });

  it('of a line that costs nothing is a refund like any other', () => {
    const sold = sell({ earn: [PER_EURO] }, [line(1, { quantity: '0.0001' }), line(0)]);
    expect(refundsOf(sold, ['all'])[0]).toMatchObject({ money: 0, whole: true, givenBack: [], takenBack: [] });
  });
});

describe('a refund of a thousand lines', () => {
  // Quantities whose ten-thousandths have few divisors in common: no denominator that stays small.
  const odd = (index: number) => String((10_007 + 2 * index) / 10_000);
  const lines = Array.from({ length: 1_000 }, (_, index) =>
    line(1_000 + index, { sku: `S${index}`, quantity: odd(index) }),
  );
  const rewards = [
    { id: 'tenth', cost: { wallet: 'points', amount: 9 }, give: { kind: 'percent-off', percent: '10' } },
  ];
  const sold: Sold = sell(
    { earn: [PER_EURO], rewards },
    lines,
    Array.from({ length: 100 }, () => 'tenth'),
  );

  it('gives back exactly, whatever part of each line has come back, a hundred rewards included', () => {
    const [some, rest] = refundsOf(sold, [lines.map((_, index) => [index, '0.5'] as const), 'all']);
    const costs = sold.record.redeemed.map(({ cost }) => cost);
    expect(sold.record.redeemed).toHaveLength(100);
    // The same over one common denominator: the product of all quantities, in ten-thousandths.
    const product = lines.reduce((all, _, index) => all * BigInt(10_007 + 2 * index), 1n);
    const halves = lines.map((_, index) => (product / BigInt(10_007 + 2 * index)) * 5_000n);
    const expected = sold.record.redeemed.map(({ discount, lines: parts }) => {
      const sum = parts.reduce((all, part) => all + BigInt(part.discount) * (halves[part.line] ?? 0n), 0n);
      return Number((9n * sum) / (BigInt(discount) * product));
    });
    expect(new Set(expected)).toEqual(new Set([3, 4])); // some 45 % of 9
    expect(some?.redeemed.map(({ amount }) => amount)).toEqual(expected);
    expect(rest?.redeemed.map(({ amount }, index) => amount + (expected[index] ?? 0))).toEqual(costs);
    expect((some?.money ?? 0) + (rest?.money ?? 0)).toBe(sold.record.lines.reduce((sum, { paid }) => sum + paid, 0));
    expect(rest?.returned.earned).toEqual(sold.record.earned.map(({ amount }) => amount));
  });
});
