/**
 * The total order of facts (ledger-and-sync.md, 2.7): business date, then hybrid clock, then till, incarnation and seq. It is taken from
 * the entries' bytes alone, so every replica that has the same entries has the same order.
 */
import type { OpaqueEntry } from './entry.ts';

type Placed = Pick<OpaqueEntry, 'bd' | 'hlc' | 'till' | 'inc' | 'seq'>;

/** Text that sorts (by code unit, COLLATE "C") as the total order does. */
export function orderKey(entry: Placed): string {
  return `${entry.bd}/${entry.hlc}/${entry.till}/${entry.inc}/${String(entry.seq).padStart(12, '0')}`;
}

export function byOrder(left: Placed, right: Placed): number {
  const [a, b] = [orderKey(left), orderKey(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}
