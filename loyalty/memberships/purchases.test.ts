import { describe, expect, it } from 'vitest';
import { membershipSchema } from '../programme/memberships.ts';
import { date, saleId } from '../testing/ladders.ts';
import { purchasesIn, unitsLeftIn } from './purchases.ts';

const MEMBERSHIPS = [
  membershipSchema.parse({ id: 'plus', sku: 'PLUS', period: 'P1M' }),
  membershipSchema.parse({ id: 'gold-club', sku: 'GOLD', period: 'P1Y' }),
];
const sale = { sale: saleId('s1'), date: date('2026-03-02') };
const lines = (...quantities: readonly (readonly [string, string])[]) =>
  quantities.map(([sku, quantity]) => ({ sku, quantity }));

describe('purchasesIn', () => {
  it('is one for each membership, of the whole units of its lines (fine print 36)', () => {
    const sold = lines(['PLUS', '2'], ['COFFEE', '9'], ['PLUS', '1.75'], ['GOLD', '1']);
    expect(purchasesIn(MEMBERSHIPS, { ...sale, lines: sold })).toEqual([
      { membership: 'plus', purchase: { ...sale, sku: 'PLUS', units: 3, period: 'P1M' } },
      { membership: 'gold-club', purchase: { ...sale, sku: 'GOLD', units: 1, period: 'P1Y' } },
    ]);
  });

  it('is none of halves', () => {
    expect(purchasesIn(MEMBERSHIPS, { ...sale, lines: lines(['PLUS', '0.5'], ['PLUS', '0.5']) })).toEqual([]);
  });
});

describe('unitsLeftIn', () => {
  it('is what refunds left, of its own sku', () => {
    expect(unitsLeftIn({ sku: 'PLUS' }, lines(['PLUS', '0'], ['PLUS', '1.0000'], ['GOLD', '4']))).toBe(1);
  });
});
