import { describe, expect, it } from 'vitest';
import { cleanText } from './columns.ts';
import { receiptFormatter, walletFormatter } from './format.ts';

const written = (locale: string, currency: string, minorDigits: number, amountMinor: number) => {
  const format = receiptFormatter(locale, { currency, minorDigits });
  return [format.money(amountMinor), format.amount(amountMinor)].map(cleanText);
};

describe('receipt numbers', () => {
  it.each([
    ['en-GB', 'GBP', 2, 123456, ['£1,234.56', '1,234.56']],
    ['de-DE', 'EUR', 2, 123456, ['1.234,56 €', '1.234,56']],
    ['en-GB', 'GBP', 2, -5, ['-£0.05', '-0.05']],
    ['en-GB', 'JPY', 0, 1200, ['JP¥1,200', '1,200']],
    ['en-GB', 'KWD', 3, 1234, ['KWD 1.234', '1.234']],
    ['de-DE', 'EUR', 2, 999_999_999_999_999, ['9.999.999.999.999,99 €', '9.999.999.999.999,99']],
  ] as const)('%s %s with %i digits: %i', (locale, currency, digits, amount, expected) => {
    expect(written(locale, currency, digits, amount)).toEqual(expected);
  });

  it('writes points whole and a money wallet in its currency', () => {
    const wallet = { label: 'Points', earned: 0, spent: 0, balance: 0 };
    expect(walletFormatter('de-DE', wallet)(12345)).toBe('12.345');
    expect(walletFormatter('en-GB', { ...wallet, money: { currency: 'GBP', minorDigits: 2 } })(512)).toBe('£5.12');
  });
});
