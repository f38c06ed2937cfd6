import type { BusinessDate } from '../../base/business-date.ts';
import type { StoreId } from '../../base/ids.ts';

/** What sales before those of a list still count towards a badge: a sum for a date, and the stores that it was made in. */
export type EarlierCount = {
  readonly date: BusinessDate;
  /** Units of what the badge counts; 0 where it counts stores. */
  readonly amount: number;
  /** Only where it counts stores. */
  readonly stores: readonly StoreId[];
};

/** By badge. */
export type EarlierCounts = Readonly<Record<string, readonly EarlierCount[]>>;
