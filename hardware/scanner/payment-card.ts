import { hasEanCheckDigit, hasLuhnCheckDigit } from './check-digits.ts';

/**
 * A payment card's number must never be stored or logged (PCI DSS). Ranges of first digits by scheme and length, as the
 * schemes publish them; a loyalty number in one of them that passes Luhn as well is refused too, which is the safe mistake.
 */
const SCHEMES: readonly { readonly digits: RegExp; readonly lengths: readonly number[] }[] = [
  { digits: /^4/, lengths: [13, 16, 18, 19] }, // Visa
  { digits: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] }, // Mastercard
  { digits: /^3[47]/, lengths: [15] }, // American Express
  { digits: /^(?:6011|64[4-9]|65)/, lengths: [16, 17, 18, 19] }, // Discover, RuPay
  { digits: /^(?:30[0-5]|3095|36|38|39)/, lengths: [14, 15, 16, 17, 18, 19] }, // Diners
  { digits: /^35(?:2[89]|[3-8])/, lengths: [16, 17, 18, 19] }, // JCB
  { digits: /^62/, lengths: [16, 17, 18, 19] }, // UnionPay
  { digits: /^(?:5018|5020|5038|5893|6304|6759|676[1-3])/, lengths: [13, 14, 15, 16, 17, 18, 19] }, // Maestro
  { digits: /^220[0-4]/, lengths: [16, 17, 18, 19] }, // Mir
  { digits: /^(?:9792|60|81|82|508)/, lengths: [16] }, // Troy, RuPay
];

/** Track 1 `%B…^…^YYMM`, track 2 `;…=YYMM`, with or without the sentinels that some readers drop; refused unread. */
const TRACK_1 = /^%?B\d[\d ]{11,22}\^[^^]*\^/i;
const TRACK_2 = /^;?\d{12,19}=\d{4}/;

export function isPaymentCard(scanned: string): boolean {
  const text = scanned.trim();
  if (TRACK_1.test(text) || TRACK_2.test(text)) return true;
  const digits = text.replaceAll(/[ -]/g, '');
  if (!/^\d{13,19}$/.test(digits) || !hasLuhnCheckDigit(digits)) return false;
  // Visa's 13-digit numbers are out of use, while every tenth EAN-13 that begins with 4 happens to pass Luhn.
  if (digits.length === 13 && hasEanCheckDigit(digits)) return false;
  return SCHEMES.some((scheme) => scheme.lengths.includes(digits.length) && scheme.digits.test(digits));
}
