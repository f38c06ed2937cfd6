import { describe, expect, it } from 'vitest';
import { minor } from '../../base/numbers.ts';
import { line } from '../testing/build.ts';
import { refundsOf, sell } from '../testing/refunds.ts';
import { isAllReturned, remaining } from './remaining.ts';
import { nothingReturned } from './returned.ts';

const rewards = [
  { id: 'free', cost: { wallet: 'points', amount: 5 }, give: { kind: 'free-item' } },
  { id: 'off', cost: null, give: { kind: 'percent-off', percent: '10' } },
];
const earn = [{ id: 'base', wallet: 'points', amount: { per: 'sale', give: 1 } }];
// List 299.7 → 300 (fine print 1), of it 333 × 0.9; the second line 3 × 200 with the cheapest unit free, 40 off.
const sold = sell({ earn, rewards }, [line(333, { quantity: '0.9' }), line(200, { quantity: '3' })], ['free', 'off']);

describe('remaining (fine print 27)', () => {
  it('is the sale before the first refund', () => {
    expect(remaining(sold.record, nothingReturned(sold.record))).toEqual([
      { line: 0, quantity: '0.9', wholeUnits: 0, freeUnits: 0, paid: 270, list: 300 },
      { line: 1, quantity: '3', wholeUnits: 3, freeUnits: 1, paid: 360, list: 600 },
    ]);
  });

  it('has list price = quantity left × unit price, half up, and paid less money back', () => {
    const [{ returned } = { returned: nothingReturned(sold.record) }] = refundsOf(sold, [
      [
        [0, '0.4'],
        [1, '1'],
      ],
    ]);
    // 0.5 × 333 = 166.5 → 167; 270 − 120; 360 − 180.
    expect(remaining(sold.record, returned)).toEqual([
      { line: 0, quantity: '0.5', wholeUnits: 0, freeUnits: 0, paid: 150, list: 167 },
      { line: 1, quantity: '2', wholeUnits: 2, freeUnits: 1, paid: 180, list: 400 },
    ]);
  });

  it('keeps the free unit to the last', () => {
    const [{ returned } = { returned: nothingReturned(sold.record) }] = refundsOf(sold, [[[1, '2.5']]]);
    expect(remaining(sold.record, returned)[1]).toEqual(
      // Half of the free one has come back, too: no whole unit is left.
      { line: 1, quantity: '0.5', wholeUnits: 0, freeUnits: 0, paid: 0, list: 100 },
    );
  });

  it('is never below 0, also where two tills took the same units back', () => {
    const twice = {
      ...nothingReturned(sold.record),
      lines: [
        { quantity: '1.8', freeUnits: 0, money: minor(270) },
        { quantity: '5', freeUnits: 1, money: minor(360) },
      ],
    };
    expect(remaining(sold.record, twice).map(({ quantity, list }) => [quantity, list])).toEqual([
      ['0', 0],
      ['0', 0],
    ]);
    expect(isAllReturned(sold.record, twice)).toBe(true);
  });
});

describe('isAllReturned', () => {
  it('holds once nothing of any line is left, free units included', () => {
    const goes = refundsOf(sold, [[[0, '0.9']], [[1, '2']], [[1, '1']]]);
    expect(isAllReturned(sold.record, nothingReturned(sold.record))).toBe(false);
    expect(goes.map(({ returned, whole }) => [isAllReturned(sold.record, returned), whole])).toEqual([
      [false, false],
      [false, false],
      [true, true],
    ]);
  });
});
