import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssertionFailed } from '../../base/assert.ts';
import { rational } from '../../base/rational.ts';
import { greater, lesser, quantityText, recordedQuantity } from './quantity.ts';

describe('quantityText', () => {
  it.each([
    ['0', 0, 1],
    ['2', 2, 1],
    ['10', 10, 1],
    ['0.375', 3, 8],
    ['2.5', 5, 2],
    ['0.0001', 1, 10_000],
    ['1.0203', 10_203, 10_000],
    ['100000', 100_000, 1],
  ] as const)('writes the shortest decimal: %s for %d / %d', (text, numerator, denominator) => {
    expect(quantityText(rational(numerator, denominator))).toBe(text);
  });

  it.each([
    [1, 3],
    [1, 100_000],
    [-1, 1],
  ] as const)('does not write %d / %d, which no quantity is', (numerator, denominator) => {
    expect(() => quantityText(rational(numerator, denominator))).toThrow(AssertionFailed);
  });

  it('is read back as it was', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000_000), (parts) => {
        const quantity = rational(parts, 10_000);
        expect(recordedQuantity(quantityText(quantity))).toEqual(quantity);
      }),
    );
  });
});

describe('recordedQuantity', () => {
  it('does not read what the book never has', () => {
    expect(() => recordedQuantity('1e9')).toThrow(AssertionFailed);
  });
});

describe('lesser and greater', () => {
  it('choose between two fractions', () => {
    const [third, half, two] = [rational(1, 3), rational(1, 2), rational(2)];
    expect([lesser(third, half), lesser(two, half), greater(third, half), greater(two, half)]).toEqual([
      third,
      half,
      half,
      two,
    ]);
  });
});
