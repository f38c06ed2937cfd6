/** What levels measure of dropped sales. */
import { entriesOf } from '../../base/records.ts';
import type { BusinessDate } from '../../base/business-date.ts';
import type { WalletId } from '../../base/ids.ts';
import type { Tiers } from '../../loyalty/programme/tiers.ts';
import type { SumTally } from '../../loyalty/tiers/tally.ts';
import { windowOf } from '../../loyalty/tiers/windows/table.ts';

/** Two years of daily visits: so far back the measure is exact whatever window a new version brings; as far as today's reaches always. */
export const TALLIES_MAX = 750;

/** Rising by date, one for each. */
export function tallyAdded(tallies: readonly SumTally[], tally: SumTally): readonly SumTally[] {
  const at = tallies.findLastIndex(({ date }) => date <= tally.date);
  const held = tallies[at];
  return held?.date === tally.date ? tallies.with(at, sumOf(held, tally)) : tallies.toSpliced(at + 1, 0, tally);
}

/** Those before all that is asked for day by day become one for each year, on its last date. `oldest`: of the oldest sale that is kept. */
export function tallyYears(
  tallies: readonly SumTally[],
  tiers: Tiers | undefined,
  oldest: BusinessDate,
): readonly SumTally[] {
  if (tallies.length <= TALLIES_MAX) return tallies;
  const first = tiers === undefined ? null : windowOf(tiers.window).firstOn(oldest);
  const far = Math.max(0, tallies.length - TALLIES_MAX);
  const reached = first === null ? tallies.length : tallies.findIndex(({ date }) => date >= first);
  const apart = Math.min(far, reached === -1 ? tallies.length : reached);
  return [...byYear(tallies.slice(0, apart)), ...tallies.slice(apart)];
}

function byYear(tallies: readonly SumTally[]): readonly SumTally[] {
  const years = new Map<string, SumTally>();
  for (const tally of tallies) {
    const year = tally.date.slice(0, 4);
    const held = years.get(year);
    years.set(year, held === undefined ? tally : sumOf(held, tally));
  }
  return [...years.values()];
}

function sumOf(left: SumTally, right: SumTally): SumTally {
  const earned: Record<WalletId, number> = { ...left.earned };
  for (const [wallet, amount] of entriesOf(right.earned)) earned[wallet] = (earned[wallet] ?? 0) + amount;
  const date = left.date < right.date ? right.date : left.date;
  return { date, visits: left.visits + right.visits, spend: left.spend + right.spend, earned };
}

/** What remains of some once others are taken out of them; dates of which nothing is left are gone. */
export function talliesWithout(tallies: readonly SumTally[], gone: readonly SumTally[]): readonly SumTally[] {
  return gone.reduce((left, { date, visits, spend, earned }) => {
    const at = left.findIndex((tally) => tally.date >= date);
    const held = left[at];
    if (held === undefined) return left;
    const rest: Record<WalletId, number> = { ...held.earned };
    for (const [wallet, amount] of entriesOf(earned)) rest[wallet] = Math.max(0, (rest[wallet] ?? 0) - amount);
    const less = {
      date: held.date,
      visits: Math.max(0, held.visits - visits),
      spend: Math.max(0, held.spend - spend),
      earned: rest,
    };
    return less.visits === 0 ? left.toSpliced(at, 1) : left.with(at, less);
  }, tallies);
}
