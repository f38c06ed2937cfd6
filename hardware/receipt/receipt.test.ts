import { describe, expect, it } from 'vitest';
import { GERMAN_SALE, SALE, TEST_PRINT, VOID } from './testing/example-receipts.ts';
import { asCopy, receiptSchema, type Receipt } from './receipt.ts';

describe('receipt', () => {
  it.each<Receipt>([SALE, GERMAN_SALE, VOID, TEST_PRINT])('is the same after JSON and its schema: $kind', (receipt) => {
    expect(receiptSchema.parse(JSON.parse(JSON.stringify(receipt)))).toEqual(receipt);
  });

  it.each([
    ['money with a fraction', { ...SALE, totalMinor: 1.5 }],
    ['a field that nobody knows', { ...SALE, cashier: 'x' }],
    ['an unknown kind', { ...SALE, kind: 'gift' }],
    ['a locale that is none', { ...SALE, locale: 'english!' }],
    ['a document from the future', { ...SALE, version: 2 }],
    ['a name without end', { ...SALE, till: 'x'.repeat(401) }],
  ])('is refused with %s', (_, document) => {
    expect(receiptSchema.safeParse(document).success).toBe(false);
  });

  it('carries the newest mark as a copy and changes nothing else', () => {
    const first = { date: '25/11/2026', time: '15:00' };
    const second = { date: '26/11/2026', time: '09:00' };
    expect(asCopy(asCopy(SALE, first), second)).toEqual({ ...SALE, copy: second });
  });
});
