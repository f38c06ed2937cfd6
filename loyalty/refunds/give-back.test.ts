import { describe, expect, it } from 'vitest';
import type { RewardId, WalletId } from '../../base/ids.ts';
import { minor, points } from '../../base/numbers.ts';
import { line } from '../testing/build.ts';
import { givenBackOf, refundsOf, sell } from '../testing/refunds.ts';

const costs = (amount: number, wallet = 'points') => ({ wallet, amount });
const FULL_ONLY = {
  wallets: [{ id: 'points', kind: 'points', spentOnRefund: 'full-only' }],
};

describe('a free-item reward (fine print 24)', () => {
  const free = (quantity: number, cost: number, id = 'free') => ({
    id,
    cost: costs(cost),
    give: { kind: 'free-item', quantity },
  });

  it('gives its cost back with its free unit, which comes back last', () => {
    const sold = sell({ rewards: [free(1, 50)] }, [line(200, { quantity: '3' })], ['free']);
    expect(givenBackOf(sold, [[[0, '2']], [[0, '1']]])).toEqual([[0], [50]]);
  });

  it('gives back cost × free units returned / free units, rounded down: 50 for 3 is 16, then 33 − 16, then 50 − 33', () => {
    const sold = sell({ rewards: [free(3, 50)] }, [line(200, { quantity: '3' })], ['free']);
    expect(givenBackOf(sold, [[[0, '1']], [[0, '1']], [[0, '1']]])).toEqual([[16], [17], [17]]);
    expect(givenBackOf(sold, [[[0, '2']], [[0, '1']]])).toEqual([[33], [17]]);
    expect(givenBackOf(sold, ['all'])).toEqual([[50]]);
  });

  it('counts its free units over all lines: 25 for 2 on two lines is 12 and then 13', () => {
    const sold = sell({ rewards: [free(2, 25)] }, [line(200), line(300), line(900)], ['free']);
    expect(givenBackOf(sold, [[[1, '1']], [[2, '1']], [[0, '1']]])).toEqual([[12], [0], [13]]);
  });

  it('gives back first what was applied first, where two made units of one line free', () => {
    const rewards = [free(1, 30, 'first'), free(2, 70, 'second')];
    const sold = sell({ rewards }, [line(200, { quantity: '4' })], ['second', 'first']);
    expect(sold.record.redeemed.map(({ reward }) => reward)).toEqual(['first', 'second']);
    expect(givenBackOf(sold, [[[0, '1']], [[0, '1']], [[0, '1']], [[0, '1']]])).toEqual([
      [0, 0],
      [30, 0],
      [0, 35],
      [0, 35],
    ]);
    expect(givenBackOf(sold, [[[0, '3']], 'all'])).toEqual([
      [30, 35],
      [0, 35],
    ]);
  });

  it('applied twice is two redemptions: the earlier one first', () => {
    const sold = sell({ rewards: [free(1, 30)] }, [line(200, { quantity: '2' })], ['free', 'free']);
    expect(givenBackOf(sold, [[[0, '1']], [[0, '1']]])).toEqual([
      [30, 0],
      [0, 30],
    ]);
  });

  it('has each line’s units in the order of application: the second has one on each line', () => {
    const rewards = [free(1, 10, 'first'), free(2, 20, 'second')];
    const sold = sell({ rewards }, [line(200, { quantity: '2' }), line(300)], ['first', 'second']);
    expect(givenBackOf(sold, [[[1, '1']], [[0, '1']], [[0, '1']]])).toEqual([
      [0, 10],
      [10, 0],
      [0, 10],
    ]);
  });

  it('does so whatever its wallet does with other rewards', () => {
    const sold = sell({ ...FULL_ONLY, rewards: [free(1, 50)] }, [line(200, { quantity: '1' }), line(900)], ['free']);
    expect(givenBackOf(sold, [[[0, '1']], 'all'])).toEqual([[50], [0]]);
  });

  it('counts the part of a unit that has come back: half of the only free one is half of 15, rounded down', () => {
    const sold = sell({ rewards: [free(1, 15)] }, [line(200, { quantity: '1.5' })], ['free']);
    expect(givenBackOf(sold, [[[0, '1']], [[0, '0.5']]])).toEqual([[7], [8]]);
  });
});

