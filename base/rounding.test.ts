import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, rational, subtract } from './rational.ts';
import { floor, halfUp, halfUpProduct, round } from './rounding.ts';

const value = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.bigInt({ min: 1n, max: 10n ** 10n }))
  .map(([top, bottom]) => rational(top, bottom));

describe('round', () => {
  it.each([
    [[5, 2], { down: 2n, 'half-up': 3n, up: 3n }],
    [[-5, 2], { down: -3n, 'half-up': -2n, up: -2n }],
    [[24, 10], { down: 2n, 'half-up': 2n, up: 3n }],
    [[-24, 10], { down: -3n, 'half-up': -2n, up: -2n }],
    [[-26, 10], { down: -3n, 'half-up': -3n, up: -2n }],
    [[7, 1], { down: 7n, 'half-up': 7n, up: 7n }],
    [[0, 1], { down: 0n, 'half-up': 0n, up: 0n }],
  ] as const)('%j', ([top, bottom], rounded) => {
    const some = rational(top, bottom);
    expect({ down: round(some, 'down'), 'half-up': round(some, 'half-up'), up: round(some, 'up') }).toEqual(rounded);
  });

  it('moves a value by less than one, half up by at most a half, and leaves a whole one', () => {
    fc.assert(
      fc.property(value, (some) => {
        const down = subtract(some, rational(floor(some)));
        expect(compare(down, rational(0)) >= 0 && compare(down, rational(1)) < 0).toBe(true);
        const half = subtract(some, rational(halfUp(some)));
        expect(compare(half, rational(-1, 2)) >= 0 && compare(half, rational(1, 2)) < 0).toBe(true);
        expect(round(some, 'up') - floor(some)).toBe(some.denominator === 1n ? 0n : 1n);
      }),
    );
  });
});

describe('halfUpProduct', () => {
  const natural = (most: number) => fc.oneof(fc.integer({ min: 0, max: most }), fc.integer({ min: 0, max: 100 }));

  it('rounds as the fraction does, below and beyond what plain numbers hold', () => {
    const whole = natural(Number.MAX_SAFE_INTEGER);
    fc.assert(
      fc.property(whole, natural(1_000_000_000), whole, (left, right, more) => {
        const divisor = Math.max(1, more);
        const expected = Number(halfUp(rational(BigInt(left) * BigInt(right), divisor)));
        expect(halfUpProduct(left, right, divisor)).toBe(expected);
      }),
    );
  });

  it('rounds a half up', () => {
    expect([
      halfUpProduct(1, 1, 2),
      halfUpProduct(5, 1, 10),
      halfUpProduct(49, 1, 100),
      halfUpProduct(3, 1, 2),
    ]).toEqual([1, 1, 0, 2]);
  });
});
