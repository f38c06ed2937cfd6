import { addDuration, type BusinessDate, type DateDuration } from '../../base/business-date.ts';
import type { MemberFacts } from '../member-facts.ts';

/** So many earlier sales of a line's sku to this member, within the time before this one (fine print 10). */
export type Frequent = { readonly times: number; readonly within: DateDuration };

/** Whether a sku was bought that often: asked of the member at a sale, and of what the sale recorded at its refund. */
export type FrequentLookup = (frequent: Frequent, sku: string) => boolean;

export const NEVER_FREQUENT: FrequentLookup = () => false;

/** Earlier sales of the same date count; a duration ends before its last date, so `P1D` is that date alone. */
export function frequentFor(member: MemberFacts | undefined, date: BusinessDate): FrequentLookup {
  if (member === undefined) return NEVER_FREQUENT;
  return (frequent, sku) => timesBought(member, date, frequent, sku) >= frequent.times;
}

/** Sales of the sku within the time; it stops counting at `times`. */
export function timesBought(member: MemberFacts, date: BusinessDate, { times, within }: Frequent, sku: string): number {
  const ends = endsOf(within);
  let count = 0;
  for (const purchase of member.purchases.get(sku) ?? []) {
    if (purchase > date || date >= endAfter(ends, purchase, within)) continue;
    count += 1;
    if (count === times) break;
  }
  return count;
}

/** Calendar arithmetic is slow, and a shop asks for the same dates all day. */
const DURATIONS_KEPT_MAX = 100;
const DATES_KEPT_MAX = 10_000;
const endsByDuration = new Map<DateDuration, Map<BusinessDate, BusinessDate>>();

function endsOf(within: DateDuration): Map<BusinessDate, BusinessDate> {
  const known = endsByDuration.get(within);
  if (known !== undefined) return known;
  if (endsByDuration.size >= DURATIONS_KEPT_MAX) endsByDuration.clear();
  const ends = new Map<BusinessDate, BusinessDate>();
  endsByDuration.set(within, ends);
  return ends;
}

function endAfter(ends: Map<BusinessDate, BusinessDate>, date: BusinessDate, within: DateDuration): BusinessDate {
  const known = ends.get(date);
  if (known !== undefined) return known;
  if (ends.size >= DATES_KEPT_MAX) ends.clear();
  const end = addDuration(date, within);
  ends.set(date, end);
  return end;
}
