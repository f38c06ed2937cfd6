import { describe, expect, it } from 'vitest';
import { rational } from '../../base/rational.ts';
import { line, valueOf } from '../testing/build.ts';
import { parseQuantity, priceLines } from './price.ts';
import { redeemSchema, type SaleLine, saleLineSchema, saleLinesSchema } from './request.ts';
import { taxIn } from './tax.ts';

const refusalOf = (...lines: SaleLine[]) => {
  const priced = priceLines(lines);
  return priced.ok ? undefined : [priced.error.code, priced.error.path];
};

describe('priceLines (fine print 1)', () => {
  it('is quantity × unitPrice, half up, once a line', () => {
    const lines = [
      line(1290, { quantity: '0.375' }),
      line(1, { quantity: '0.5' }),
      line(333, { quantity: '3' }),
      line(0),
    ];
    expect(valueOf(priceLines(lines)).map(({ list, wholeUnits }) => [list, wholeUnits])).toEqual([
      [484, 0],
      [1, 0],
      [999, 3],
      [0, 1],
    ]);
  });

  it('reads a tax rate, 0 by default', () => {
    const lines = [line(1), line(1, { taxRate: '0.19' })];
    expect(valueOf(priceLines(lines)).map(({ taxRate }) => taxRate)).toEqual([rational(0), rational(19, 100)]);
  });

  it.each(['0', '-1', '0.00001', '1e9', '100000.0001', '', 'one', '1,5', '9007199254740993', '-0', 'NaN'])(
    'has no quantity %j',
    (quantity) => {
      expect(parseQuantity(quantity)).toBeUndefined();
      expect(refusalOf(line(1), line(100, { quantity }))).toEqual(['bad-quantity', 'lines.1.quantity']);
    },
  );

  it.each(['0.0001', '100000', '99999.9999'])('has the quantity %s', (quantity) => {
    expect(refusalOf(line(1, { quantity }))).toBeUndefined();
  });

  it.each<[string, Partial<SaleLine>]>([
    ['lines.0.unitPrice', { unitPrice: 0.5 }],
    ['lines.0.unitPrice', { unitPrice: -1 }],
    ['lines.0.unitPrice', { unitPrice: 2 ** 53 }],
    ['lines.0.unitPrice', { unitPrice: Number.NaN }],
    ['lines.0.taxRate', { taxRate: '19%' }],
    ['lines.0.taxRate', { taxRate: '-0.19' }],
    ['lines.0', { unitPrice: 1_000_000_000_001 }],
    ['lines.0', { unitPrice: 10_000_001, quantity: '100000' }],
  ])('refuses %s of %j as invalid', (path, parts) => {
    expect(refusalOf(line(1, parts))).toEqual(['invalid-request', path]);
  });

  it('holds a line and a sale to 10^12 minor units', () => {
    const half = line(500_000_000_000);
    expect(refusalOf(half, half)).toBeUndefined();
    expect(refusalOf(half, half, line(1))).toEqual(['invalid-request', 'lines.2']);
  });

  it('wants 1 to 1,000 lines', () => {
    const lines = Array.from({ length: 1_001 }, () => line(1));
    expect([refusalOf(), refusalOf(...lines), refusalOf(...lines.slice(1))]).toEqual([
      ['invalid-request', 'lines'],
      ['invalid-request', 'lines'],
      undefined,
    ]);
  });

  it('says invalid before bad-quantity, whichever line comes first (fine print 41)', () => {
    expect(refusalOf(line(1, { quantity: '0' }), line(-1))).toEqual(['invalid-request', 'lines.1.unitPrice']);
  });
});

describe('taxIn', () => {
  it.each([
    [484, '7', 100, 32],
    [350, '7', 100, 23],
    [899, '19', 100, 144],
    [323, '7', 100, 21],
    [0, '19', 100, 0],
    [899, '0', 100, 0],
  ] as const)('%i at %s %%: %i', (paid, top, bottom, tax) => {
    expect(taxIn(paid, rational(BigInt(top), bottom))).toBe(tax);
  });
});

describe('saleLinesSchema', () => {
  it('fills in what a POS leaves out', () => {
    expect(saleLinesSchema.parse([{ sku: 'A', quantity: '1', unitPrice: 5 }])).toEqual([
      { sku: 'A', tags: [], quantity: '1', unitPrice: 5 },
    ]);
  });

  it.each([
    [[]],
    [[{ sku: '', quantity: '1', unitPrice: 1 }]],
    [[{ sku: 'A', quantity: 1, unitPrice: 1 }]],
    [[{ sku: 'A', quantity: '1', unitPrice: 1.5 }]],
    [[{ sku: 'A', quantity: '1', unitPrice: -1 }]],
    [[{ sku: 'A', quantity: '1', unitPrice: 1, taxRate: '1e1' }]],
    [[{ sku: 'A', quantity: '1', unitPrice: 1, price: 2 }]],
  ])('refuses %j', (lines) => {
    expect(saleLinesSchema.safeParse(lines).success).toBe(false);
  });

  it('lets a bad quantity through to the evaluation, which has a code for it', () => {
    expect(saleLineSchema.safeParse({ sku: 'A', quantity: '-1', unitPrice: 1 }).success).toBe(true);
  });
});

describe('redeemSchema', () => {
  it('takes a reward, with points that the evaluation judges', () => {
    expect(
      [{ reward: 'r' }, { reward: 'r', points: -5 }].map((redeem) => redeemSchema.safeParse(redeem).success),
    ).toEqual([true, true]);
  });

  it.each([
    [{}],
    [{ reward: '' }],
    [{ reward: 'r', points: 0.5 }],
    [{ reward: 'r', points: '5' }],
    [{ reward: 'r', times: 2 }],
  ])('refuses %j', (redeem) => {
    expect(redeemSchema.safeParse(redeem).success).toBe(false);
  });
});
