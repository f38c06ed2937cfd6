import { describe, expect, it } from 'vitest';
import { AssertionFailed } from './assert.ts';
import { AMOUNT_ABS_MAX, minor, points } from './numbers.ts';

describe('points and minor', () => {
  it('take exact integers, as numbers or big integers', () => {
    expect([points(5), points(5n), minor(-3), points(AMOUNT_ABS_MAX)]).toEqual([5, 5, -3, 9_007_199_254_740_991]);
  });

  it('know no minus zero', () => {
    expect(Object.is(points(-0), 0)).toBe(true);
  });

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 2n ** 53n + 1n, -(2n ** 60n)])(
    'break on %s',
    (value) => {
      expect(() => points(value)).toThrow(AssertionFailed);
      expect(() => minor(value)).toThrow(AssertionFailed);
    },
  );
});
