import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssertionFailed } from '../../base/assert.ts';
import { rational } from '../../base/rational.ts';
import { greater, lesser, quantityText, recordedQuantity } from './quantity.ts';

describe('quantityText', () => {
  it('writes the shortest decimal', () => {
    expect([rational(0), rational(3, 8), rational(5, 2)].map(quantityText)).toEqual(['0', '0.375', '2.5']);
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
