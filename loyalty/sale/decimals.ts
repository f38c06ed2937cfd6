import { parseDecimal } from '../../base/decimal.ts';
import type { Rational } from '../../base/rational.ts';

/** A basket repeats the same few quantities and tax rates, and a screen prices it again for each reward that it offers. */
const TEXTS_KEPT_MAX = 10_000;
const known = new Map<string, Rational>();

/** What `parseDecimal` answers. */
export function decimalOf(text: string): Rational | undefined {
  const kept = known.get(text);
  if (kept !== undefined) return kept;
  const value = parseDecimal(text);
  if (value === undefined) return undefined;
  if (known.size >= TEXTS_KEPT_MAX) known.clear();
  known.set(text, value);
  return value;
}
