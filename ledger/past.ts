/** What sales leave behind once a member's state lets go of them, so that it does not grow with every sale of a life. */
import type { BusinessDate } from '../base/business-date.ts';
import type { RewardId, RuleId, WalletId } from '../base/ids.ts';
import { AMOUNT_ABS_MAX, points, type Points } from '../base/numbers.ts';
import type { Tally } from '../loyalty/tiers/tally.ts';
import { givenBy, type SaleNote } from './sale-note.ts';
import { tallyOf } from './tallies.ts';

export type Past = {
  /** By date, rising: what levels measure. */
  readonly tallies: readonly Tally[];
  /** Of the two newest dates: what caps and limits of a day count. */
  readonly today: Readonly<Record<BusinessDate, DaySums>>;
};

export type DaySums = {
  readonly given: Readonly<Record<RuleId, Points>>;
  readonly uses: Readonly<Record<RewardId, number>>;
};

export const NOTHING_PAST: Past = { tallies: [], today: {} };

/** A quarter of a year of daily visits; what is older counts on in sums, and can be refunded by its record. */
export const NOTES_MAX = 100;
const DAYS_KEPT = 2;

/** Lets go of the oldest notes beyond the most that are kept. */
export function letGo(
  sales: readonly SaleNote[],
  past: Past,
): { readonly sales: readonly SaleNote[]; readonly past: Past } {
  if (sales.length <= NOTES_MAX) return { sales, past };
  const gone = sales.slice(0, sales.length - NOTES_MAX);
  return { sales: sales.slice(-NOTES_MAX), past: gone.reduce(withNote, past) };
}

/** Of two accounts that become one. */
export function joinedPast(left: Past, right: Past): Past {
  const tallies = right.tallies.reduce(added, left.tallies);
  const today: Record<BusinessDate, DaySums> = { ...left.today };
  for (const [date, sums] of Object.entries(right.today) as [BusinessDate, DaySums][]) {
    const day = today[date] ?? { given: {}, uses: {} };
    const given: Record<RuleId, Points> = { ...day.given };
    for (const [rule, amount] of Object.entries(sums.given) as [RuleId, Points][])
      given[rule] = sum(given[rule], amount); // keys of the record
    const uses: Record<RewardId, number> = { ...day.uses };
    for (const [reward, times] of Object.entries(sums.uses) as [RewardId, number][])
      uses[reward] = (uses[reward] ?? 0) + times; // likewise
    today[date] = { given, uses };
  }
  return { tallies, today: newestDays(today) };
}

function withNote(past: Past, note: SaleNote): Past {
  const day = past.today[note.date] ?? { given: {}, uses: {} };
  const given: Record<RuleId, Points> = { ...day.given };
  for (const [rule, amount] of givenBy(note)) given[rule] = sum(given[rule], amount);
  const uses: Record<RewardId, number> = { ...day.uses };
  for (const [reward, times] of Object.entries(note.uses) as [RewardId, number][])
    uses[reward] = (uses[reward] ?? 0) + times; // keys of the record
  const today = newestDays({ ...past.today, [note.date]: { given, uses } });
  return { tallies: added(past.tallies, tallyOf(note)), today };
}

function newestDays(today: Past['today']): Past['today'] {
  const days: [string, DaySums][] = Object.entries(today);
  return Object.fromEntries(days.toSorted(byKey).slice(-DAYS_KEPT));
}

function added(tallies: readonly Tally[], tally: Tally): readonly Tally[] {
  const at = tallies.findIndex(({ date }) => date === tally.date);
  const held = tallies[at];
  if (held === undefined) return [...tallies, tally].toSorted((left, right) => (left.date < right.date ? -1 : 1));
  const earned: Record<WalletId, number> = { ...held.earned };
  for (const [wallet, amount] of Object.entries(tally.earned) as [WalletId, number][])
    // keys of the record
    earned[wallet] = (earned[wallet] ?? 0) + amount;
  const joined = { date: held.date, visits: held.visits + tally.visits, spend: held.spend + tally.spend, earned };
  return tallies.with(at, joined);
}

/** More than a number holds is above every cap. */
function sum(left: Points | undefined, right: Points): Points {
  return points(Math.min(AMOUNT_ABS_MAX, (left ?? 0) + right));
}

function byKey([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : 1;
}
