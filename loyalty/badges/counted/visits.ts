import type { MatchedSale } from './counted.ts';

/** Sales; one that was refunded in full still was a visit (fine print 29). */
export function countVisits(sales: readonly MatchedSale[]): number {
  return sales.length;
}
