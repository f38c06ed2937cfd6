import type { MatchedSale } from './counted.ts';

/** Whole units left on the lines, those included that a reward made free. */
export function countItems(sales: readonly MatchedSale[]): number {
  return sales.reduce((sum, { lines }) => lines.reduce((partial, { units }) => partial + units, sum), 0);
}
