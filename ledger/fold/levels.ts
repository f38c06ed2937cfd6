import type { BusinessDate } from '../../base/business-date.ts';
import type { SaleId } from '../../base/ids.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import { ladderAfterRefund, ladderAfterSale, type LevelRefund } from '../../loyalty/tiers/ladder.ts';
import { levelOn } from '../../loyalty/tiers/settle.ts';
import { talliesOf } from '../tallies.ts';
import type { Terms } from '../terms.ts';
import type { Draft } from './accounts.ts';

/** Lets every level end that ended up to the date, before anything of that date happens. */
export function settleLevels(draft: Draft, terms: Terms, date: BusinessDate): void {
  if (draft.ladder.length === 0) return;
  setLadder(draft, levelOn(draft.ladder, (on) => terms.on(on)?.tiers, talliesOf(draft), date).ladder);
}

/** With the sale among the draft's. */
export function riseAfterSale(
  draft: Draft,
  programme: Programme | undefined,
  { date, sale }: { date: BusinessDate; sale: SaleId },
): void {
  if (programme?.tiers === undefined) return;
  setLadder(draft, ladderAfterSale(draft.ladder, programme.tiers, talliesOf(draft), date, sale));
}

/** With the sale's note as it is after the refund, or gone after a void. `programme` is the refunded sale's (fine print 18). */
export function fallAfterRefund(
  draft: Draft,
  programme: Programme | undefined,
  terms: Terms,
  { sale, saleDate, refundDate }: { sale: SaleId; saleDate: BusinessDate; refundDate: BusinessDate },
): void {
  if (!draft.ladder.some(({ by }) => by === sale)) return;
  const undone = new Set([...draft.undone, sale]);
  if (programme?.tiers !== undefined) {
    const wasRefunded = (other: SaleId): boolean => undone.has(other);
    const facts = { sale, saleDate, refundDate, wasRefunded, termsOf: termsOf(draft, terms) };
    draft.ladder = ladderAfterRefund(draft.ladder, programme.tiers, talliesOf(draft), facts);
  }
  draft.undone = [...undone];
  setLadder(draft, draft.ladder);
}

/** The date and the version's ladder of a sale that was refunded before, as far as it is known. */
function termsOf(draft: Draft, terms: Terms): NonNullable<LevelRefund['termsOf']> {
  return (sale) => {
    const date = draft.sales.find((note) => note.sale === sale)?.date;
    const tiers = date === undefined ? undefined : terms.on(date)?.tiers;
    return date === undefined || tiers === undefined ? undefined : { date, tiers };
  };
}

function setLadder(draft: Draft, ladder: Draft['ladder']): void {
  draft.ladder = ladder;
  if (draft.undone.length > 0) draft.undone = draft.undone.filter((sale) => ladder.some(({ by }) => by === sale));
}