describe('other rewards, prorate (fine print 25)', () => {
  const off = (amount: number, cost: number) => ({
    id: 'off',
    cost: costs(cost),
    give: { kind: 'amount-off', amount },
  });

  it('give back cost × discount returned / discount, rounded down, less what was given back before', () => {
    // 100 off three lines of 300 is 34, 33, 33; 10 points: 3.3 → 3, 6.6 → 6 − 3, 10 − 6.
    const sold = sell({ rewards: [off(100, 10)] }, [line(300), line(300), line(300)], ['off']);
    expect(givenBackOf(sold, [[[2, '1']], [[1, '1']], [[0, '1']]])).toEqual([[3], [3], [4]]);
    expect(
      givenBackOf(sold, [
        [[0, '1']],
        [
          [1, '1'],
          [2, '1'],
        ],
      ]),
    ).toEqual([[3], [7]]);
  });

  it('count a line by quantity returned / quantity sold, exactly: a third of 10 is 3, two thirds 6', () => {
    const sold = sell({ rewards: [off(100, 10)] }, [line(300, { quantity: '3' })], ['off']);
    expect(givenBackOf(sold, [[[0, '1']], [[0, '1']], [[0, '1']]])).toEqual([[3], [3], [4]]);
  });

  it('round down once, not line by line: 3 × (50/3 + 50/3) / 100 is just 1', () => {
    const sold = sell(
      { rewards: [off(100, 3)] },
      [line(100, { quantity: '3' }), line(100, { quantity: '3' })],
      ['off'],
    );
    expect(
      givenBackOf(sold, [
        [
          [0, '1'],
          [1, '1'],
        ],
        [[0, '2']],
        'all',
      ]),
    ).toEqual([[1], [1], [1]]);
  });

  it('leave free units out of returned and sold: 9 for 10 % of two charged ones is 4.5 → 4, then 5, then nothing', () => {
    const rewards = [
      { id: 'free', cost: null, give: { kind: 'free-item' } },
      { id: 'off', cost: costs(9), give: { kind: 'percent-off', percent: '10' } },
    ];
    const sold = sell({ rewards }, [line(200, { quantity: '3' })], ['free', 'off']);
    expect(givenBackOf(sold, [[[0, '1']], [[0, '1']], [[0, '1']]])).toEqual([
      [0, 4],
      [0, 5],
      [0, 0],
    ]);
  });

  it('give nothing back for a line that they took nothing off', () => {
    const rewards = [
      { id: 'off', cost: costs(8), give: { kind: 'percent-off', percent: '50', lines: { sku: ['TEA'] } } },
    ];
    const sold = sell({ rewards }, [line(300), line(200, { sku: 'TEA' })], ['off']);
    expect(givenBackOf(sold, [[[0, '1']], [[1, '1']]])).toEqual([[0], [8]]);
  });

  it('give the whole cost back for a discount that was cut at the total', () => {
    const sold = sell({ rewards: [off(500, 50)] }, [line(100), line(200)], ['off']);
    // 300 off costs the full 50: 50 × 100 / 300 = 16.67.
    expect(givenBackOf(sold, [[[0, '1']], [[1, '1']]])).toEqual([[16], [34]]);
  });

  it('do so with points that paid: 300 points for 2.00 and 1.00', () => {
    const rewards = [{ id: 'pay', cost: { wallet: 'points' }, give: { kind: 'spend', points: 100, money: 100 } }];
    const sold = sell({ rewards }, [line(400), line(200)], [['pay', 300]]);
    expect(givenBackOf(sold, [[[1, '1']], 'all'])).toEqual([[100], [200]]);
  });

  it('are each counted for themselves, and summed by wallet', () => {
    const rewards = [
      { id: 'a', cost: costs(10), give: { kind: 'percent-off', percent: '50' } },
      { id: 'b', cost: costs(3, 'stamps'), give: { kind: 'amount-off', amount: 50 } },
      { id: 'c', cost: costs(5), give: { kind: 'amount-off', amount: 50 } },
    ];
    const sold = sell({ rewards }, [line(200, { quantity: '2' })], ['a', 'b', 'c']);
    const [first, second] = refundsOf(sold, [[[0, '1']], 'all']);
    expect([first?.givenBack, second?.givenBack]).toEqual([
      [
        { wallet: 'points', amount: 7 },
        { wallet: 'stamps', amount: 1 },
      ],
      [
        { wallet: 'points', amount: 8 },
        { wallet: 'stamps', amount: 2 },
      ],
    ]);
  });
});

