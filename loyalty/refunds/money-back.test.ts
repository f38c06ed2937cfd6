import { describe, expect, it } from 'vitest';
import { line } from '../testing/build.ts';
import { moneyOf, refundsOf, sell } from '../testing/refunds.ts';

const OFF = (amount: number) => ({ id: 'off', cost: null, give: { kind: 'amount-off', amount } });
const FREE = (quantity: number, id = 'free') => ({ id, cost: null, give: { kind: 'free-item', quantity } });

describe('money back for a line (fine print 23)', () => {
  it('is in proportion to what is returned, half up: 1000 paid for 3 is 333.33 each, and the last gets what is left', () => {
    const sold = sell({ rewards: [OFF(200)] }, [line(400, { quantity: '3' })], ['off']);
    expect(moneyOf(sold, [[[0, '1']], [[0, '1']], [[0, '1']]])).toEqual([333, 333, 334]);
    expect(moneyOf(sold, [[[0, '2']], 'all'])).toEqual([667, 333]);
  });

  it('is half up of each refund: 1 paid for 2 is 0.5, so 1 and then nothing', () => {
    const sold = sell({ rewards: [OFF(1)] }, [line(1, { quantity: '2' })], ['off']);
    expect(moneyOf(sold, [[[0, '1']], [[0, '1']]])).toEqual([1, 0]);
  });

  it('is at most what is left of paid: 3 paid for 5 is 0.6 each, so 1, 1, 1 and then nothing', () => {
    const sold = sell({ rewards: [OFF(2)] }, [line(1, { quantity: '5' })], ['off']);
    expect(moneyOf(sold, [[[0, '1']], [[0, '1']], [[0, '1']], [[0, '1']], [[0, '1']]])).toEqual([1, 1, 1, 0, 0]);
  });

  it('counts parts of a unit: 484 × 0.125 / 0.375 = 161.33, then 323 are left', () => {
    const sold = sell({}, [line(1290, { quantity: '0.375' })]);
    expect(moneyOf(sold, [[[0, '0.125']], [[0, '0.25']]])).toEqual([161, 323]);
  });

  it('is that of its own line', () => {
    const sold = sell({}, [line(100), line(250, { quantity: '2' }), line(399)]);
    expect(
      refundsOf(sold, [
        [
          [2, '1'],
          [1, '1'],
        ],
        'all',
      ]).map(({ lines, money }) => [lines, money]),
    ).toEqual([
      [
        [
          { line: 1, quantity: '1', freeUnits: 0, money: 250 },
          { line: 2, quantity: '1', freeUnits: 0, money: 399 },
        ],
        649,
      ],
      [
        [
          { line: 0, quantity: '1', freeUnits: 0, money: 100 },
          { line: 1, quantity: '1', freeUnits: 0, money: 250 },
        ],
        350,
      ],
    ]);
  });

  it('is nothing for free units, which come back last: 3 for 200 each with one free bring 200, 200 and 0', () => {
    const sold = sell({ rewards: [FREE(1)] }, [line(200, { quantity: '3' })], ['free']);
    const goes = refundsOf(sold, [[[0, '1']], [[0, '1']], [[0, '1']]]);
    expect(goes.map(({ lines }) => lines[0])).toEqual([
      { line: 0, quantity: '1', freeUnits: 0, money: 200 },
      { line: 0, quantity: '1', freeUnits: 0, money: 200 },
      { line: 0, quantity: '1', freeUnits: 1, money: 0 },
    ]);
    expect(moneyOf(sold, [[[0, '3']]])).toEqual([400]);
  });

  it('is all that is left with the last charged unit: 4 for 250, one free, 250 off, leave 500 for 3', () => {
    const sold = sell({ rewards: [FREE(1), OFF(250)] }, [line(250, { quantity: '4' })], ['free', 'off']);
    expect(moneyOf(sold, [[[0, '1']], [[0, '2']], [[0, '1']]])).toEqual([167, 333, 0]);
    expect(moneyOf(sold, [[[0, '1']], [[0, '1']], [[0, '2']]])).toEqual([167, 167, 166]);
  });

  it('of a line that is free altogether is nothing', () => {
    const sold = sell({ rewards: [FREE(2)] }, [line(200, { quantity: '2' })], ['free']);
    expect(refundsOf(sold, [[[0, '1']], 'all']).map(({ lines }) => lines[0])).toEqual([
      { line: 0, quantity: '1', freeUnits: 1, money: 0 },
      { line: 0, quantity: '1', freeUnits: 1, money: 0 },
    ]);
  });

  it('lists a free unit once all of it is back: 2.5 for 200 each, one free, leave 300 for 1.5', () => {
    const sold = sell({ rewards: [FREE(1)] }, [line(200, { quantity: '2.5' })], ['free']);
    expect(refundsOf(sold, [[[0, '1']], [[0, '1']], 'all']).map(({ lines }) => lines[0])).toEqual([
      { line: 0, quantity: '1', freeUnits: 0, money: 200 },
      { line: 0, quantity: '1', freeUnits: 0, money: 100 },
      { line: 0, quantity: '0.5', freeUnits: 1, money: 0 },
    ]);
  });
});
