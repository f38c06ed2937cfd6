import { assert, present } from '../../base/assert.ts';
import { decimalText, parseDecimal } from '../../base/decimal.ts';
import { compare, type Rational, ZERO } from '../../base/rational.ts';

/** Quantities as the book writes them: decimal strings with at most 4 places. */

/** What our own records say; a request's quantity is judged in check.ts. */
export function recordedQuantity(text: string): Rational {
  return present(parseDecimal(text), `a recorded quantity that is none: ${text}`);
}

/** Not below 0. */
export function quantityText(quantity: Rational): string {
  assert(compare(quantity, ZERO) >= 0, `no quantity: ${quantity.numerator}/${quantity.denominator}`);
  return decimalText(quantity);
}

export function lesser(left: Rational, right: Rational): Rational {
  return compare(left, right) <= 0 ? left : right;
}

export function greater(left: Rational, right: Rational): Rational {
  return compare(left, right) >= 0 ? left : right;
}
