/** What caps and limits of a day count of dropped sales. */
import { entriesOf } from '../../base/records.ts';
import type { BusinessDate } from '../../base/business-date.ts';
import type { RewardId, RuleId } from '../../base/ids.ts';
import { AMOUNT_ABS_MAX, points, type Points } from '../../base/numbers.ts';
import { givenBy, type SaleNote } from '../sale-note.ts';

export type DaySums = {
  readonly given: Readonly<Record<RuleId, Points>>;
  readonly uses: Readonly<Record<RewardId, number>>;
};
export type Days = Readonly<Record<BusinessDate, DaySums>>;

/** A till with a wrong clock may be in tomorrow already. */
const DAYS_KEPT = 2;

export function daysWith(days: Days, note: SaleNote): Days {
  const given: Record<RuleId, Points> = {};
  for (const [rule, amount] of givenBy(note)) given[rule] = sum(given[rule], amount);
  return joinedDays(days, { [note.date]: { given, uses: note.uses } });
}

/** Of the two newest dates. */
export function joinedDays(left: Days, right: Days): Days {
  const all: Record<BusinessDate, DaySums> = { ...left };
  for (const [date, sums] of entriesOf(right)) {
    const day = all[date] ?? { given: {}, uses: {} };
    const given: Record<RuleId, Points> = { ...day.given };
    for (const [rule, amount] of entriesOf(sums.given)) given[rule] = sum(given[rule], amount);
    const uses: Record<RewardId, number> = { ...day.uses };
    for (const [reward, times] of entriesOf(sums.uses)) uses[reward] = (uses[reward] ?? 0) + times;
    all[date] = { given, uses };
  }
  return Object.fromEntries(
    Object.entries(all)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .slice(-DAYS_KEPT),
  );
}

/** More than a number holds is above every cap. */
function sum(left: Points | undefined, right: Points): Points {
  return points(Math.min(AMOUNT_ABS_MAX, (left ?? 0) + right));
}
