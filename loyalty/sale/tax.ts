import { type Minor, minor } from '../../base/numbers.ts';
import type { Rational } from '../../base/rational.ts';
import { halfUpProduct } from '../../base/rounding.ts';

/** The tax in a price that includes it: paid − paid / (1 + rate), half up, in minor units. Never above what is paid. */
export function taxIn(paid: number, { numerator, denominator }: Rational): Minor {
  if (numerator === 0n) return minor(0);
  return minor(halfUpProduct(paid, Number(numerator), Number(numerator + denominator)));
}
