import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssertionFailed } from './assert.ts';
import { add, compare, divide, fraction, multiply, ONE, type Rational, rational, subtract, ZERO } from './rational.ts';

const whole = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
const value = fc
  .tuple(
    whole,
    whole.filter((bottom) => bottom !== 0n),
  )
  .map(([top, bottom]) => rational(top, bottom));
const nonZero = value.filter(({ numerator }) => numerator !== 0n);

describe('rational', () => {
  it('is in lowest terms with a denominator above 0, whatever it was made of', () => {
    expect(rational(6, -4)).toEqual({ numerator: -3n, denominator: 2n });
    expect(rational(0, -7)).toEqual({ numerator: 0n, denominator: 1n });
    fc.assert(
      fc.property(value, ({ numerator, denominator }) => {
        expect(denominator > 0n).toBe(true);
        expect(rational(numerator * 35n, denominator * 35n)).toEqual({ numerator, denominator });
      }),
    );
  });

  it('adds and multiplies as numbers do: in any order, grouped in any way, one over the other', () => {
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        expect(add(a, b)).toEqual(add(b, a));
        expect(multiply(a, b)).toEqual(multiply(b, a));
        expect(add(add(a, b), c)).toEqual(add(a, add(b, c)));
        expect(multiply(multiply(a, b), c)).toEqual(multiply(a, multiply(b, c)));
        expect(multiply(a, add(b, c))).toEqual(add(multiply(a, b), multiply(a, c)));
        expect(add(a, ZERO)).toEqual(a);
        expect(multiply(a, ONE)).toEqual(a);
      }),
    );
  });

  it('takes back what it did', () => {
    fc.assert(
      fc.property(value, nonZero, (a, b) => {
        expect(subtract(add(a, b), b)).toEqual(a);
        expect(divide(multiply(a, b), b)).toEqual(a);
      }),
    );
  });

  it('compares as the difference says', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        const { numerator } = subtract(a, b);
        expect(compare(a, b)).toBe(numerator < 0n ? -1 : numerator > 0n ? 1 : 0);
      }),
    );
  });

  it('is written as a fraction, or whole', () => {
    const written = [rational(91, 5), rational(18), rational(-1, 2), ZERO].map((some: Rational) => fraction(some));
    expect(written).toEqual(['91/5', '18', '-1/2', '0']);
  });

  it('has no value over nothing', () => {
    expect(() => rational(1, 0)).toThrow(AssertionFailed);
    expect(() => divide(ONE, ZERO)).toThrow(AssertionFailed);
  });
});
