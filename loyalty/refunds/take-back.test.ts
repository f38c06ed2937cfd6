import { describe, expect, it } from 'vitest';
import { line } from '../testing/build.ts';
import { refundsOf, sell, takenBackOf } from '../testing/refunds.ts';

const POINTS = { wallet: 'points' };
const spend = (parts: object = {}) => ({
  id: 'base',
  ...POINTS,
  amount: { per: 'spend', give: 1, every: 100 },
  ...parts,
});

describe('earnings are computed again for what is left (fine print 27)', () => {
  it('and the difference is lost: 11.97 gives 11, 7.98 gives 7, 3.99 gives 3', () => {
    const sold = sell({ earn: [spend()] }, [line(399, { quantity: '3' })]);
    expect(takenBackOf(sold, [[[0, '1']], [[0, '1']], 'all'])).toEqual([[4], [4], [3]]);
    expect(takenBackOf(sold, ['all'])).toEqual([[11]]);
  });

  it('with paid = paid less money back: 9.00 paid of 10.00 gives 9, of 2 × 5.00 one back leaves 4.50', () => {
    const rewards = [{ id: 'off', cost: null, give: { kind: 'percent-off', percent: '10' } }];
    const sold = sell({ earn: [spend()], rewards }, [line(500, { quantity: '2' })], ['off']);
    expect(takenBackOf(sold, [[[0, '1']]])).toEqual([[5]]);
  });

  it('with list price = quantity left × unit price, half up: 0.5 × 3.99 = 1.995 gives 2 on list', () => {
    const sold = sell({ earn: [spend({ basis: 'list' })] }, [line(399, { quantity: '2' })]);
    expect(takenBackOf(sold, [[[0, '1.5']]])).toEqual([[5]]); // 7.98 → 7, then 200 → 2
  });

  it('on net with the tax of what is left: 323 left of 484 at 7 % is 302, which gives 3', () => {
    const sold = sell({ earn: [spend({ basis: 'net' })] }, [line(1290, { quantity: '0.375', taxRate: '0.07' })]);
    expect(takenBackOf(sold, [[[0, '0.125']]])).toEqual([[1]]);
  });

  it('with minSpend judged again: 9.99 left is below 10.00, so all is lost', () => {
    const sold = sell({ earn: [spend({ when: { minSpend: 1_000 } })] }, [line(999), line(501)]);
    expect(takenBackOf(sold, [[[1, '1']], 'all'])).toEqual([[15], [0]]);
  });

  it('with perSale judged again: 15 capped at 10, 12 left still gives 10, 8 left gives 8', () => {
    const sold = sell({ earn: [spend({ cap: { perSale: 10 } })] }, [line(100, { quantity: '15' })]);
    expect(takenBackOf(sold, [[[0, '3']], [[0, '4']]])).toEqual([[0], [2]]);
  });

  it('rule by rule and wallet by wallet, with a line that is gone in no rule any more', () => {
    const earn = [
      { id: 'tea', ...POINTS, amount: { per: 'sale', give: 5 }, lines: { sku: ['TEA'] } },
      { id: 'stamp', wallet: 'stamps', amount: { per: 'item', give: 1 } },
      { id: 'any', ...POINTS, amount: { per: 'sale', give: 2 } },
    ];
    const sold = sell({ earn }, [line(200, { sku: 'TEA', quantity: '2' }), line(300)]);
    expect(takenBackOf(sold, [[[0, '1']], [[0, '1']], 'all'])).toEqual([
      [0, 1, 0],
      [5, 1, 0],
      [0, 1, 2],
    ]);
    expect(refundsOf(sold, [[[0, '2']]])[0]?.takenBack).toEqual([
      { wallet: 'points', amount: 5 },
      { wallet: 'stamps', amount: 2 },
    ]);
  });

  it('per item on whole units left less free ones, which come back last: 3 − 1, 2 − 1, 1 − 1', () => {
    const earn = [{ id: 'stamp', wallet: 'stamps', amount: { per: 'item', give: 1 } }];
    const rewards = [{ id: 'free', cost: null, give: { kind: 'free-item' } }];
    const sold = sell({ earn, rewards }, [line(200, { quantity: '3' })], ['free']);
    expect(takenBackOf(sold, [[[0, '1']], [[0, '1']], [[0, '1']]])).toEqual([[1], [1], [0]]);
  });

  it('per item on list on all whole units left', () => {
    const earn = [{ id: 'stamp', wallet: 'stamps', amount: { per: 'item', give: 1 }, basis: 'list' }];
    const rewards = [{ id: 'free', cost: null, give: { kind: 'free-item' } }];
    const sold = sell({ earn, rewards }, [line(200, { quantity: '2.5' })], ['free']);
    expect(takenBackOf(sold, [[[0, '1']], [[0, '1']], 'all'])).toEqual([[1], [1], [0]]);
  });

  it('and a rule never gives more than before: without the half multiplier 8.00 would give 8, and it stays at 7', () => {
    const half = { id: 'half', ...POINTS, multiply: '0.5', when: { minSpend: 1_400 } };
    const sold = sell({ earn: [spend(), half] }, [line(100, { quantity: '14' })]);
    expect(sold.record.earned).toEqual([{ rule: 'base', wallet: 'points', amount: 7 }]);
    expect(takenBackOf(sold, [[[0, '6']], [[0, '2']], 'all'])).toEqual([[0], [1], [6]]);
  });

  it('nor more than an earlier refund left it', () => {
    // 20 halved is 10; 15 halved is 7; 13 in full would be 13, and it stays at 7.
    const half = { id: 'half', ...POINTS, multiply: '0.5', when: { minSpend: 1_400 } };
    const sold = sell({ earn: [spend(), half] }, [line(100, { quantity: '20' })]);
    expect(takenBackOf(sold, [[[0, '5']], [[0, '2']], 'all'])).toEqual([[3], [0], [7]]);
  });

  it('and rewards are not judged again: the discount of 500 from 10.00 on stays with half of it returned', () => {
    const rewards = [{ id: 'off', cost: null, give: { kind: 'amount-off', amount: 500 }, when: { minSpend: 1_000 } }];
    const sold = sell({ earn: [spend()], rewards }, [line(500, { quantity: '2' })], ['off']);
    const [first] = refundsOf(sold, [[[0, '1']]]);
    expect([first?.money, first?.takenBack]).toEqual([250, [{ wallet: 'points', amount: 3 }]]);
  });
});

