import type { Tiers } from '../programme/tiers.ts';
import { type HeldLevel, type Ladder, rankOf } from './held-level.ts';

/**
 * The ladder of two accounts that become one: the higher level, then the later end, is the one that is held (fine print 38). What
 * both held stays under it, since a refund falls back to it. The same whichever comes first; `tiers` of the version in effect say
 * which level is higher, and without them the thresholds at which the levels were reached.
 */
export function mergedLadder(left: Ladder, right: Ladder, tiers?: Tiers): Ladder {
  if (right.length === 0) return left;
  if (left.length === 0) return right;
  const all = [...left, ...right].toSorted((one, other) => compareHeld(one, other, tiers));
  return all.filter((held, index) => {
    const next = all[index + 1];
    return next === undefined || compareHeld(held, next, tiers) !== 0;
  });
}

function compareHeld(left: HeldLevel, right: HeldLevel, tiers: Tiers | undefined): number {
  return (
    rankOf(tiers, left) - rankOf(tiers, right) ||
    compareText(left.end ?? NEVER, right.end ?? NEVER) ||
    compareText(left.level, right.level) ||
    compareText(left.by ?? '', right.by ?? '')
  );
}

/** After every date. */
const NEVER = '~';

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
