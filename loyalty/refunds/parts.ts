import { present } from '../../base/assert.ts';
import { type Rational, rational, subtract, ZERO } from '../../base/rational.ts';
import { floor } from '../../base/rounding.ts';
import type { RecordedRedemption } from '../sale/record.ts';
import { lesser } from './quantity.ts';
import { chargedAmong, type SoldLine } from './sold-line.ts';

/** How much of a redemption has come back, line by line and exact. */

export type Part = {
  readonly line: number;
  /** What of the redemption lies on the line: free units, or discount in minor units. */
  readonly of: number;
  /** So much of `sold` has come back; above 0, and at most that. */
  readonly returned: Rational;
  readonly sold: Rational;
};

/** Its discount, line by line, by the charged units that have come back (fine print 25). */
export function discountParts(
  { lines }: RecordedRedemption,
  sold: readonly SoldLine[],
  quantities: readonly Rational[],
): readonly Part[] {
  return lines.flatMap(({ line: index, discount }) => {
    const line = present(sold[index], 'a line of the sale');
    const returned = chargedAmong(line, present(quantities[index], 'a returned line'));
    return returned.numerator === 0n ? [] : [{ line: index, of: discount, returned, sold: line.charged }];
  });
}

/** Its free units that have come back. Takes them out of `freeLeft`, by line, which the rewards applied later see. */
export function unitParts({ lines }: RecordedRedemption, freeLeft: Rational[]): readonly Part[] {
  return lines.flatMap(({ line, freeUnits }) => {
    const left = freeLeft[line] ?? ZERO;
    const sold = rational(freeUnits);
    const returned = lesser(left, sold);
    freeLeft[line] = subtract(left, returned);
    return returned.numerator === 0n ? [] : [{ line, of: freeUnits, returned, sold }];
  });
}

/**
 * cost × (Σ part × returned / sold) / of, rounded down once. Not by base/rational, which reduces every sum: over a thousand
 * lines of odd quantities the denominators grow to thousands of digits, and reducing them takes seconds.
 */
export function proportionOf(cost: number, of: number, parts: readonly Part[]): number {
  const byDenominator = new Map<bigint, bigint>();
  for (const part of parts) {
    const share = rational(
      BigInt(part.of) * part.returned.numerator * part.sold.denominator,
      part.returned.denominator * part.sold.numerator,
    );
    byDenominator.set(share.denominator, (byDenominator.get(share.denominator) ?? 0n) + share.numerator);
  }
  let sum = { numerator: 0n, denominator: 1n };
  for (const [denominator, numerator] of byDenominator) {
    sum = {
      numerator: sum.numerator * denominator + numerator * sum.denominator,
      denominator: sum.denominator * denominator,
    };
  }
  return Number(floor({ numerator: BigInt(cost) * sum.numerator, denominator: BigInt(of) * sum.denominator }));
}