describe('other rewards, full-only', () => {
  it('give the cost back when everything has been returned, of every line', () => {
    const rewards = [{ id: 'off', cost: costs(10), give: { kind: 'amount-off', amount: 100 } }];
    const sold = sell({ ...FULL_ONLY, rewards }, [line(300, { quantity: '2' }), line(0)], ['off']);
    expect(givenBackOf(sold, [[[0, '1']], [[0, '1']], [[1, '1']]])).toEqual([[0], [0], [10]]);
  });
});

describe('a voucher or donation', () => {
  it('gives its cost back when its sale is refunded in full, also where the wallet prorates', () => {
    const { programme, record } = sell({}, [line(300, { quantity: '2' })]);
    const redemption = { reward: 'x' as RewardId, wallet: 'points' as WalletId, discount: minor(0), lines: [] }; // test ids
    const redeemed = [
      { ...redemption, cost: points(40) },
      { ...redemption, cost: points(7) },
    ];
    expect(givenBackOf({ programme, record: { ...record, redeemed } }, [[[0, '1']], [[0, '1']]])).toEqual([
      [0, 0],
      [40, 7],
    ]);
  });
});

describe('a standing benefit', () => {
  it('cost nothing and gives nothing back', () => {
    const rewards = [{ id: 'gold', cost: null, give: { kind: 'percent-off', percent: '5' } }];
    const sold = sell({ rewards }, [line(300, { quantity: '2' })], ['gold']);
    expect(refundsOf(sold, ['all'])[0]).toMatchObject({
      redeemed: [{ index: 0, reward: 'gold', wallet: null, amount: 0 }],
      givenBack: [],
      returned: { redeemed: [0] },
    });
  });
});

describe('the explanation', () => {
  it('says of what discount how much has come back, line by line, before and after', () => {
    const rewards = [{ id: 'off', cost: costs(10), give: { kind: 'amount-off', amount: 100 } }];
    const sold = sell({ rewards }, [line(300, { quantity: '1.5' }), line(150, { quantity: '3' })], ['off']);
    expect(refundsOf(sold, [[[1, '1']], [[0, '0.5']]])[1]?.redeemed).toEqual([
      {
        index: 0,
        reward: 'off',
        wallet: 'points',
        amount: 2, // 10 × (50/3 + 50/3) / 100 = 3.33 → 3, less 1
        explain: {
          basis: 'discount',
          cost: 10,
          before: 1,
          after: 3,
          of: 100,
          parts: [
            { line: 0, of: 50, returned: '0.5', sold: '1.5' },
            { line: 1, of: 50, returned: '1', sold: '3' },
          ],
        },
      },
    ]);
  });

  it('says how many of its free units have come back', () => {
    const rewards = [{ id: 'free', cost: costs(50), give: { kind: 'free-item', quantity: 2 } }];
    const sold = sell({ rewards }, [line(200, { quantity: '2' })], ['free']);
    expect(refundsOf(sold, [[[0, '1']]])[0]?.redeemed[0]?.explain).toEqual({
      basis: 'units',
      cost: 50,
      before: 0,
      after: 25,
      of: 2,
      parts: [{ line: 0, of: 2, returned: '1', sold: '2' }],
    });
  });
});
