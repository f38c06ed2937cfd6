import { describe, expect, it } from 'vitest';
import { decimalSign, formatMoney, minorFromDigits } from './money.ts';

describe('money', () => {
  it.each([
    [1250, { locale: 'en-GB', currency: 'EUR', minorDigits: 2 }, '€12.50'],
    [1250, { locale: 'de-DE', currency: 'EUR', minorDigits: 2 }, '12,50\u00A0€'],
    [1250, { locale: 'ja-JP', currency: 'JPY', minorDigits: 0 }, '￥1,250'],
    [1_000_000_000_000, { locale: 'en', currency: 'USD', minorDigits: 2 }, '$10,000,000,000.00'],
    [5, { locale: 'en', currency: null, minorDigits: 2 }, '0.05'],
  ])('writes %i in the store’s way', (minor, format, expected) => expect(formatMoney(minor, format)).toBe(expected));

  it('takes digits from the right, as a till does', () => {
    expect(['', '0', '5', '1250', '00012', '€12.50'].map((typed) => minorFromDigits(typed, 10_000))).toEqual([
      0, 0, 5, 1250, 12, 1250,
    ]);
    expect(minorFromDigits('10001', 10_000)).toBeUndefined();
    expect(minorFromDigits('9'.repeat(16), Number.MAX_SAFE_INTEGER)).toBeUndefined();
  });

  it('knows the sign of the decimals', () => {
    expect([decimalSign('en'), decimalSign('de')]).toEqual(['.', ',']);
  });
});
