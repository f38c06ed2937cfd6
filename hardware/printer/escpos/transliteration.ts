/** Letters and signs that decomposition does not turn into ASCII, written as people write them without their own keyboard. */
const LIKENESSES: Readonly<Record<string, string>> = {
  '€': 'EUR',
  '₺': 'TL',
  '£': 'GBP',
  '¥': 'JPY',
  '₽': 'RUB',
  '₹': 'INR',
  '₩': 'KRW',
  '₴': 'UAH',
  '₪': 'ILS',
  '¢': 'c',
  ı: 'i',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  ħ: 'h',
  Ħ: 'H',
  ŧ: 't',
  Ŧ: 'T',
  ø: 'o',
  Ø: 'O',
  þ: 'th',
  Þ: 'Th',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ß: 'ss',
  ẞ: 'SS',
  ŋ: 'ng',
  Ŋ: 'NG',
  ĸ: 'k',
  ə: 'e',
  Ə: 'E',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '―': '-',
  '−': '-',
  '×': 'x',
  '÷': '/',
  '⁄': '/',
  '•': '*',
  '·': '.',
  '‘': "'",
  '’': "'",
  '‚': "'",
  '‛': "'",
  '′': "'",
  ʼ: "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '″': '"',
  '«': '"',
  '»': '"',
  '‹': "'",
  '›': "'",
  '…': '...',
  '™': 'TM',
  '©': '(c)',
  '®': '(R)',
  '№': 'No',
  '°': 'o',
  '±': '+/-',
  '¿': '?',
  '¡': '!',
  '→': '->',
  '←': '<-',
  '≤': '<=',
  '≥': '>=',
  '≈': '~',
};

/**
 * One character (a grapheme) in the letters of a page, or undefined where it has no likeness there: `ş` is `s`, `İ` is `I`,
 * `€` is `EUR` where the page lacks it, an accent that the page lacks is dropped. Invisible characters become nothing.
 */
export function transliterate(grapheme: string, repertoire: ReadonlySet<string>): string | undefined {
  let likeness = '';
  for (const character of grapheme) {
    const part = likenessOf(character, repertoire);
    if (part === undefined) return undefined;
    likeness += part;
  }
  return likeness;
}

function likenessOf(character: string, repertoire: ReadonlySet<string>): string | undefined {
  if (repertoire.has(character)) return character;
  const known = LIKENESSES[character];
  if (known !== undefined) return known;
  if (/[\p{M}\p{Cf}]/u.test(character)) return '';
  if (/\p{Zs}/u.test(character)) return ' ';
  const parts = character.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  if (parts === '' || parts === character) return undefined;
  let likeness = '';
  for (const part of parts) {
    const written = repertoire.has(part) ? part : LIKENESSES[part];
    if (written === undefined) return undefined;
    likeness += written;
  }
  return likeness;
}
