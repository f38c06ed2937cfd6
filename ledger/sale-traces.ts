/**
 * What a member's latest sales did, as long as they can be voided; caps and limits of a day count these too. The two newest business dates
 * are kept, not one: a till whose clock is a day ahead must not make the others forget today. A date with very many sales keeps the sums
 * of its older ones, so that a shop's own card cannot make a state grow without end.
 */
import type { BusinessDate } from '../base/business-date.ts';
import type { RewardId, RuleId, SaleId, WalletId } from '../base/ids.ts';
import { AMOUNT_ABS_MAX, points, type Points } from '../base/numbers.ts';
import type { LotPart } from './wallet-state.ts';

export type SaleTrace = {
  /** Null: the sum of older sales of the date. They count on; what they took is no longer known. */
  readonly sale: SaleId | null;
  readonly given: Readonly<Record<RuleId, Points>>;
  readonly uses: Readonly<Record<RewardId, number>>;
  /** The parts of lots that its redemptions took, by wallet. */
  readonly took: Readonly<Record<WalletId, readonly LotPart[]>>;
};

/** Sales that were not voided, in the order in which they were applied. */
export type DayTrace = { readonly date: BusinessDate; readonly sales: readonly SaleTrace[] };

export const DAYS_KEPT = 2;
export const SALES_KEPT_PER_DAY = 40;

/** A date older than those that are kept is over, and nothing of it counts any more. Dates rise. */
export function withTrace(days: readonly DayTrace[], date: BusinessDate, trace: SaleTrace): readonly DayTrace[] {
  const day = days.find((kept) => kept.date === date);
  const sales = withOldestJoined([...(day?.sales ?? []), trace]);
  return [...days.filter((kept) => kept !== day), { date, sales }].toSorted(byDate).slice(-DAYS_KEPT);
}

export type FoundTrace = { readonly date: BusinessDate; readonly trace: SaleTrace };

export function findTrace(days: readonly DayTrace[], sale: SaleId): FoundTrace | undefined {
  return days
    .flatMap(({ date, sales }) => sales.map((trace) => ({ date, trace })))
    .find(({ trace }) => trace.sale === sale);
}

export function withoutTrace(days: readonly DayTrace[], found: FoundTrace): readonly DayTrace[] {
  return days
    .map(({ date, sales }) => ({ date, sales: sales.filter((trace) => trace !== found.trace) }))
    .filter(({ sales }) => sales.length > 0);
}

export function salesOn(days: readonly DayTrace[], date: BusinessDate): readonly SaleTrace[] {
  return days.find((day) => day.date === date)?.sales ?? [];
}

/** More than a number holds is above every cap; a sum that broke would keep the member from being served. */
export function addGiven(sums: Record<RuleId, Points>, rule: RuleId, amount: Points): void {
  sums[rule] = points(Math.min(AMOUNT_ABS_MAX, (sums[rule] ?? 0) + amount));
}

export function sumOfGiven(sales: readonly SaleTrace[]): Record<RuleId, Points> {
  const sums: Record<RuleId, Points> = {};
  for (const { given } of sales) {
    for (const [rule, amount] of entriesOf(given)) addGiven(sums, rule, amount);
  }
  return sums;
}

function withOldestJoined(sales: readonly SaleTrace[]): readonly SaleTrace[] {
  if (sales.length <= SALES_KEPT_PER_DAY) return sales;
  const oldest = sales.slice(0, 2);
  const uses: Record<RewardId, number> = {};
  for (const trace of oldest) {
    for (const [reward, times] of entriesOf(trace.uses)) uses[reward] = (uses[reward] ?? 0) + times;
  }
  return [{ sale: null, given: sumOfGiven(oldest), uses, took: {} }, ...sales.slice(2)];
}

function byDate(left: DayTrace, right: DayTrace): number {
  return left.date < right.date ? -1 : 1;
}

export function entriesOf<Key extends string, Value>(record: Readonly<Record<Key, Value>>): [Key, Value][] {
  return Object.entries(record) as [Key, Value][]; // Object.entries forgets the keys' brand
}
