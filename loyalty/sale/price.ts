import { type Minor, minor, SALE_MINOR_MAX } from '../../base/numbers.ts';
import { compare, type Rational, rational, ZERO } from '../../base/rational.ts';
import { failed, ok, type Refusal, type Result } from '../../base/result.ts';
import { floor, halfUpProduct } from '../../base/rounding.ts';
import { refusal } from '../refusals.ts';
import { decimalOf } from './decimals.ts';
import { SALE_LINES_MAX, type SaleLine } from './request.ts';

/** A line with its price: quantity × unitPrice, half up to a minor unit, once (fine print 1). */
export type PricedLine = {
  readonly index: number;
  readonly sku: string;
  readonly category: string | undefined;
  readonly tags: readonly string[];
  readonly quantity: Rational;
  /** Whole units of quantity: a line of 0.375 has none. */
  readonly wholeUnits: number;
  readonly unitPrice: number;
  readonly taxRate: Rational;
  readonly list: Minor;
};

const QUANTITY_MAX = rational(100_000);
const TAX_RATE_MAX = rational(100);

/** Above 0, at most 100,000 and 4 decimals; undefined: `bad-quantity`. */
export function parseQuantity(text: string): Rational | undefined {
  const quantity = decimalOf(text);
  if (quantity === undefined || compare(quantity, ZERO) <= 0 || compare(quantity, QUANTITY_MAX) > 0) return undefined;
  return quantity;
}

/** A line of 0.375 has none. */
export function wholeUnitsIn(quantity: Rational): number {
  return Number(floor(quantity));
}

/** Half up to a minor unit; what no sale can cost is not exact, and still too much. */
export function listPrice({ numerator, denominator }: Rational, unitPrice: number): number {
  return halfUpProduct(unitPrice, Number(numerator), Number(denominator));
}

/** Refuses with `invalid-request` what no sale can be, before `bad-quantity` of any line (fine print 41). */
export function priceLines(
  lines: readonly SaleLine[],
): Result<readonly PricedLine[], Refusal<'invalid-request' | 'bad-quantity'>> {
  if (lines.length === 0) return failed(refusal('invalid-request', 'A sale has at least one line.', 'lines'));
  if (lines.length > SALE_LINES_MAX) {
    return failed(refusal('invalid-request', `A sale has at most ${SALE_LINES_MAX} lines.`, 'lines'));
  }
  const priced: PricedLine[] = [];
  let badQuantity: number | undefined;
  let total = 0;
  for (const [index, line] of lines.entries()) {
    const taxRate = decimalOf(line.taxRate ?? '0');
    if (taxRate === undefined || compare(taxRate, ZERO) < 0 || compare(taxRate, TAX_RATE_MAX) > 0) {
      return failed(refusal('invalid-request', 'A tax rate is a decimal like 0.19.', `lines.${index}.taxRate`));
    }
    if (!Number.isSafeInteger(line.unitPrice) || line.unitPrice < 0) {
      return failed(
        refusal('invalid-request', 'A price is a whole number of minor units.', `lines.${index}.unitPrice`),
      );
    }
    const quantity = parseQuantity(line.quantity);
    if (quantity === undefined) {
      badQuantity ??= index;
      continue;
    }
    const list = listPrice(quantity, line.unitPrice);
    total += list;
    if (total > SALE_MINOR_MAX) {
      return failed(refusal('invalid-request', 'A sale costs at most 10^12 minor units.', `lines.${index}`));
    }
    priced.push(pricedLine(index, line, quantity, taxRate, list));
  }
  if (badQuantity !== undefined) return failed(refusal('bad-quantity', undefined, `lines.${badQuantity}.quantity`));
  return ok(priced);
}

function pricedLine(
  index: number,
  { sku, category, tags, unitPrice }: SaleLine,
  quantity: Rational,
  taxRate: Rational,
  list: number,
): PricedLine {
  const wholeUnits = wholeUnitsIn(quantity);
  return { index, sku, category, tags, quantity, wholeUnits, unitPrice, taxRate, list: minor(list) };
}
