import type { FilteredLine } from '../conditions/lines.ts';
import type { Basis } from './rule.ts';

/** A line as earning looks at it, after rewards: money in minor units, units whole. */
export type EarningLine = FilteredLine & {
  readonly list: number;
  readonly paid: number;
  /** Paid less its tax. */
  readonly net: number;
  readonly wholeUnits: number;
  /** Of them, units that a reward made free. */
  readonly freeUnits: number;
};

export function moneyOf(line: EarningLine, basis: Basis): number {
  switch (basis) {
    case 'paid':
      return line.paid;
    case 'list':
      return line.list;
    case 'net':
      return line.net;
    default:
      return basis satisfies never;
  }
}

/** Units that a reward made free count only on `list` (fine print 7). */
export function unitsOf(line: EarningLine, basis: Basis): number {
  return basis === 'list' ? line.wholeUnits : line.wholeUnits - line.freeUnits;
}

/** What the lines cost after discounts, as `minSpend` looks at it whatever the basis. */
export function paidOn(lines: readonly EarningLine[]): number {
  return lines.reduce((sum, { paid }) => sum + paid, 0);
}
