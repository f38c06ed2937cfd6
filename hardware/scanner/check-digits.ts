/** GS1, for the digits before the check digit of EAN-8, UPC-A, EAN-13 and the longer keys: weights 3, 1, 3, … from the right. */
export function eanCheckDigit(digits: string): number {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    sum += Number(digits.charAt(digits.length - 1 - place)) * (place % 2 === 0 ? 3 : 1);
  }
  return (10 - (sum % 10)) % 10;
}

export function hasEanCheckDigit(digits: string): boolean {
  return eanCheckDigit(digits.slice(0, -1)) === Number(digits.slice(-1));
}

/** ISO/IEC 7812: every second digit from the right doubled. */
export function hasLuhnCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits.charAt(digits.length - 1 - place));
    const weighted = place % 2 === 0 ? digit : digit * 2;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return digits.length > 0 && sum % 10 === 0;
}
