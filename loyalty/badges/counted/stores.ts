import type { MatchedSale } from './counted.ts';

/** Different stores visited. */
export function countStores(sales: readonly MatchedSale[]): number {
  return new Set(sales.map(({ store }) => store)).size;
}
