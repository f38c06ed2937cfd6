/** The sale that is being keyed. Pure transitions: every change of what is sold, or to whom, makes a new revision, and a quote counts only for its own. */
import type { CatalogueItem } from '../../../base/catalogue.ts';
import type { CommandId } from '../../../base/ids.ts';
import type { Refusal } from '../../../base/result.ts';
import type { Basket, Quote } from '../../../till/contract/shapes.ts';
import { addQuantities } from '../format/quantity.ts';

export type BasketLine = Basket['lines'][number];
export type SaleLine = BasketLine & { readonly key: string; readonly name: string };
export type RedeemChoice = Basket['redeem'][number];
/** A reward that was asked for and that this basket no longer allows, and why. */
export type DroppedReward = { readonly reward: string; readonly refusal: Refusal };

export type SaleState = {
  readonly lines: readonly SaleLine[];
  readonly redeem: readonly RedeemChoice[];
  /** The POS's own name of a sale that it handed over. */
  readonly reference: string | null;
  readonly revision: number;
  readonly lastKey: number;
  readonly quoted: Quoted | null;
  /** Why the last revision could not be quoted, or the sale not be confirmed. */
  readonly refusal: Refusal | null;
  readonly dropped: readonly DroppedReward[];
  readonly phase: 'selling' | 'committing';
  /** The id of the commit under way: kept until the engine has answered it for good. */
  readonly command: CommandId | null;
};

export type Quoted = { readonly revision: number; readonly keys: readonly string[]; readonly quote: Quote };

export const NO_SALE: SaleState = {
  lines: [],
  redeem: [],
  reference: null,
  revision: 0,
  lastKey: 0,
  quoted: null,
  refusal: null,
  dropped: [],
  phase: 'selling',
  command: null,
};

/** One more of a catalogue item; the same item at the same price is one line. */
export function withItem(sale: SaleState, item: CatalogueItem): SaleState {
  const same = sale.lines.find((line) => line.sku === item.sku && line.unitPrice === item.unitPrice);
  if (same !== undefined) return withQuantity(sale, same.key, addQuantities(same.quantity, 1));
  return withLine(sale, {
    sku: item.sku,
    name: item.name,
    ...(item.category === null ? {} : { category: item.category }),
    tags: [...item.tags],
    quantity: '1',
    unitPrice: item.unitPrice,
    taxRate: item.taxRate,
  });
}

export function withLine(sale: SaleState, line: BasketLine & { name: string }): SaleState {
  const lastKey = sale.lastKey + 1;
  return changed({ ...sale, lastKey, lines: [...sale.lines, { ...line, key: String(lastKey) }] });
}

/** `0` and below removes the line. */
export function withQuantity(sale: SaleState, key: string, quantity: string): SaleState {
  if (!/[1-9]/.test(quantity) || quantity.startsWith('-')) return withoutLine(sale, key);
  return changed({ ...sale, lines: sale.lines.map((line) => (line.key === key ? { ...line, quantity } : line)) });
}

/** `unitPrice` in minor units. */
export function withPrice(sale: SaleState, key: string, unitPrice: number): SaleState {
  return changed({ ...sale, lines: sale.lines.map((line) => (line.key === key ? { ...line, unitPrice } : line)) });
}

export function withoutLine(sale: SaleState, key: string): SaleState {
  const lines = sale.lines.filter((line) => line.key !== key);
  return lines.length === 0 ? emptied(sale) : changed({ ...sale, lines });
}

export function withReward(sale: SaleState, choice: RedeemChoice): SaleState {
  return changed({ ...sale, redeem: [...sale.redeem.filter((other) => other.reward !== choice.reward), choice] });
}

export function withoutReward(sale: SaleState, reward: string): SaleState {
  return changed({ ...sale, redeem: sale.redeem.filter((choice) => choice.reward !== reward) });
}

/** Another member, or none: what was asked for with the one before is off. */
export function withOtherMember(sale: SaleState): SaleState {
  return changed({ ...sale, redeem: [] });
}

/** The basket that a POS handed over, in place of what was there. */
export function withBasket(sale: SaleState, basket: Basket, reference: string | null): SaleState {
  const lines = basket.lines.map((line, index) => ({
    ...line,
    name: line.name ?? line.sku,
    key: String(sale.lastKey + index + 1),
  }));
  return changed({ ...emptied(sale), lastKey: sale.lastKey + lines.length, lines, redeem: basket.redeem, reference });
}

/** Nothing to sell, nothing to say; the revision goes on, so that an answer still under way is not taken for the next sale's. */
export function emptied(sale: SaleState): SaleState {
  return { ...NO_SALE, lastKey: sale.lastKey, revision: sale.revision + 1 };
}

/** What was quoted may no longer hold: asks again, and any later commit is another one. */
export function changed(sale: SaleState): SaleState {
  return { ...sale, revision: sale.revision + 1, refusal: null, dropped: [], command: null };
}

/** Whether the total on screen is of just this basket. */
export function isQuoteCurrent(sale: SaleState): boolean {
  return sale.quoted !== null && sale.quoted.revision === sale.revision;
}

export function canConfirm(sale: SaleState): boolean {
  return sale.phase === 'selling' && sale.lines.length > 0 && isQuoteCurrent(sale);
}
