import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellsOf, cleanText, pad, spread, wrap } from './columns.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({
    unit: fc.constantFrom('咖', '啡', '👩‍👩‍👧', '🇹🇷', '🇩', 'é', 'e\u0301', '\u0301', 'ﾞ', 'क्षि', '\u200D', ' ', 'a'),
    maxLength: 80,
  }),
);

describe('columns', () => {
  it('counts two cells for wide characters and none for combining marks', () => {
    expect(['abc', 'é', 'e\u0301', '咖啡', '👩‍👩‍👧', ''].map(cellsOf)).toEqual([3, 1, 1, 4, 2, 0]);
  });

  it('wraps no line wider than the columns, whatever the text', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 4, max: 48 }), (text, columns) => {
        for (const line of wrap(cleanText(text), columns)) expect(cellsOf(line)).toBeLessThanOrEqual(columns);
      }),
    );
  });

  it('wraps without losing anything but spaces', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 4, max: 48 }), (text, columns) => {
        const clean = cleanText(text);
        expect(wrap(clean, columns).join('').replaceAll(' ', '')).toBe(clean.replaceAll(' ', ''));
      }),
    );
  });

  it('spreads no line wider than the columns, and the right text ends at the edge', () => {
    fc.assert(
      fc.property(anyText, anyText, fc.integer({ min: 8, max: 48 }), (left, right, columns) => {
        for (const line of spread(cleanText(left), cleanText(right), columns))
          expect(cellsOf(line)).toBeLessThanOrEqual(columns);
      }),
    );
    expect(spread('Flat white', '3.20', 20)).toEqual(['Flat white      3.20']);
    expect(spread('A very long name indeed', '3.20', 20)).toEqual(['A very long', 'name indeed     3.20']);
    expect(spread('Coffee', '12345678901234567890', 20)).toEqual(['Coffee', '12345678901234567890']);
  });

  it('pads from the left only', () => {
    expect([pad('ab', 7, 'left'), pad('ab', 7, 'center'), pad('ab', 7, 'right'), pad('abc', 2, 'right')]).toEqual([
      'ab',
      '  ab',
      '     ab',
      'abc',
    ]);
  });

  it('lets no command, line break or hidden character through', () => {
    expect(cleanText('a\u001B@b\nc\td\u00A0e\u202Ef\u0007')).toBe('a @b c d ef ');
    expect(cleanText('e\u0301')).toBe('é');
    expect(cleanText('a\uD800b')).toBe('a\uFFFDb');
  });
});
