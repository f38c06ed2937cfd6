import type { BusinessDate } from '../../base/business-date.ts';
import type { Tiers } from '../programme/tiers.ts';
import { keepOf } from './keeps/table.ts';
import { type HeldLevel, hasEnded, heldFrom, type Ladder } from './held-level.ts';
import { measureOn, reachedLevel } from './measure.ts';
import type { Tally } from './tally.ts';

export type LevelOn = {
  /** The level with `at` 0 where none above it is held; null: the version in effect has no such level. */
  readonly level: string | null;
  /** First date on which it is gone; null: never. */
  readonly end: BusinessDate | null;
  /** Settled: none in it has ended. */
  readonly ladder: Ladder;
};

/** A level that is kept by the day, and nobody looked for decades. What is beyond is judged once, on the date that was asked for. */
export const ENDS_SETTLED_MAX = 10_000;

/**
 * The level on a date, with every end up to and including it judged by the version in effect on the end's own date, whether
 * anybody has posted a fall or not (fine print 17). `tallies` are what the member's sales have left so far.
 */
export function levelOn(
  ladder: Ladder,
  tiersOn: (date: BusinessDate) => Tiers | undefined,
  tallies: readonly Tally[],
  date: BusinessDate,
): LevelOn {
  const settled = settle(ladder, tiersOn, tallies, date);
  const top = settled.at(-1);
  if (top !== undefined) return { level: top.level, end: top.end, ladder: settled };
  const lowest = tiersOn(date)?.levels.find(({ at }) => at === 0);
  return { level: lowest?.id ?? null, end: null, ladder: settled };
}

function settle(
  ladder: Ladder,
  tiersOn: (date: BusinessDate) => Tiers | undefined,
  tallies: readonly Tally[],
  date: BusinessDate,
): Ladder {
  let held = ladder;
  for (let ends = 0; ; ends += 1) {
    const top = held.at(-1);
    if (top?.end === undefined || top.end === null || top.end > date) return withoutEnded(held, date);
    const end = ends < ENDS_SETTLED_MAX ? top.end : date;
    held = judgedAtEnd(held, top, tiersOn(end), tallies, end);
  }
}

/** The level that the measure supports, the same one included, holds on; nothing that was held before comes back. */
function judgedAtEnd(
  ladder: Ladder,
  top: HeldLevel,
  tiers: Tiers | undefined,
  tallies: readonly Tally[],
  end: BusinessDate,
): Ladder {
  if (tiers === undefined) return [];
  const level = reachedLevel(tiers, measureOn(tiers, tallies, end, { ended: true }));
  if (level === undefined) return [];
  const same = level.id === top.level;
  const held = heldFrom(level, end, keepOf(tiers.keep)(end), same ? top.by : null);
  if (held === undefined) return [];
  return same ? [...ladder.slice(0, -1), held] : [held];
}

function withoutEnded(ladder: Ladder, date: BusinessDate): Ladder {
  return ladder.some((held) => hasEnded(held, date)) ? ladder.filter((held) => !hasEnded(held, date)) : ladder;
}
