import type { BusinessDate } from '../../base/business-date.ts';
import type { WalletId } from '../../base/ids.ts';
import type { Tiers } from '../programme/tiers.ts';
import { type Ladder, rankOf } from './held-level.ts';
import { countedOn } from './measure.ts';
import type { MeasureName } from './measures/table.ts';
import type { Tally } from './tally.ts';
import type { WindowName } from './windows/table.ts';

/** How a level came about and what is missing for the next, as data that screens, receipts and the API put into words. */
export type TierExplanation = {
  readonly level: string | null;
  /** First date on which it is gone; null: never. */
  readonly end: BusinessDate | null;
  readonly measure: MeasureName;
  /** Whose earnings count; null where the measure has no wallet. */
  readonly wallet: WalletId | null;
  readonly window: WindowName;
  /** Sales from this date on count, up to the date that was asked for; null: all. */
  readonly from: BusinessDate | null;
  /** Units of the measure: points, minor units or visits. */
  readonly measured: number;
  /** What each date adds, in their order. */
  readonly counted: readonly { readonly date: BusinessDate; readonly amount: number }[];
  /** The lowest level above the one that is held; null: it is the highest. `missing` 0: the next sale reaches it. */
  readonly next: { readonly level: string; readonly at: number; readonly missing: number } | null;
};

/** `ladder` is settled to the date (levelOn); `tiers` are those of the version in effect on it. */
export function explainTier(
  ladder: Ladder,
  tiers: Tiers,
  tallies: readonly Tally[],
  date: BusinessDate,
): TierExplanation {
  const { from, tallies: counted } = countedOn(tiers, tallies, date);
  const measured = counted.reduce((sum, { amount }) => sum + amount, 0);
  const held = ladder.at(-1);
  const rank = held === undefined ? 0 : rankOf(tiers, held);
  const next = tiers.levels
    .filter(({ at }) => at > rank)
    .reduce<Tiers['levels'][number] | undefined>(
      (lowest, level) => (lowest === undefined || level.at < lowest.at ? level : lowest),
      undefined,
    );
  return {
    level: held?.level ?? tiers.levels.find(({ at }) => at === 0)?.id ?? null,
    end: held?.end ?? null,
    measure: tiers.measure,
    wallet: tiers.wallet ?? null,
    window: tiers.window,
    from,
    measured,
    counted,
    next: next === undefined ? null : { level: next.id, at: next.at, missing: Math.max(0, next.at - measured) },
  };
}
