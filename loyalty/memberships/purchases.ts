import type { BusinessDate } from '../../base/business-date.ts';
import { parseDecimal } from '../../base/decimal.ts';
import type { SaleId } from '../../base/ids.ts';
import { floor } from '../../base/rounding.ts';
import type { Membership } from '../programme/memberships.ts';
import type { MembershipPurchase } from './runs.ts';

/** A line of a sale, or what is left of it; `quantity` is a decimal string. */
export type SoldLine = { readonly sku: string; readonly quantity: string };

/** One for each membership of which the sale has whole units, in the order of the document. */
export function purchasesIn(
  memberships: readonly Membership[],
  { sale, date, lines }: { readonly sale: SaleId; readonly date: BusinessDate; readonly lines: readonly SoldLine[] },
): readonly { readonly membership: string; readonly purchase: MembershipPurchase }[] {
  return memberships.flatMap(({ id, sku, period }) => {
    const units = unitsOf(sku, lines);
    return units === 0 ? [] : [{ membership: id, purchase: { sale, date, sku, units, period } }];
  });
}

/** Whole units of a purchase that the lines of its sale, as refunds left them, still have. */
export function unitsLeftIn({ sku }: Pick<MembershipPurchase, 'sku'>, lines: readonly SoldLine[]): number {
  return unitsOf(sku, lines);
}

/** Whole units line by line: two halves are no unit. */
function unitsOf(sku: string, lines: readonly SoldLine[]): number {
  return lines.reduce((sum, line) => (line.sku === sku ? sum + wholeUnits(line.quantity) : sum), 0);
}

function wholeUnits(quantity: string): number {
  const exact = parseDecimal(quantity);
  return exact === undefined ? 0 : Number(floor(exact));
}
