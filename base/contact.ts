/** Phone and e-mail in the one form that is hashed and compared, so that every till and head office get the same hash. */

/**
 * E.164, or undefined where the text is no phone number. A number without `+` or `00` is read in `countryCode` (digits, `49`), with
 * one leading zero dropped.
 */
export function normalisePhone(text: string, countryCode: string): string | undefined {
  const typed = text.replaceAll(/[\s()./-]/g, '');
  const international = typed.startsWith('+') ? typed.slice(1) : typed.startsWith('00') ? typed.slice(2) : undefined;
  const digits = international ?? `${countryCode}${typed.replace(/^0/, '')}`;
  return /^[1-9]\d{6,14}$/.test(digits) ? `+${digits}` : undefined;
}

/** Lower case, since no mail provider in use tells case apart; undefined where it is no address. */
export function normaliseEmail(text: string): string | undefined {
  const address = text.trim().toLowerCase();
  return /^[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$/.test(address) && address.length <= 254 ? address : undefined;
}
