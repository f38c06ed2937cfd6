import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BusinessDate } from '../base/business-date.ts';
import type { RewardId, SaleId } from '../base/ids.ts';
import { minor, points } from '../base/numbers.ts';
import { assertBalanced, type Entry } from './entry.ts';
import { postingsOf } from './postings.ts';
import { MEMBER, MONDAY, OTHER, POINTS, REWARD, STAMPS, testTill } from './testing/books.ts';
import { history } from './testing/histories.ts';

const till = testTill('t');
const SALE = 'a sale' as SaleId; // a name of the tests
/** Account, wallet and amount of each, without the words. */
const posted = (entry: Entry) => entry.postings.map(({ account, wallet, amount }) => `${account} ${wallet} ${amount}`);

describe('postingsOf', () => {
  it('of a sale: what was spent, then what rules gave by wallet, then each gift, the member’s side first', () => {
    const sale = till.sale({
      earned: { points: 5, stamps: 1 },
      spent: { points: 3 },
      uses: [REWARD],
      gifts: [
        { reason: 'badge', badge: 'b', wallet: POINTS, amount: points(7) },
        { reason: 'badge', badge: 'only an honour', wallet: null, amount: points(0) },
        { reason: 'referee', wallet: STAMPS, amount: points(2) },
        { reason: 'referrer', member: OTHER, wallet: STAMPS, amount: points(4) },
      ],
    });
    expect(posted(sale)).toEqual([
      'member:ivy points -3',
      'redeemed points 3',
      'member:ivy points 5',
      'issued points -5',
      'member:ivy stamps 1',
      'issued stamps -1',
      'member:ivy points 7',
      'issued points -7',
      'member:ivy stamps 2',
      'issued stamps -2',
      'member:fern stamps 4',
      'issued stamps -4',
    ]);
  });

  it('of a refund: by how much the balance falls, not what was lost (fine print 26)', () => {
    const sale = till.sale({ earned: { points: 9 }, spent: { stamps: 2 } });
    const refund = till.refund(sale, {
      returned: { stamps: 2 },
      lost: { points: 9 },
      takenBack: { points: 4 },
      gifts: [{ reason: 'referrer', member: OTHER, wallet: POINTS, amount: points(1) }],
    });
    const expected = [
      'member:ivy stamps 2',
      'redeemed stamps -2',
      'member:ivy points -4',
      'issued points 4',
      'member:fern points -1',
      'issued points 1',
    ];
    expect(posted(refund)).toEqual(expected);
    expect(posted(till.entry('void', refund.body))).toEqual(expected);
  });

  it('of a late card: what the account that is dropped held, and what the member earns', () => {
    const { body } = till.sale({ earned: { points: 3 } });
    const { earned, context, lines, channel, minute, due } = body;
    const dropped = { account: OTHER, amounts: [{ wallet: POINTS, amount: points(2) }] };
    const facts = { sale: SALE, earned, context, lines, channel, minute, due, gifts: [] };
    const attach = till.entry('attach', { ...facts, store: till.sale().store, dropped });
    expect(posted(attach)).toEqual([
      'member:fern points -2',
      'issued points 2',
      'member:ivy points 3',
      'issued points -3',
    ]);
  });

  it('of what happens without a sale', () => {
    const end = '2026-04-01' as BusinessDate; // in its form
    const lots = [{ earned: MONDAY, end: null, amount: points(4) }];
    expect(posted(till.adjust(POINTS, -4))).toEqual(['member:ivy points -4', 'adjusted points 4']);
    expect(posted(till.entry('transfer', { to: OTHER, wallet: POINTS, amount: points(4), lots }))).toEqual([
      'member:ivy points -4',
      'member:fern points 4',
    ]);
    expect(posted(till.entry('goal', { club: 'c', goal: 'g', wallet: POINTS, amount: points(4) }))).toEqual([
      'member:ivy points 4',
      'issued points -4',
    ]);
    expect(posted(till.entry('expire', { wallet: POINTS, amount: points(4), end }))).toEqual([
      'member:ivy points -4',
      'expired points 4',
    ]);
  });

  it('is nothing where only accounts move, nothing moves or nobody is named', () => {
    const nothing = [
      till.entry('merge', { from: OTHER }),
      till.entry('unmerge', { from: OTHER }),
      till.entry('claim', { sale: SALE, account: OTHER }),
      till.club({ club: 'c', action: 'join' }),
      till.sale({ earned: { points: 0 }, spent: { points: 0 } }),
      till.sale({ member: null, earned: { points: 5 } }),
    ];
    expect(nothing.flatMap(posted)).toEqual([]);
  });

  it('sums a wallet over several rules and rewards, and balances whatever tills write', () => {
    const reward = {
      reward: 'r' as RewardId,
      wallet: POINTS,
      cost: points(2),
      discount: minor(0),
      lines: [],
    }; // a name of the tests
    const { body } = till.sale();
    const twice = postingsOf({ kind: 'sale', member: MEMBER, body: { ...body, redeemed: [reward, reward] } });
    expect(twice.map(({ amount }) => amount)).toEqual([-4, 4]);
    fc.assert(
      fc.property(history, (entries) => {
        for (const { postings } of entries) assertBalanced(postings);
      }),
      { numRuns: 30 },
    );
  });
});