describe('what the sale saw stays', () => {
  it('of the day: 7 given elsewhere left 3 of 10; 4 units left still give 3, 2 units 2', () => {
    const earn = [spend({ cap: { perDay: 10 } })];
    const sold = sell({ earn }, [line(100, { quantity: '8' })], [], { earnedToday: { base: 7 } });
    expect(takenBackOf(sold, [[[0, '4']], [[0, '2']], 'all'])).toEqual([[0], [1], [2]]);
  });

  it('of firstSale: what it gave, it gives again for what is left', () => {
    const earn = [spend({ when: { firstSale: true } })];
    const sold = sell({ earn }, [line(100, { quantity: '8' })], [], { visits: 0 });
    expect(takenBackOf(sold, [[[0, '3']], 'all'])).toEqual([[3], [5]]);
  });

  it('of frequent: bought three times before, the tea still gives double', () => {
    const frequent = { times: 3, within: 'P30D' };
    const earn = [spend(), { id: 'twice', ...POINTS, multiply: '2', lines: { frequent } }];
    const purchases = { TEA: ['2026-02-10', '2026-02-11', '2026-03-01'] };
    const lines = [line(100, { sku: 'TEA', quantity: '5' }), line(100, { quantity: '5' })];
    const sold = sell({ earn }, lines, [], { purchases });
    expect(takenBackOf(sold, [[[0, '1']], [[1, '1']], 'all'])).toEqual([[2], [1], [12]]);
  });
});

describe('a sale without a member', () => {
  it('loses nothing', () => {
    const sold = sell({ earn: [spend()] }, [line(100)]);
    expect(refundsOf({ ...sold, record: { ...sold.record, earned: [] } }, ['all'])[0]).toMatchObject({
      earned: [],
      takenBack: [],
      returned: { earned: [] },
    });
  });
});

describe('the explanation', () => {
  it('says what each rule gave before and gives now, and how that is computed', () => {
    const sold = sell({ earn: [spend()] }, [line(399, { quantity: '3' })]);
    const [first, second] = refundsOf(sold, [[[0, '1']], 'all']);
    expect([...(first?.earned ?? []), ...(second?.earned ?? [])]).toEqual([
      {
        index: 0,
        rule: 'base',
        wallet: 'points',
        amount: 4,
        explain: {
          before: 11,
          after: 7,
          again: {
            measure: 'money',
            basis: 798,
            multipliers: [{ multiplier: '1', basis: 798 }],
            exact: '399/50',
            rounding: 'down',
          },
        },
      },
      { index: 0, rule: 'base', wallet: 'points', amount: 7, explain: { before: 7, after: 0, again: null } },
    ]);
  });
});
