import type { BasketLine, LineDiscount } from './kinds/kind.ts';

/**
 * Splits an amount over lines in proportion to what they cost at this moment, in minor units: the largest remainders first,
 * the earlier line first among equals (programme.md, "Reward"). The parts sum to the amount and none exceeds its line's cost.
 * An amount above what the lines cost is cut to it.
 */
export function splitOver(basket: readonly BasketLine[], amount: number): readonly LineDiscount[] {
  const total = costOf(basket);
  const shared = Math.min(amount, total);
  if (shared <= 0) return [];
  const parts = basket.map(({ cost }) => shareOf(shared, cost, total));
  const missing = shared - parts.reduce((sum, { share }) => sum + share, 0);
  const raised = missing === 0 ? NONE_RAISED : largestRemainders(parts, missing);
  const discounts: LineDiscount[] = [];
  for (const [index, { line }] of basket.entries()) {
    const discount = (parts[index]?.share ?? 0) + (raised.has(index) ? 1 : 0);
    if (discount > 0) discounts.push({ line: line.index, discount, freeUnits: 0 });
  }
  return discounts;
}

const NONE_RAISED: ReadonlySet<number> = new Set();

/** Where they are in the list, which is in the order of the lines; the earlier first among equals: sorting is stable. */
function largestRemainders(parts: readonly Share[], count: number): ReadonlySet<number> {
  const order = parts.map((_, index) => index);
  order.sort((left, right) => (parts[right]?.remainder ?? 0) - (parts[left]?.remainder ?? 0));
  return new Set(order.slice(0, count));
}

/** In minor units. */
export function costOf(basket: readonly BasketLine[]): number {
  return basket.reduce((sum, { cost }) => sum + cost, 0);
}

type Share = { readonly share: number; readonly remainder: number };

/** amount × cost / total, whole, and what remains. Big integers only where the product needs them: a quote splits often. */
function shareOf(amount: number, cost: number, total: number): Share {
  const product = amount * cost;
  if (product <= Number.MAX_SAFE_INTEGER) {
    const remainder = product % total;
    return { share: (product - remainder) / total, remainder };
  }
  const exact = BigInt(amount) * BigInt(cost);
  return { share: Number(exact / BigInt(total)), remainder: Number(exact % BigInt(total)) };
}
