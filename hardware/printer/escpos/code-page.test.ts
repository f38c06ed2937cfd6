import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printableOn } from './code-page.ts';

const cp858 = printableOn({ encoding: 'cp858', number: 19 });
const win1252 = printableOn({ encoding: 'windows1252', number: 16 });

describe('what a code page can print', () => {
  it('keeps what the page has', () => {
    expect(cp858('Größe 12,50 € £ ñ × Çay')).toBe('Größe 12,50 € £ ñ × Çay');
    expect(win1252('Größe 12,50 € “œ” …')).toBe('Größe 12,50 € “œ” …');
  });

  it('writes Turkish and other Latin letters in the letters that it has, never as a question mark', () => {
    expect(win1252('İıŞşĞğÜüÖöÇç')).toBe('IiSsGgÜüÖöÇç');
    expect(cp858('İıŞşĞğ Łódź Ő “œ” … – − ₺ ﬁ Ａ')).toBe('IiSsGg Lódz O "oe" ... - - TL fi A');
    expect(cp858('S\u0327 g\u0306 I\u0307')).toBe('S g I');
  });

  it('puts one question mark for a character without likeness', () => {
    expect(cp858('咖啡 👩‍👩‍👧 ok')).toBe('?? ? ok');
  });

  it('drops what is invisible and lets no control character through', () => {
    expect(cp858('a\u200Db\uFE0Fc\u00ADd\u00A0e')).toBe('abcd e');
    expect(cp858('\u001B@\u007F')).toBe('?@?');
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const printable of [cp858, win1252]) expect(printable(printable(text))).toBe(printable(text));
      }),
    );
  });
});
