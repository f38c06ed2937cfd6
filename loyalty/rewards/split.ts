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
  const { shares, remainders } = sharesOf(basket, shared, total);
  const missing = shared - shares.reduce((sum, share) => sum + share, 0);
  const raised = largestRemainders(remainders, missing);
  const discounts: LineDiscount[] = [];
  for (const [index, { line }] of basket.entries()) {
    const discount = (shares[index] ?? 0) + (raised(remainders[index] ?? 0) ? 1 : 0);
    if (discount > 0) discounts.push({ line: line.index, discount, freeUnits: 0 });
  }
  return discounts;
}

/** Tells of each remainder, asked in the order of the lines, whether it is one of the largest; the earlier first among equals. */
function largestRemainders(remainders: Float64Array, count: number): (remainder: number) => boolean {
  if (count === 0) return () => false;
  // Numbers in a typed array are sorted without a call for each comparison: a quote splits thousands of times.
  const ascending = remainders.toSorted();
  const least = ascending[ascending.length - count] ?? 0;
  let equals = count - ascending.subarray(-count).reduce((above, remainder) => above + (remainder > least ? 1 : 0), 0);
  return (remainder) => remainder > least || (remainder === least && equals-- > 0);
}

/** In minor units. */
export function costOf(basket: readonly BasketLine[]): number {
  let sum = 0;
  for (const { cost } of basket) sum += cost;
  return sum;
}

type Shares = { readonly shares: Float64Array; readonly remainders: Float64Array };

/** Of each line amount × cost / total, whole, and what remains. Big integers only where the product needs them. */
function sharesOf(basket: readonly BasketLine[], amount: number, total: number): Shares {
  const shares = new Float64Array(basket.length);
  const remainders = new Float64Array(basket.length);
  let index = 0;
  for (const { cost } of basket) {
    const product = amount * cost;
    if (product <= Number.MAX_SAFE_INTEGER) {
      const remainder = product % total;
      remainders[index] = remainder;
      shares[index] = (product - remainder) / total;
    } else {
      const exact = BigInt(amount) * BigInt(cost);
      shares[index] = Number(exact / BigInt(total));
      remainders[index] = Number(exact % BigInt(total));
    }
    index += 1;
  }
  return { shares, remainders };
}
