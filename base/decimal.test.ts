import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssertionFailed } from './assert.ts';
import { decimalText, parseDecimal } from './decimal.ts';
import { rational } from './rational.ts';

describe('parseDecimal', () => {
  it.each([
    ['0', [0, 1]],
    ['0.375', [3, 8]],
    ['1.5000', [3, 2]],
    ['-0.5', [-1, 2]],
    ['100000', [100_000, 1]],
    ['0.0001', [1, 10_000]],
  ] as const)('reads %s exactly', (text, [top, bottom]) => {
    expect(parseDecimal(text)).toEqual(rational(top, bottom));
  });

  it.each([
    '',
    ' 1',
    '1 ',
    '+1',
    '01',
    '.5',
    '5.',
    '1,5',
    '1e9',
    '0x10',
    '1.00000',
    'NaN',
    'Infinity',
    '--1',
    '1_000',
    '١',
    '12345678901234567',
  ])('does not read %j', (text) => {
    expect(parseDecimal(text)).toBeUndefined();
  });

  it('reads every decimal with at most 4 places as its ten-thousandths', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 16n }), fc.boolean(), (parts, negative) => {
        const text = `${negative ? '-' : ''}${parts / 10_000n}.${String(parts % 10_000n).padStart(4, '0')}`;
        expect(parseDecimal(text)).toEqual(rational(negative ? -parts : parts, 10_000n));
      }),
    );
  });

  it('never throws, whatever the text', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseDecimal(text)));
  });
});

describe('decimalText', () => {
  it.each([
    ['0', 0, 1],
    ['2', 2, 1],
    ['10', 10, 1],
    ['0.375', 3, 8],
    ['2.5', 5, 2],
    ['0.0001', 1, 10_000],
    ['1.0203', 10_203, 10_000],
    ['100000', 100_000, 1],
    ['-0.5', -1, 2],
    ['-10', -10, 1],
  ] as const)('writes the shortest: %s for %d / %d', (text, numerator, denominator) => {
    expect(decimalText(rational(numerator, denominator))).toBe(text);
  });

  it.each([
    [1, 3],
    [1, 100_000],
    [-1, 20_000],
  ] as const)('does not write %d / %d, which needs more places', (numerator, denominator) => {
    expect(() => decimalText(rational(numerator, denominator))).toThrow(AssertionFailed);
  });

  it('is read back as it was, and nothing shorter is', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n }), (parts) => {
        const value = rational(parts, 10_000n);
        const text = decimalText(value);
        expect(parseDecimal(text)).toEqual(value);
        expect(parseDecimal(text.slice(0, -1))).not.toEqual(value);
      }),
    );
  });
});
