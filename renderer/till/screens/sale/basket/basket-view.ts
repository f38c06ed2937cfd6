/** What the basket shows: the lines as keyed, with the discounts and totals of the last quote beside them. Pure. */
import type { Quote } from '../../../../../till/contract/shapes.ts';
import { isQuoteCurrent, type SaleLine, type SaleState } from '../../../state/sale-state.ts';

export type LineView = {
  readonly key: string;
  readonly sku: string;
  readonly name: string;
  readonly quantity: string;
  readonly unitPrice: number;
  /** What the line costs after its discount, minor units. Until a quote knows better, quantity × price. */
  readonly paid: number;
  readonly list: number;
  readonly discount: number;
};

export type BasketView = {
  readonly lines: readonly LineView[];
  /** Units, whole ones counted, every weighed line as one. */
  readonly count: number;
  readonly discount: number;
  readonly list: number;
  /** Null until there is a quote to say it. */
  readonly due: number | null;
  /** The totals are of an earlier state of the basket. */
  readonly pending: boolean;
  readonly quote: Quote | null;
};

export function basketView(sale: SaleState): BasketView {
  const lines = sale.lines.map((line) => lineView(line, sale));
  const quote = sale.quoted?.quote ?? null;
  return {
    lines,
    count: sale.lines.reduce((sum, line) => sum + unitsOf(line.quantity), 0),
    discount: quote?.discount ?? 0,
    list: quote?.list ?? 0,
    due: quote?.due ?? null,
    pending: sale.lines.length > 0 && !isQuoteCurrent(sale) && sale.refusal === null,
    quote,
  };
}

function lineView(line: SaleLine, sale: SaleState): LineView {
  const { key, sku, name, quantity, unitPrice } = line;
  const index = sale.quoted?.keys.indexOf(key) ?? -1;
  const quoted = isQuoteCurrent(sale) ? sale.quoted?.quote.lines[index] : undefined;
  const list = quoted?.list ?? estimate(quantity, unitPrice);
  return { key, sku, name, quantity, unitPrice, list, paid: quoted?.paid ?? list, discount: quoted?.discount ?? 0 };
}

/** Shown for the moment until the quote comes. */
function estimate(quantity: string, unitPrice: number): number {
  return Math.round(Number(quantity) * unitPrice);
}

function unitsOf(quantity: string): number {
  return quantity.includes('.') ? 1 : Number(quantity);
}

/** How many of each sku are in the basket, for the tiles. */
export function quantityOf(lines: readonly SaleLine[], sku: string): string | null {
  const line = lines.find((other) => other.sku === sku);
  return line?.quantity ?? null;
}
