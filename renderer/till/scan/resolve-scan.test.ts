import { describe, expect, it } from 'vitest';
import type { CatalogueItem } from '../../../base/catalogue.ts';
import { looksLikeCode, resolveScan } from './resolve-scan.ts';

const CUP: CatalogueItem = {
  sku: 'CUP',
  name: 'Cup',
  category: null,
  tags: [],
  unitPrice: 100,
  taxRate: '0',
  barcodes: ['4006381333931', '0036000291452'],
};

describe('a scanned code', () => {
  it.each(['4006381333931', ' 4006381333931\r', '036000291452'])('%j is a product', (text) =>
    expect(resolveScan(text, [CUP])).toEqual({ kind: 'item', item: CUP }),
  );

  it.each([
    ['2900000000018', '2900000000018'],
    ['m-1234', 'M-1234'],
  ])('%j is a card', (text, card) => expect(resolveScan(text, [CUP])).toEqual({ kind: 'card', card }));

  it('is refused where it was misread, or is a payment card', () => {
    expect([resolveScan('2900000000019', []), resolveScan('4111111111111111', [])]).toMatchObject([
      { kind: 'refused', refusal: { code: 'malformed-barcode' } },
      { kind: 'refused', refusal: { code: 'payment-card' } },
    ]);
  });
});

describe('a typed text', () => {
  it.each(['2900000000018', 'M-1234', '12345'])('%j looks like a code', (text) =>
    expect(looksLikeCode(text)).toBe(true),
  );
  it.each(['Alma', '+49 170 1234567', '0170 1234567', 'alma1990@example.com', 'M-12'])('%j does not', (text) =>
    expect(looksLikeCode(text)).toBe(false),
  );
});
