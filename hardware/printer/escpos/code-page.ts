import iconv from 'iconv-lite';
import type { CodePage } from './profile.ts';
import { transliterate } from './transliteration.ts';

/**
 * What a printer's code page can print. Text goes through `printableOn` before it is laid out, so that its width is known, and
 * once more before it becomes bytes, where it changes nothing. The result holds characters of the page only, one cell each.
 */
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const repertoires = new Map<CodePage['encoding'], ReadonlySet<string>>();

/** A character that has no likeness in the page (an emoji, a Chinese character) becomes one `?`. */
export function printableOn(page: CodePage): (text: string) => string {
  const repertoire = repertoireOf(page.encoding);
  return (text) => {
    let printable = '';
    for (const { segment } of graphemes.segment(text.normalize('NFC'))) {
      printable += repertoire.has(segment) ? segment : (transliterate(segment, repertoire) ?? '?');
    }
    return printable;
  };
}

function repertoireOf(encoding: CodePage['encoding']): ReadonlySet<string> {
  const known = repertoires.get(encoding);
  if (known !== undefined) return known;
  const bytes = Uint8Array.from({ length: 224 }, (_, index) => index + 0x20);
  const characters = [...iconv.decode(Buffer.from(bytes), encoding)];
  // No-break space and soft hyphen print differently from printer to printer; DEL and gaps in the page are commands or nothing.
  const repertoire = new Set(characters.filter((character) => !/[\p{Cc}\p{Cf}\u00A0\uFFFD]/u.test(character)));
  repertoires.set(encoding, repertoire);
  return repertoire;
}
