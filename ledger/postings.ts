import type { MemberId } from '../base/ids.ts';
import { points } from '../base/numbers.ts';
import { memberAccount, type Posting, type WalletAmount } from './entry.ts';

/**
 * Balanced postings between a member and one account of the books, the member's side first. What was earned and what was spent in a
 * wallet stay two postings, since the fold reads each by its sign. `sign` 1 gives to the member, -1 takes.
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
