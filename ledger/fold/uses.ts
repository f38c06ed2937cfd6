import type { BusinessDate } from '../../base/business-date.ts';
import type { RewardId } from '../../base/ids.ts';
import { monthOf, type RewardUses } from '../member-state.ts';
import type { Draft } from './accounts.ts';

/** A till with a wrong clock may be in next month already. */
const MONTHS_KEPT = 2;

/** A use counts until its sale is voided or returned in full (fine print 22); `by` is negative then. */
export function countUses(draft: Draft, reward: RewardId, date: BusinessDate, by: number): void {
  const { [reward]: before = { ever: 0, months: {} }, ...others } = draft.uses;
  const ever = Math.max(0, before.ever + by);
  const months = countedByMonth(before.months, date, by);
  draft.uses = ever === 0 ? others : { ...others, [reward]: { ever, months } };
}

/** Counts of the two newest calendar months with any. */
export function countedByMonth(before: RewardUses['months'], date: BusinessDate, by: number): RewardUses['months'] {
  const times = Math.max(0, (before[monthOf(date)] ?? 0) + by);
  return newestMonths({ ...before, [monthOf(date)]: times });
}

export function newestMonths(months: RewardUses['months']): RewardUses['months'] {
  const some = Object.entries(months).filter(([, count]) => count > 0);
  return Object.fromEntries(some.toSorted(([left], [right]) => (left < right ? -1 : 1)).slice(-MONTHS_KEPT));
}
