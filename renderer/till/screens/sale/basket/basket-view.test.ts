import { describe, expect, it } from 'vitest';
import {
  canConfirm,
  NO_SALE,
  withItem,
  withLine,
  withOtherMember,
  withQuantity,
  type SaleState,
} from '../../../state/sale-state.ts';
import { EXAMPLE_CATALOGUE } from '../../../testing/example-shop.ts';
import { basketView } from './basket-view.ts';

const [espresso, americano] = EXAMPLE_CATALOGUE;
if (espresso === undefined || americano === undefined) throw new Error('the example has no coffee');

function quoted(sale: SaleState): SaleState {
  const lines = sale.lines.map((_, line) => ({ line, list: 500, discount: 100, paid: 400, tax: 0 }));
  const totals = {
    list: 500,
    discount: 100,
    due: 400,
    tax: [],
    redeemed: [],
    earned: [],
    spent: [],
    gifts: [],
    balanceAfter: [],
    tierAfter: null,
    claimable: false,
    rewards: [],
  };
  const keys = sale.lines.map((line) => line.key);
  return { ...sale, quoted: { revision: sale.revision, keys, quote: { lines, ...totals } } };
}

describe('the basket', () => {
  it('makes one line of the same item, and another of the same item at another price', () => {
    const two = withItem(withItem(NO_SALE, espresso), espresso);
    expect(two.lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([['ESP', '2']]);
    expect(withItem(two, { ...espresso, unitPrice: 1 }).lines).toHaveLength(2);
  });

  it('shows what a line costs at once, and what the quote says when it has come', () => {
    const sale = withItem(NO_SALE, espresso);
    expect(basketView(sale)).toMatchObject({ due: null, pending: true, lines: [{ paid: 240, discount: 0 }] });
    expect(basketView(quoted(sale))).toMatchObject({ due: 400, pending: false, lines: [{ paid: 400, discount: 100 }] });
  });

  it('does not take an old quote for the new basket, but keeps its total in sight', () => {
    const changed = withItem(quoted(withItem(NO_SALE, espresso)), americano);
    expect(basketView(changed)).toMatchObject({ due: 400, pending: true, lines: [{ paid: 240 }, { paid: 290 }] });
    expect([
      canConfirm(changed),
      canConfirm(quoted(changed)),
      canConfirm(quoted({ ...changed, phase: 'committing' })),
    ]).toEqual([false, true, false]);
  });

  it('counts units, a weighed line as one', () => {
    const weighed = withLine(NO_SALE, { sku: 'W', name: 'Cheese', quantity: '0.375', unitPrice: 1990 });
    expect(basketView(withQuantity(withItem(weighed, espresso), '2', '3')).count).toBe(4);
  });

  it('is a new sale when its last line goes, for which no late answer counts', () => {
    const sale = withItem(NO_SALE, espresso);
    const gone = withQuantity(sale, '1', '0');
    expect({ lines: gone.lines, newer: gone.revision > sale.revision }).toEqual({ lines: [], newer: true });
  });

  it('forgets the rewards of the member before', () => {
    const sale = { ...withItem(NO_SALE, espresso), redeem: [{ reward: 'r' }] };
    expect(withOtherMember(sale).redeem).toEqual([]);
  });
});
