import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { line, valueOf } from '../testing/build.ts';
import { priceLines } from '../sale/price.ts';
import type { BasketLine } from './kinds/kind.ts';
import { costOf, splitOver } from './split.ts';

function basketOf(costs: readonly number[]): readonly BasketLine[] {
  const lines = valueOf(priceLines(costs.map((cost) => line(cost))));
  return lines.map((priced) => ({ line: priced, cost: priced.list, freeUnits: 0 }));
}

const shares = (costs: readonly number[], amount: number) => {
  const parts = splitOver(basketOf(costs), amount);
  return costs.map((_, index) => parts.find((part) => part.line === index)?.discount ?? 0);
};

describe('splitOver', () => {
  it.each<[number[], number, number[]]>([
    [[400, 200], 300, [200, 100]],
    [[100, 100, 100], 100, [34, 33, 33]],
    [[100, 100, 100], 200, [67, 67, 66]],
    [[1, 999], 500, [1, 499]],
    [[3, 1], 1, [1, 0]],
    [[1, 3], 1, [0, 1]],
    [[0, 50], 10, [0, 10]],
    [[20, 30], 900, [20, 30]],
    [[0, 0], 5, [0, 0]],
  ])('%j less %i: %j', (costs, amount, expected) => {
    expect(shares(costs, amount)).toEqual(expected);
  });

  it('sums to the amount, takes no line below zero, and is within one minor unit of the exact share', () => {
    const costs = fc.array(fc.integer({ min: 0, max: 1_000_000_000 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(costs, fc.integer({ min: 0, max: 40_000_000_000 }), (all, amount) => {
        const total = costOf(basketOf(all));
        const parts = shares(all, amount);
        const shared = Math.min(amount, total);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(shared);
        for (const [index, part] of parts.entries()) {
          const cost = all[index] ?? 0;
          expect(part >= 0 && part <= cost).toBe(true);
          const distance = BigInt(part) * BigInt(total) - BigInt(shared) * BigInt(cost);
          expect(distance > -BigInt(Math.max(1, total)) && distance < BigInt(Math.max(1, total))).toBe(true);
        }
      }),
    );
  });

  it('gives what is missing to the largest remainders, the earlier line first among equals', () => {
    const costs = fc.array(fc.oneof(fc.nat(4), fc.nat(1_000), fc.constant(33_333_333_333)), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(costs, fc.oneof(fc.nat(3_000), fc.nat(1_000_000_000_000)), (all, amount) => {
        const total = all.reduce((sum, cost) => sum + cost, 0);
        const shared = BigInt(Math.min(amount, total));
        const parts = all.map((cost, line) => ({ line, product: shared * BigInt(cost) }));
        const whole = parts.map(({ product }) => (total === 0 ? 0 : Number(product / BigInt(total))));
        const missing = Number(shared) - whole.reduce((sum, share) => sum + share, 0);
        const byRemainder =
          total === 0
            ? []
            : parts.toSorted((left, right) => Number((right.product % BigInt(total)) - (left.product % BigInt(total))));
        for (const { line } of byRemainder.slice(0, missing)) whole[line] = (whole[line] ?? 0) + 1;
        expect(shares(all, amount)).toEqual(whole);
      }),
    );
  });
});
