import type { RuleId } from '../../base/ids.ts';
import type { Points } from '../../base/numbers.ts';

/**
 * What a sale's earning saw of its member. It is recorded with the sale, so that a refund computes the earning again as it was
 * (fine print 27) without asking who the member was then, and without the person in the book.
 */
export type EarnContext = {
  /** The level before the sale; only for the explanation. */
  readonly level: string | null;
  /** Rules whose conditions on the member held: tier, membership, club, segment, birthday, firstSale. Those without such are not listed. */
  readonly held: readonly RuleId[];
  /** Skus of the basket that a `frequent` filter (so many times within an ISO 8601 duration) matched; filters that matched none are left out. */
  readonly frequent: readonly { readonly times: number; readonly within: string; readonly skus: readonly string[] }[];
  /** What rules with a cap per day had given in the member's other sales of the date; 0 is left out. */
  readonly today: readonly { readonly rule: RuleId; readonly amount: Points }[];
};

export const NO_CONTEXT: EarnContext = { level: null, held: [], frequent: [], today: [] };
