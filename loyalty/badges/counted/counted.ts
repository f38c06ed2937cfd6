import type { StoreId } from '../../../base/ids.ts';

export type CountedLine = {
  readonly sku: string;
  readonly category: string | null;
  readonly tags: readonly string[];
  /** Whole units left. */
  readonly units: number;
  /** Paid and left, minor units. */
  readonly paid: number;
};

/** A sale with the lines of it that match; at least one does. */
export type MatchedSale = { readonly store: StoreId; readonly lines: readonly CountedLine[] };

/** What badges and goals can count. A new one is a file beside this one and a line in table.ts. */
export type Counted = (sales: readonly MatchedSale[]) => number;
