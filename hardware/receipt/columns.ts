import stringWidth from 'string-width';

/**
 * Text in columns of a monospace font: a CJK character or an emoji takes two cells, a combining mark none. Every function
 * measures whole lines, never the sum of parts, since neighbours can join into one character.
 */
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

export function cellsOf(text: string): number {
  return stringWidth(text);
}

/**
 * One line of text that can neither break a line nor reach the printer as a command: control and formatting characters go,
 * every kind of space becomes a plain one, letters are composed (code pages know `é`, not `e` with an accent after it).
 */
export function cleanText(text: string): string {
  return text
    .replaceAll(/\p{Cs}/gu, '\uFFFD')
    .replaceAll(/[\p{Cc}\p{Z}]/gu, ' ')
    .replaceAll(/(?!\u200D)\p{Cf}/gu, '')
    .normalize('NFC');
}

/** Breaks at spaces, and inside a word only where the word alone is too long. At least one line, which may be empty. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (word === '') continue;
    const longer = line === '' ? word : `${line} ${word}`;
    if (cellsOf(longer) <= columns) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = breakWord(word, columns);
    line = pieces.pop() ?? '';
    lines.push(...pieces);
  }
  return [...lines, line];
}

/** `left` wrapped, `right` at the right edge of its last line; where both do not fit side by side, on a line of its own. */
export function spread(left: string, right: string, columns: number): string[] {
  if (right === '') return wrap(left, columns);
  const room = columns - cellsOf(right) - 1;
  if (room < columns / 4) {
    return [...wrap(left, columns), ...wrap(right, columns).map((line) => pad(line, columns, 'right'))];
  }
  const lines = wrap(left, room);
  const last = lines.pop() ?? '';
  return [...lines, last + ' '.repeat(columns - cellsOf(last) - cellsOf(right)) + right];
}

/** Adds spaces before the text (never after it) to align it; a text that is too wide stays as it is. */
export function pad(text: string, columns: number, align: 'left' | 'center' | 'right'): string {
  const free = Math.max(0, columns - cellsOf(text));
  switch (align) {
    case 'left':
      return text;
    case 'center':
      return ' '.repeat(free >> 1) + text;
    case 'right':
      return ' '.repeat(free) + text;
    default:
      return align satisfies never;
  }
}

function breakWord(word: string, columns: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const part of partsOf(word, columns)) {
    if (cellsOf(piece + part) <= columns) {
      piece += part;
      continue;
    }
    if (piece !== '') pieces.push(piece);
    piece = part;
  }
  return [...pieces, piece];
}

/** Graphemes; one that alone is wider than the line (scripts stack them without end) falls apart into code points. */
function partsOf(word: string, columns: number): string[] {
  return Array.from(graphemes.segment(word), ({ segment }) => segment).flatMap((segment) =>
    cellsOf(segment) <= columns ? [segment] : Array.from(segment),
  );
}
