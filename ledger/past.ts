/** What sales leave behind once a member's state lets go of them, so that it does not grow with every sale of a life. */
import type { BadgeAward } from '../loyalty/badges/award.ts';
import type { EarlierCounts } from '../loyalty/badges/earlier.ts';
import type { Programme } from '../loyalty/programme/programme.ts';
import type { SumTally } from '../loyalty/tiers/tally.ts';
import { countsWith, joinedCounts } from './past/counts.ts';
import { type Days, daysWith, joinedDays } from './past/day-sums.ts';
import { joinedPurchases, type PastPurchases, purchasesWith } from './past/purchases.ts';
import { tallyAdded, tallyYears } from './past/tallies.ts';
import type { SaleNote } from './sale-note.ts';
import { tallyOf } from './tallies.ts';

export type Past = {
  /** By date, rising: what levels measure. */
  readonly tallies: readonly SumTally[];
  /** Of the two newest dates: what caps and limits of a day count. */
  readonly today: Days;
  /** By badge: what still counts towards it, since the last sale among them that earned it. */
  readonly counted: EarlierCounts;
  /** By sku, as far as `frequent` filters ask. */
  readonly bought: PastPurchases;
};

export const NOTHING_PAST: Past = { tallies: [], today: {}, counted: {}, bought: {} };

/** A quarter of a year of daily visits; what is older counts on in sums, and can be refunded by its record. */
export const NOTES_MAX = 100;

/**
 * Lets go of the oldest notes beyond the most that are kept. `programme` says what is still asked of them: a badge or a `frequent` of a later
 * version finds what the versions until then asked for.
 */
export function letGo(
  sales: readonly SaleNote[],
  past: Past,
  { programme, awards }: { readonly programme: Programme | undefined; readonly awards: readonly BadgeAward[] },
): { readonly sales: readonly SaleNote[]; readonly past: Past } {
  const gone = sales.slice(0, Math.max(0, sales.length - NOTES_MAX));
  const kept = sales.slice(gone.length);
  const oldest = kept[0]?.date;
  if (gone.length === 0 || oldest === undefined) return { sales, past };
  const tallies = gone.reduce((all, note) => tallyAdded(all, tallyOf(note)), past.tallies);
  return {
    sales: kept,
    past: {
      tallies: tallyYears(tallies, programme?.tiers, oldest),
      today: gone.reduce(daysWith, past.today),
      counted: countsWith(past.counted, gone, { badges: programme?.badges, awards, oldest }),
      bought: purchasesWith(past.bought, gone, programme, oldest),
    },
  };
}

/** Of two accounts that become one. */
export function joinedPast(left: Past, right: Past): Past {
  return {
    tallies: right.tallies.reduce(tallyAdded, left.tallies),
    today: joinedDays(left.today, right.today),
    counted: joinedCounts(left.counted, right.counted),
    bought: joinedPurchases(left.bought, right.bought),
  };
}
