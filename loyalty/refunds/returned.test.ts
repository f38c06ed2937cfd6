import { describe, expect, it } from 'vitest';
import { minor, points } from '../../base/numbers.ts';
import { line } from '../testing/build.ts';
import { refundsOf, sell } from '../testing/refunds.ts';
import { isAllReturned, remaining } from './remaining.ts';
import { nothingReturned, type PastRefund, returnedBy } from './returned.ts';

const earn = [{ id: 'base', wallet: 'points', amount: { per: 'spend', give: 1, every: 100 } }];
const rewards = [
  { id: 'free', cost: { wallet: 'points', amount: 5 }, give: { kind: 'free-item' } },
  { id: 'off', cost: { wallet: 'points', amount: 9 }, give: { kind: 'percent-off', percent: '10' } },
];
// 3 × 2.00 with one free and 0.40 off, and 3.00 with 0.30 off: 6.30 paid earn 6.
const sold = sell({ earn, rewards }, [line(200, { quantity: '3' }), line(300)], ['free', 'off']);
const { record } = sold;

describe('nothingReturned', () => {
  it('is as long as the sale', () => {
    expect(nothingReturned(record)).toEqual({
      lines: [
        { quantity: '0', freeUnits: 0, money: 0 },
        { quantity: '0', freeUnits: 0, money: 0 },
      ],
      redeemed: [0, 0],
      earned: [0],
    });
  });
});

describe('returnedBy', () => {
  const entry = (parts: Partial<PastRefund>): PastRefund => ({
    lines: [],
    returned: [],
    lost: [],
    whole: false,
    ...parts,
  });
  /** Two units of the first line: 3.60; 9 × 40 / 70 = 5.1; 2.70 left earn 2. */
  const two = entry({
    lines: [{ line: 0, quantity: '2', money: minor(360) }],
    returned: [{ redemption: 1, amount: points(5) }],
    lost: [{ earning: 0, amount: points(4) }],
  });

  it('is nothing before the first refund', () => {
    expect(returnedBy(record, [])).toEqual(nothingReturned(record));
  });

  it('is what the refund answered', () => {
    const expected = {
      lines: [
        { quantity: '2', freeUnits: 0, money: 360 },
        { quantity: '0', freeUnits: 0, money: 0 },
      ],
      redeemed: [0, 5],
      earned: [4],
    };
    expect([returnedBy(record, [two]), refundsOf(sold, [[[0, '2']]])[0]?.returned]).toEqual([expected, expected]);
  });

  it('adds what two tills returned that did not know of each other, and then nothing of the line is left', () => {
    const twice = returnedBy(record, [two, two]);
    expect(twice).toEqual({
      lines: [
        { quantity: '4', freeUnits: 1, money: 720 },
        { quantity: '0', freeUnits: 0, money: 0 },
      ],
      redeemed: [0, 10],
      earned: [8],
    });
    expect(remaining(record, twice).map(({ quantity, paid }) => [quantity, paid])).toEqual([
      ['0', 0],
      ['1', 270],
    ]);
    // The rest pays its own, the free item gives back its 5, and what went twice is not taken again.
    expect(refundsOf(sold, ['all'], twice)[0]).toMatchObject({
      money: 270,
      givenBack: [{ wallet: 'points', amount: 5 }],
      takenBack: [],
      whole: true,
    });
  });

  it('is everything once a refund left nothing, also what its entry does not name', () => {
    const all = returnedBy(record, [entry({ whole: true })]);
    expect(all).toEqual(refundsOf(sold, ['all'])[0]?.returned);
    expect(isAllReturned(record, all)).toBe(true);
  });
});
