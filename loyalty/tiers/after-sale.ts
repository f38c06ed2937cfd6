import type { BusinessDate } from '../../base/business-date.ts';
import type { SaleId } from '../../base/ids.ts';
import type { Tiers } from '../programme/tiers.ts';
import { keepOf } from './keeps/table.ts';
import { heldFrom, type Ladder, laterEnd, rankOf } from './ladder.ts';
import { measureOn, reachedLevel } from './measure.ts';
import type { Tally } from './tally.ts';

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
