import type { BusinessDate } from '../../base/business-date.ts';
import type { SaleId } from '../../base/ids.ts';
import type { Level, Tiers } from '../programme/tiers.ts';

/** A level that is held until its end. */
export type HeldLevel = {
  readonly level: string;
  /** The threshold at which it was reached; it ranks the level where a later version no longer has it. */
  readonly at: number;
  /** First date on which it is gone; null: never. */
  readonly end: BusinessDate | null;
  /** The sale that reached it, also where it was kept at its end since; null: what was left at the end of a higher one. */
  readonly by: SaleId | null;
};

/**
 * The levels of a member above 0, the one that is held last. Those under it are what the member held before, to which a refund
 * falls back (fine print 18). The level with `at` 0 is never in it.
 */
export type Ladder = readonly HeldLevel[];

/** Where the level stands in this version, so that two levels of one version compare as it says whatever they once asked. */
export function rankOf(tiers: Tiers | undefined, { level, at }: Pick<HeldLevel, 'level' | 'at'>): number {
  return tiers?.levels.find(({ id }) => id === level)?.at ?? at;
}

export function hasEnded({ end }: HeldLevel, date: BusinessDate): boolean {
  return end !== null && end <= date;
}

/** Null is later than any date. */
export function laterEnd(left: BusinessDate | null, right: BusinessDate | null): BusinessDate | null {
  if (left === null || right === null) return null;
  return left < right ? right : left;
}

/** Undefined where it would be gone at once. */
export function heldFrom(
  { id, at }: Level,
  date: BusinessDate,
  end: BusinessDate | null,
  by: SaleId | null,
): HeldLevel | undefined {
  const held = { level: id, at, end, by };
  return hasEnded(held, date) ? undefined : held;
}
