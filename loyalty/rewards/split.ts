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
  const parts = basket.map(({ line, cost }) => ({ line: line.index, ...shareOf(shared, cost, total) }));
  const missing = shared - parts.reduce((sum, { share }) => sum + share, 0);
  const raised = new Set(missing === 0 ? [] : parts.toSorted(byRemainder).slice(0, missing));
  return parts
    .map((part) => ({ line: part.line, discount: part.share + (raised.has(part) ? 1 : 0), freeUnits: 0 }))
    .filter(({ discount }) => discount > 0);
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

function byRemainder(left: Share & { readonly line: number }, right: Share & { readonly line: number }): number {
  return right.remainder - left.remainder || left.line - right.line;
}
