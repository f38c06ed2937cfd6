import type { MatchedSale } from './counted.ts';

/** Minor units paid and left on the lines. */
export function countSpend(sales: readonly MatchedSale[]): number {
  return sales.reduce((sum, { lines }) => lines.reduce((partial, { paid }) => partial + paid, sum), 0);
}
