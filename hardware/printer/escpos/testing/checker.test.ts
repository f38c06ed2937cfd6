import { describe, expect, it } from 'vitest';
import { readEscPos } from './checker.ts';

const PAPER = { columns: 32, pages: new Map([[19, 'cp858'] as const]) };
const read = (hex: string) => readEscPos(Buffer.from(hex.replaceAll(' ', ''), 'hex'), PAPER).problems;

describe('ESC/POS checker', () => {
  it('accepts a plain job', () => {
    expect(read('1b40 1c2e 1b7413 41d50a 1d564203')).toEqual([]);
  });

  it.each([
    ['no initialisation', '41 0a', 'does not begin with ESC @'],
    ['a drawer kick without its times', '1b40 1b7000', 'unknown command ESC 70'],
    ['an unknown command', '1b40 1b99 00', 'unknown command ESC 99'],
    ['a command cut short', '1b40 1b', 'ends inside a command'],
    ['a QR frame cut short', '1b40 1d286b0900315030 41', 'ends inside a command'],
    ['a QR that was never stored', '1b40 1d286b0300315130', 'QR printed before it was set up'],
    ['a page that the printer lacks', '1b40 1b740d', 'code page 13'],
    ['a high byte under Kanji mode', '1b40 1b7413 d50a', 'Kanji'],
    ['a line too wide', `1b40 ${'41'.repeat(33)} 0a`, 'line of 33 cells'],
    ['a double line too wide', `1b40 1d2111 ${'41'.repeat(17)} 0a 1d2100`, 'line of 34 cells'],
    ['bold left on', '1b40 1b4501 410a', 'mode left on'],
    ['alignment inside a line', '1b40 41 1b6101 0a 1b6100', 'in the middle of a line'],
    ['text after the cut', '1b40 1d564203 41 0a', 'after the cut'],
    ['a stray control byte', '1b40 00 0a', 'control byte 00'],
    ['text without an end', '1b40 41', 'ends inside a line'],
  ])('names %s', (_, hex, problem) => {
    expect(read(hex).join('; ')).toContain(problem);
  });
});
