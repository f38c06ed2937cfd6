import { assert, present } from '../../base/assert.ts';
import { parseDecimal } from '../../base/decimal.ts';
import { compare, multiply, type Rational, rational } from '../../base/rational.ts';

/** Quantities as the book writes them: decimal strings with at most 4 places. */

const PARTS = 10_000n;
const PLACES = 4;

/** What our own records say; a request's quantity is judged in check.ts. */
export function recordedQuantity(text: string): Rational {
  return present(parseDecimal(text), `a recorded quantity that is none: ${text}`);
}

/** The shortest decimal: "2", "0.375". Not below 0. */
export function quantityText(quantity: Rational): string {
  const { numerator, denominator } = multiply(quantity, rational(PARTS));
  assert(denominator === 1n && numerator >= 0n, `no quantity: ${quantity.numerator}/${quantity.denominator}`);
  const decimals = String(numerator % PARTS)
    .padStart(PLACES, '0')
    .replace(/0+$/, '');
  const whole = String(numerator / PARTS);
  return decimals === '' ? whole : `${whole}.${decimals}`;
}

export function lesser(left: Rational, right: Rational): Rational {
  return compare(left, right) <= 0 ? left : right;
}

export function greater(left: Rational, right: Rational): Rational {
  return compare(left, right) >= 0 ? left : right;
}
