import type { BusinessDate, DateDuration } from '../../base/business-date.ts';
import type { SaleId } from '../../base/ids.ts';
import { afterPeriods } from './periods.ts';

/** What one sale sold of a membership's sku, as far as it was not returned. */
export type MembershipPurchase = {
  readonly sale: SaleId;
  readonly date: BusinessDate;
  readonly sku: string;
  /** Whole units left; each adds a period. */
  readonly units: number;
  /** As the sale's version says. */
  readonly period: DateDuration;
};

/** A time in which a membership runs without a break; `end` is the first date on which it does not. */
export type MembershipRun = { readonly from: BusinessDate; readonly end: BusinessDate };

/**
 * Each whole unit adds a period, from its sale's date or from the end of a running one (fine print 36). By the sales' dates, those
 * of one date in the order given; units that were returned are as if they had never been sold.
 */
export function runsOf(purchases: readonly MembershipPurchase[]): readonly MembershipRun[] {
  const runs: MembershipRun[] = [];
  for (const { date, units, period } of purchases.toSorted(byDate)) {
    if (units <= 0) continue;
    const last = runs.at(-1);
    if (last !== undefined && date < last.end) {
      runs.splice(-1, 1, { from: last.from, end: afterPeriods(last.end, period, units) });
    } else {
      runs.push({ from: date, end: afterPeriods(date, period, units) });
    }
  }
  return runs;
}

/** The first date on which it no longer runs, past or to come; null: nothing is left of any purchase. */
export function runsUntil(purchases: readonly MembershipPurchase[]): BusinessDate | null {
  return runsOf(purchases).at(-1)?.end ?? null;
}

/** Memberships that run on the date, of purchases by membership. */
export function runningOn(
  purchases: Readonly<Record<string, readonly MembershipPurchase[]>>,
  date: BusinessDate,
): ReadonlySet<string> {
  const running = new Set<string>();
  for (const [membership, bought] of Object.entries(purchases)) {
    if (runsOf(bought).some(({ from, end }) => from <= date && date < end)) running.add(membership);
  }
  return running;
}

function byDate(left: MembershipPurchase, right: MembershipPurchase): number {
  return left.date < right.date ? -1 : left.date > right.date ? 1 : 0;
}
