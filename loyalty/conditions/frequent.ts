import type { BusinessDate, DateDuration } from '../../base/business-date.ts';
import { firstWithin } from '../../base/date-span.ts';
import type { MemberFacts } from '../member-facts.ts';

/** So many earlier sales of a line's sku to this member, within the time before this one (fine print 10). */
export type Frequent = { readonly times: number; readonly within: DateDuration };

/** Whether a sku was bought that often: asked of the member at a sale, and of what the sale recorded at its refund. */
export type FrequentLookup = (frequent: Frequent, sku: string) => boolean;

export const NEVER_FREQUENT: FrequentLookup = () => false;

/** Earlier sales of the same date count; a duration ends before its last date, so `P1D` is that date alone. */
export function frequentFor(member: MemberFacts | undefined, date: BusinessDate): FrequentLookup {
  if (member === undefined) return NEVER_FREQUENT;
  const sorted = new Map<string, readonly BusinessDate[]>();
  return ({ times, within }, sku) => {
    const purchases = sorted.get(sku) ?? latestFirst(member.purchases.get(sku) ?? [], date);
    sorted.set(sku, purchases);
    const earliest = purchases[times - 1]; // where that one is within the time, so are the later ones
    return earliest !== undefined && earliest >= firstWithin(date, within);
  };
}

function latestFirst(purchases: readonly BusinessDate[], until: BusinessDate): readonly BusinessDate[] {
  return purchases
    .filter((purchase) => purchase <= until)
    .toSorted((left, right) => (left < right ? 1 : left > right ? -1 : 0));
}
