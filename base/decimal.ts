import { rational, type Rational } from './rational.ts';

const DECIMAL = /^-?(?:0|[1-9]\d{0,15})(?:\.\d{1,4})?$/;

/** A decimal with at most 4 places, as quantities, rates and percentages are written; undefined where the text is none. */
export function parseDecimal(text: string): Rational | undefined {
  if (!DECIMAL.test(text)) return undefined;
  const [whole = '', fraction = ''] = text.split('.');
  return rational(BigInt(whole + fraction.padEnd(4, '0')), 10_000n);
}
