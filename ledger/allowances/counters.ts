/**
 * A part's counters, all cumulative: none of them ever falls, so that merging two views is the greater of each and a lost, doubled or late
 * message changes nothing (E3). Only `granted` travels from head office; the others are sums over entries.
 */
import { points, type Points } from '../../base/numbers.ts';
import { type AllowancePart, type EntryAllowances, partText, type PartKey } from './part.ts';

export type Counters = {
  /** G: by head office. */
  readonly granted: Points;
  /** Q: own earnings of the till. */
  readonly own: Points;
  /** S */
  readonly spent: Points;
  /** X: given back. */
  readonly returned: Points;
};

export const NO_COUNTERS: Counters = { granted: points(0), own: points(0), spent: points(0), returned: points(0) };

/** What may still be spent of the part, never below 0. */
export function leftOf({ granted, own, spent, returned }: Counters): Points {
  return points(Math.max(0, granted + own - spent - returned));
}

export type PartCounters = { readonly key: PartKey; readonly counters: Counters };

/** By `partText`. */
export type CounterBook = Map<string, PartCounters>;

/** What an entry of the book's incarnation adds to it. */
export function countEntry(book: CounterBook, { own = [], spent = [], returned = [] }: EntryAllowances): void {
  count(book, own, 'own');
  count(book, spent, 'spent');
  count(book, returned, 'returned');
}

function count(book: CounterBook, parts: readonly AllowancePart[], counter: 'own' | 'spent' | 'returned'): void {
  for (const { account, wallet, end, amount } of parts) {
    const key = { account, wallet, end };
    const name = partText(key);
    const counters = book.get(name)?.counters ?? NO_COUNTERS;
    book.set(name, { key, counters: { ...counters, [counter]: points(counters[counter] + amount) } });
  }
}
