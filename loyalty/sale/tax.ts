import { type Minor, minor } from '../../base/numbers.ts';
import { add, divide, multiply, ONE, type Rational, rational } from '../../base/rational.ts';
import { halfUp } from '../../base/rounding.ts';

/** The tax in a price that includes it: paid − paid / (1 + rate), half up, in minor units. Never above what is paid. */
export function taxIn(paid: number, rate: Rational): Minor {
  return minor(halfUp(multiply(rational(paid), divide(rate, add(ONE, rate)))));
}
