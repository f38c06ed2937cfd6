import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDecimal } from '../../../base/decimal.ts';
import { addQuantities, parseQuantity } from './quantity.ts';

describe('quantities', () => {
  it.each([
    ['1', '1'],
    ['1,5', '1.5'],
    ['0.3750', '0.375'],
    [' 12. ', '12'],
    ['007', '7'],
    ['100000', '100000'],
  ])('reads %j as %s', (typed, expected) => expect(parseQuantity(typed)).toBe(expected));

  it.each(['', '0', '0.0000', '-1', '1.23456', '100000.1', '1e3', 'two', '1.2.3', '1 000'])(
    'does not read %j',
    (typed) => expect(parseQuantity(typed)).toBeUndefined(),
  );

  it.each([
    ['1', 1, '2'],
    ['0.1', 1, '1.1'],
    ['1.1', -1, '0.1'],
    ['99999.9999', 1, '100000.9999'],
  ])('adds %s and %i exactly', (quantity, whole, expected) => expect(addQuantities(quantity, whole)).toBe(expected));

  it('gives only what the contract takes, and the same value', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), (tenThousandths) => {
        const typed = (tenThousandths / 10_000).toFixed(4);
        const parsed = parseQuantity(typed);
        expect(parsed === undefined ? undefined : parseDecimal(parsed)).toEqual(parseDecimal(typed));
      }),
    );
  });
});
