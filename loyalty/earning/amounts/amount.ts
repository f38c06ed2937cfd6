import type { Rational } from '../../../base/rational.ts';

/**
 * What an earning rule's amount does, whatever its kind. A new kind is a file beside this one, with its schema and a function
 * to this interface, and a line in table.ts.
 */
export type EarnAmount = {
  /**
   * What is summed over the rule's lines: money in minor units (by the rule's basis), whole units of quantity, or nothing:
   * `sale` is 1 when at least one line matches, and no multiplier touches it.
   */
  readonly measure: 'money' | 'units' | 'sale';
  /** The exact amount that a sum of that measure gives, before rounding. The sum has the lines' multipliers in it. */
  readonly give: (sum: Rational) => Rational;
};
