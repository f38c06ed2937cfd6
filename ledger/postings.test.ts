import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WalletId } from '../base/ids.ts';
import { points } from '../base/numbers.ts';
import { assertBalanced, memberAccount, type WalletAmount } from './entry.ts';
import { memberPostings } from './postings.ts';
import { MEMBER, POINTS, STAMPS } from './testing/books.ts';

const account = memberAccount(MEMBER);

describe('memberPostings', () => {
  it('puts the member’s side first, and the same units with the other sign on the books', () => {
    expect(memberPostings(MEMBER, [{ wallet: POINTS, amount: points(5) }], 1, 'issued')).toEqual([
      { account, wallet: POINTS, amount: 5 },
      { account: 'issued', wallet: POINTS, amount: -5 },
    ]);
    expect(memberPostings(MEMBER, [{ wallet: STAMPS, amount: points(2) }], -1, 'redeemed')).toEqual([
      { account, wallet: STAMPS, amount: -2 },
      { account: 'redeemed', wallet: STAMPS, amount: 2 },
    ]);
  });

  it('posts nothing where nothing moves', () => {
    expect(memberPostings(MEMBER, [{ wallet: POINTS, amount: points(0) }], 1, 'issued')).toEqual([]);
    expect(memberPostings(MEMBER, [], -1, 'redeemed')).toEqual([]);
  });

  it('always balances, and gives or takes each amount to the unit', () => {
    const amounts: fc.Arbitrary<WalletAmount[]> = fc.array(
      fc.record({
        wallet: fc.constantFrom<WalletId>(POINTS, STAMPS),
        amount: fc.nat(2 ** 30).map((units) => points(units)),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(amounts, fc.constantFrom<1 | -1>(1, -1), (given, sign) => {
        const postings = memberPostings(MEMBER, given, sign, 'issued');
        assertBalanced(postings);
        const own = postings.filter((posting) => posting.account === account);
        expect(own.map(({ wallet, amount }) => ({ wallet, amount: amount * sign }))).toEqual(
          given.filter(({ amount }) => amount > 0),
        );
      }),
    );
  });
});
