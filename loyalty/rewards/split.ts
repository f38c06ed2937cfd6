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
  const parts = basket.map(({ line, cost }) => {
    const product = BigInt(shared) * BigInt(cost);
    return { line: line.index, share: Number(product / BigInt(total)), remainder: product % BigInt(total) };
  });
  const missing = shared - parts.reduce((sum, { share }) => sum + share, 0);
  const raised = new Set(parts.toSorted(byRemainder).slice(0, missing));
  return parts
    .map((part) => ({ line: part.line, discount: part.share + (raised.has(part) ? 1 : 0), freeUnits: 0 }))
    .filter(({ discount }) => discount > 0);
}

/** In minor units. */
export function costOf(basket: readonly BasketLine[]): number {
  return basket.reduce((sum, { cost }) => sum + cost, 0);
}

function byRemainder(
  left: { readonly line: number; readonly remainder: bigint },
  right: { readonly line: number; readonly remainder: bigint },
): number {
  if (left.remainder !== right.remainder) return left.remainder > right.remainder ? -1 : 1;
  return left.line - right.line;
}
