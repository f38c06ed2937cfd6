import type { MemberId } from '../base/ids.ts';
import { points } from '../base/numbers.ts';
import { memberAccount, type Posting, type WalletAmount } from './entry.ts';

/**
 * Balanced postings between a member and one account of the books: for each wallet the member's side first, directly followed by its
 * counterpart, which is how the fold knows what was earned and what was spent. `sign` 1 gives to the member, -1 takes.
 */
export function memberPostings(
  member: MemberId,
  amounts: readonly WalletAmount[],
  sign: 1 | -1,
  counter: 'issued' | 'redeemed',
): Posting[] {
  return amounts.flatMap(({ wallet, amount }): Posting[] =>
    amount === 0
      ? []
      : [
          { account: memberAccount(member), wallet, amount: points(sign * amount) },
          { account: counter, wallet, amount: points(-sign * amount) },
        ],
  );
}
