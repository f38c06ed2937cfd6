import type { CardCode } from '../../base/ids.ts';
import { ok, refused, type Refusal, type Result } from '../../base/result.ts';
import { hasEanCheckDigit } from './check-digits.ts';
import { isPaymentCard } from './payment-card.ts';

/**
 * From the text of a scan, or of a number typed in, to the code that a card is looked up by. Nothing that could be a payment
 * card goes further than this file, into no log and no refusal's sentence.
 */
export const SCAN_CODE_CHARS_MAX = 64;

export type CardCodeRefusal = Refusal<'malformed-barcode' | 'payment-card'>;

/**
 * One suffix (CR, LF or TAB) and outer spaces go; letters become upper-case, as Code 39 prints them and scanners in CapsLock
 * mangle them; a UPC-A of 12 digits gets the 0 that makes it an EAN-13. Numbers of 8, 12 and 13 digits must have the check
 * digit of EAN-8, UPC-A and EAN-13; longer or shorter ones and those with letters are taken as they are.
 */
export function parseCardCode(scanned: string): Result<CardCode, CardCodeRefusal> {
  if (scanned.length > SCAN_CODE_CHARS_MAX * 4) return refused('malformed-barcode', TOO_LONG);
  if (isPaymentCard(scanned)) {
    return refused('payment-card', 'This looks like a payment card. Scan or type the loyalty card instead.');
  }
  const text = scanned
    .replace(/(?:\r\n|\r|\n|\t)$/, '')
    .trim()
    .toUpperCase();
  if (text === '') return refused('malformed-barcode', 'The barcode is empty. Scan the card again.');
  if (text.length > SCAN_CODE_CHARS_MAX) return refused('malformed-barcode', TOO_LONG);
  if (!/^[!-~](?:[ -~]*[!-~])?$/.test(text)) {
    return refused('malformed-barcode', 'The barcode holds characters that no card has. Scan the card again.');
  }
  if (/^(?:\d{8}|\d{12}|\d{13})$/.test(text) && !hasEanCheckDigit(text)) {
    return refused('malformed-barcode', 'The check digit is wrong, so the number was misread. Scan or type it again.');
  }
  const normal = /^\d{12}$/.test(text) ? `0${text}` : text;
  return ok(normal as CardCode); // just checked
}

const TOO_LONG = `The barcode is longer than ${SCAN_CODE_CHARS_MAX} characters, so it is not a card of this shop.`;
