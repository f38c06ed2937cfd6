import { assert } from './assert.ts';
import { multiply, rational, type Rational } from './rational.ts';

/** Quantities, rates and percentages are written as decimals with at most 4 places. */

const PLACES = 4;
const PARTS = 10_000n;
const DECIMAL = /^-?(?:0|[1-9]\d{0,15})(?:\.\d{1,4})?$/;

/** Undefined where the text is none. */
export function parseDecimal(text: string): Rational | undefined {
  if (!DECIMAL.test(text)) return undefined;
  const [whole = '', fraction = ''] = text.split('.');
  return rational(BigInt(whole + fraction.padEnd(PLACES, '0')), PARTS);
}

/** The shortest: "2", "0.375", "-1.5". What needs more than 4 places is a bug. */
export function decimalText(value: Rational): string {
  const { numerator, denominator } = multiply(value, rational(PARTS));
  assert(denominator === 1n, `more than ${PLACES} places: ${value.numerator}/${value.denominator}`);
  const sign = numerator < 0n ? '-' : '';
  const digits = String(numerator < 0n ? -numerator : numerator).padStart(PLACES + 1, '0');
  const fraction = digits.slice(-PLACES).replace(/0+$/, '');
  return sign + digits.slice(0, -PLACES) + (fraction === '' ? '' : `.${fraction}`);
}
