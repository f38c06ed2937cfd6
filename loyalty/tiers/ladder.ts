/** How a ladder rises after a sale and falls after a refund; what time alone does to it is in settle.ts. */
import type { BusinessDate } from '../../base/business-date.ts';
import type { SaleId } from '../../base/ids.ts';
import type { Tiers } from '../programme/tiers.ts';
import { type HeldLevel, hasEnded, heldFrom, type Ladder, laterEnd, rankOf } from './held-level.ts';
import { keepOf } from './keeps/table.ts';
import { measureOn, reachedLevel } from './measure.ts';
import type { Tally } from './tally.ts';

export type { HeldLevel, Ladder } from './held-level.ts';
export { mergedLadder } from './merged.ts';

/**
 * The ladder after a sale. `ladder` is settled to the sale's date (levelOn), `tallies` have the sale in them, `tiers` are those
 * of the sale's version. A higher level holds at once; reaching exactly the held one again moves its end, later only (fine print 16).
 */
export function ladderAfterSale(
  ladder: Ladder,
  tiers: Tiers,
  tallies: readonly Tally[],
  date: BusinessDate,
  sale: SaleId,
): Ladder {
  const level = reachedLevel(tiers, measureOn(tiers, tallies, date));
  if (level === undefined) return ladder;
  const end = keepOf(tiers.keep)(date);
  const top = ladder.at(-1);
  if (top?.level === level.id) {
    const later = laterEnd(top.end, end);
    return later === top.end ? ladder : [...ladder.slice(0, -1), { ...top, end: later }];
  }
  if (top !== undefined && level.at <= rankOf(tiers, top)) return ladder;
  const held = heldFrom(level, date, end, sale);
  return held === undefined ? ladder : [...ladder, held];
}

export type LevelRefund = {
  readonly sale: SaleId;
  readonly saleDate: BusinessDate;
  readonly refundDate: BusinessDate;
  /** Whether anything of that sale was ever refunded, or all of it voided. */
  readonly wasRefunded: (sale: SaleId) => boolean;
  /**
   * The date and the version's ladder of a sale that was refunded before, which reached a level under the one that falls: it is
   * tested as its own (fine print 18). Absent or undefined: as the sale's that is refunded now.
   */
  readonly termsOf?: (sale: SaleId) => { readonly date: BusinessDate; readonly tiers: Tiers } | undefined;
};

/**
 * The ladder after a refund, or a void, of a sale (fine print 18). `ladder` is settled to the refund's date (levelOn), `tiers` are
 * those of the refunded sale's version, `tallies` have the refund in them. Only a level that this sale had reached can fall, and
 * only where the measure supports it neither on the sale's own date nor on the refund's.
 */
export function ladderAfterRefund(
  ladder: Ladder,
  tiers: Tiers,
  tallies: readonly Tally[],
  refund: LevelRefund,
): Ladder {
  const { sale, saleDate, refundDate, wasRefunded, termsOf } = refund;
  const top = ladder.at(-1);
  if (top?.by !== sale) return ladder;
  const stands = (held: HeldLevel, of: { readonly date: BusinessDate; readonly tiers: Tiers }) =>
    [of.date, refundDate].some((date) => measureOn(of.tiers, tallies, date) >= rankOf(of.tiers, held));
  const own = { date: saleDate, tiers };
  if (stands(top, own)) return ladder;
  const below = ladder.findLastIndex(
    (held) =>
      held !== top &&
      !hasEnded(held, refundDate) &&
      (held.by === null || !wasRefunded(held.by) || stands(held, held.by === sale ? own : (termsOf?.(held.by) ?? own))),
  );
  return orSupported(ladder.slice(0, below + 1), tiers, tallies, refund);
}

/**
 * What the measure now supports, where that is higher than what was held before. It holds from the refund on; it is still this
 * sale that reached it, so that a refund in two goes takes back what a refund at once does.
 */
function orSupported(
  before: Ladder,
  tiers: Tiers,
  tallies: readonly Tally[],
  { sale, refundDate }: LevelRefund,
): Ladder {
  const level = reachedLevel(tiers, measureOn(tiers, tallies, refundDate));
  const top = before.at(-1);
  if (level === undefined || (top !== undefined && level.at <= rankOf(tiers, top))) return before;
  const held = heldFrom(level, refundDate, keepOf(tiers.keep)(refundDate), sale);
  return held === undefined ? before : [...before, held];
}
