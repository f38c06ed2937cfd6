import { describe, expect, it } from 'vitest';
import { evaluateSale } from '../sale/evaluate.ts';
import { line, memberOf, PER_EURO, programmeOf, saleOf, valueOf } from '../testing/build.ts';
import { voidSale } from './void.ts';

describe('voidSale', () => {
  it('pays back what was paid, returns what was spent and takes back what was earned, per wallet', () => {
    const programme = programmeOf({
      earn: [
        PER_EURO,
        { id: 'more', wallet: 'points', amount: { per: 'sale', give: 5 } },
        { ...PER_EURO, id: 's', wallet: 'stamps' },
      ],
      rewards: [{ id: 'off', cost: { wallet: 'points', amount: 50 }, give: { kind: 'amount-off', amount: 100 } }],
    });
    const sale = saleOf([line(950)], { redeem: ['off'] });
    expect(voidSale(valueOf(evaluateSale(programme, memberOf({ spendable: { points: 60 } }), sale)))).toEqual({
      money: 850,
      returned: [{ wallet: 'points', amount: 50 }],
      takenBack: [
        { wallet: 'points', amount: 13 },
        { wallet: 'stamps', amount: 9 },
      ],
    });
  });
});
