import type { BusinessDate } from '../../base/business-date.ts';
import type { Level, Tiers } from '../programme/tiers.ts';
import { measureNamed } from './measures/table.ts';
import type { Tally } from './tally.ts';
import { windowOf } from './windows/table.ts';

/** Tallies whose dates count, with what each adds; `from` null: since the first. */
export type Counted = {
  readonly from: BusinessDate | null;
  readonly tallies: readonly { readonly date: BusinessDate; readonly amount: number }[];
};

/**
 * What the ladder measures on a date: after a sale the sales up to that date, itself included; with `ended`, for a level whose
 * end the date is, the sales of earlier dates (fine print 17). Units of the measure: points, minor units or visits.
 */
export function measureOn(
  { measure, wallet, window }: Tiers,
  tallies: readonly Tally[],
  date: BusinessDate,
  { ended = false }: { readonly ended?: boolean } = {},
): number {
  const { of } = measureNamed(measure);
  const first = firstCounted(window, date, ended) ?? '';
  const whole = sumOfAll(tallies, measure, wallet);
  if (first <= whole.first && (whole.last < date || (whole.last === date && !ended))) return whole.sum;
  let sum = 0;
  for (const tally of tallies) {
    if (tally.date >= first && (tally.date < date || (tally.date === date && !ended))) sum += of(tally, wallet);
  }
  return sum;
}

type Sum = {
  measure: Tiers['measure'];
  wallet: Tiers['wallet'];
  count: number;
  sum: number;
  first: BusinessDate | '';
  last: BusinessDate | '';
};
const sums = new WeakMap<readonly Tally[], Sum>();

/** Of a list that only grows at its end: a fold asks after each sale, and most often all of a member's sales count. */
function sumOfAll(tallies: readonly Tally[], measure: Tiers['measure'], wallet: Tiers['wallet']): Sum {
  let known = sums.get(tallies);
  if (known === undefined || known.measure !== measure || known.wallet !== wallet || known.count > tallies.length) {
    known = { measure, wallet, count: 0, sum: 0, first: '', last: '' };
    sums.set(tallies, known);
  }
  const { of } = measureNamed(measure);
  for (; known.count < tallies.length; known.count += 1) {
    const tally = tallies[known.count];
    if (tally === undefined) break;
    known.sum += of(tally, wallet);
    if (known.first === '' || tally.date < known.first) known.first = tally.date;
    if (tally.date > known.last) known.last = tally.date;
  }
  return known;
}

/** For screens: the same, date by date. */
export function countedOn({ measure, wallet, window }: Tiers, tallies: readonly Tally[], date: BusinessDate): Counted {
  const { of } = measureNamed(measure);
  const from = firstCounted(window, date, false);
  const amounts = new Map<BusinessDate, number>();
  for (const tally of tallies) {
    if ((from === null || tally.date >= from) && tally.date <= date) {
      amounts.set(tally.date, (amounts.get(tally.date) ?? 0) + of(tally, wallet));
    }
  }
  const byDate = [...amounts].toSorted(([left], [right]) => (left < right ? -1 : 1));
  return { from, tallies: byDate.map(([day, amount]) => ({ date: day, amount })) };
}

/** The highest level that asks for no more than this; undefined: none. */
export function supportedLevel({ levels }: Tiers, measure: number): Level | undefined {
  let highest: Level | undefined;
  for (const level of levels) {
    if (level.at <= measure && (highest === undefined || level.at > highest.at)) highest = level;
  }
  return highest;
}

/** The same without the level with `at` 0, which nobody has to reach. */
export function reachedLevel(tiers: Tiers, measure: number): Level | undefined {
  const level = supportedLevel(tiers, measure);
  return level === undefined || level.at === 0 ? undefined : level;
}

function firstCounted(name: Tiers['window'], date: BusinessDate, ended: boolean): BusinessDate | null {
  const window = windowOf(name);
  return ended ? window.firstAtEnd(date) : window.firstOn(date);
}
