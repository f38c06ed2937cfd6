import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eanCheckDigit, hasEanCheckDigit, hasLuhnCheckDigit } from './check-digits.ts';
import { parseCardCode } from './code.ts';

const code = (text: string) => {
  const result = parseCardCode(text);
  return result.ok ? result.value : result.error.code;
};

describe('card code', () => {
  it.each([
    ['2900000000018', '2900000000018'],
    [' 2900000000018\r\n', '2900000000018'],
    ['2900000000018\t', '2900000000018'],
    ['036000291452', '0036000291452'],
    ['96385074', '96385074'],
    ['m-00417', 'M-00417'],
    ['12345', '12345'],
    ['800101234567890129', '800101234567890129'],
  ])('reads %j as %s', (text, expected) => {
    expect(code(text)).toBe(expected);
  });

  it.each([
    ['nothing', ''],
    ['only a suffix', '\r\n'],
    ['a wrong check digit of 13', '2900000000019'],
    ['a wrong check digit of 12', '036000291453'],
    ['a wrong check digit of 8', '96385075'],
    ['a control character inside', '29000\u001D00018'],
    ['letters that no barcode has', 'KÄRTE'],
    ['65 characters', 'A'.repeat(65)],
    ['a megabyte', '1'.repeat(1_000_000)],
  ])('refuses %s', (_, text) => {
    expect(code(text)).toBe('malformed-barcode');
  });

  it('says in a sentence what to do', () => {
    expect(parseCardCode('2900000000019')).toEqual({
      ok: false,
      error: {
        code: 'malformed-barcode',
        message: 'The check digit is wrong, so the number was misread. Scan or type it again.',
      },
    });
  });

  it.each([
    ['Visa', '4111111111111111'],
    ['Visa, in groups', '4111 1111 1111 1111'],
    ['Mastercard', '5555555555554444'],
    ['Mastercard of the 2 series', '2223003122003222'],
    ['American Express', '378282246310005'],
    ['Discover', '6011111111111117'],
    ['Diners', '30569309025904'],
    ['JCB', '3530111333300000'],
    ['UnionPay', '6200000000000005'],
    ['Maestro', '6759649826438453'],
    ['track 1', '%B4111111111111111^DOE/JANE^29121011000000000000?'],
    ['track 2', ';4111111111111111=29121011000000000000?'],
    ['track 2 misread', ';4111111111111112=2912?'],
  ])('refuses a payment card, and does not repeat its number: %s', (_, text) => {
    const result = parseCardCode(text);
    expect(result.ok ? result.value : result.error.code).toBe('payment-card');
    expect(JSON.stringify(result)).not.toMatch(/\d/);
  });

  it('takes loyalty numbers that only look a little like one', () => {
    expect([
      code('4006381333931'), // an EAN of Germany that begins like a Visa
      code('4000000000006'), // the same, and it passes Luhn as well
      code('4111111111111112'), // no Luhn
      code('9911111111111114'), // Luhn, but no scheme
    ]).toEqual(['4006381333931', '4000000000006', '4111111111111112', '9911111111111114']);
  });

  it('accepts every EAN-13 of a shop, and none with one digit changed', () => {
    const twelve = fc.stringMatching(/^2[0-9]{11}$/);
    fc.assert(
      fc.property(twelve, fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 9 }), (digits, place, by) => {
        const ean = `${digits}${eanCheckDigit(digits)}`;
        const wrong = ean.slice(0, place) + String((Number(ean[place]) + by) % 10) + ean.slice(place + 1);
        expect([code(ean), hasEanCheckDigit(wrong)]).toEqual([ean, false]);
      }),
    );
  });

  it('gives the same code for the code it gave', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 70 }), (text) => {
        const once = parseCardCode(text);
        if (once.ok) expect(parseCardCode(once.value)).toEqual(once);
      }),
    );
  });
});

describe('Luhn', () => {
  it('accepts the published example and none of its neighbours', () => {
    expect(['79927398713', '79927398710', '79927398731', ''].map(hasLuhnCheckDigit)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
