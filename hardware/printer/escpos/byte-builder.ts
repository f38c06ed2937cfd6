// oxlint-disable-next-line typescript/triple-slash-reference -- an ambient module cannot be imported, and every tsconfig must see it
/// <reference path="./escpos-printer.d.ts" />
import EscPosPrinter from 'escpos/printer.js';
import type { CodePage } from './profile.ts';
import { printableOn } from './code-page.ts';
import type { TextAlign, TextSize } from '../../receipt/receipt-layout.ts';

/**
 * ESC/POS bytes through `escpos` 2.5.2, of which only what is right is used: initialise, align, text, feed, flush. Its sizes
 * leave `GS !` in force, its QR code is not Epson's, its cut has a fixed feed, and it has no command for a code page, so those
 * bytes are ours (commands: Epson's ESC/POS reference). Modes are sent when they change, and `cut` ends all of them.
 */
export type ByteBuilder = {
  mode(mode: TextMode): void;
  /** One line with its line feed. */
  line(text: string): void;
  feed(lines: number): void;
  qr(content: string, dotsPerModule: number): void;
  /** Feeds to the cutter and cuts partially, or feeds to the tear-off edge where there is no cutter. */
  cut(cutter: boolean): void;
  finish(): Uint8Array;
};

export type TextMode = {
  readonly align: TextAlign;
  readonly bold: boolean;
  readonly size: TextSize;
  readonly underline: boolean;
};

const PLAIN: TextMode = { align: 'left', bold: false, size: 'normal', underline: false };
const ALIGNMENTS = { left: 'lt', center: 'ct', right: 'rt' } as const;
/** GS ! n: width minus one in the high half, height minus one in the low half. */
const SIZES: Readonly<Record<TextSize, number>> = { normal: 0x00, tall: 0x01, double: 0x11 };
const TEAR_OFF_LINES = 4;
const CUT_FEED_DOTS = 3;

export function byteBuilder(page: CodePage): ByteBuilder {
  const chunks: Buffer[] = [];
  const printer = new EscPosPrinter(
    {
      open: (done) => done(),
      write: (buffer, done) => {
        chunks.push(Buffer.from(buffer)); // a copy: flush hands out its live buffer, which the next receipt overwrites
        done?.();
      },
      close: (done) => done(),
    },
    { encoding: page.encoding },
  );
  const raw = (...bytes: readonly number[]) => printer.print(Buffer.from(bytes));
  const printable = printableOn(page);
  let current = PLAIN;

  const mode = (wanted: TextMode) => {
    if (wanted.align !== current.align) printer.align(ALIGNMENTS[wanted.align]);
    if (wanted.size !== current.size) raw(0x1d, 0x21, SIZES[wanted.size]);
    if (wanted.bold !== current.bold) raw(0x1b, 0x45, wanted.bold ? 1 : 0);
    if (wanted.underline !== current.underline) raw(0x1b, 0x2d, wanted.underline ? 1 : 0);
    current = wanted;
  };

  printer.hardware('init');
  raw(0x1c, 0x2e); // cancel Kanji mode, or printers with Asian firmware read two high bytes as one character
  raw(0x1b, 0x74, page.number);
  return {
    mode,
    line: (text) => {
      printer.pureText(printable(text));
      printer.feed(1);
    },
    feed: (lines) => printer.feed(lines),
    qr: (content, dotsPerModule) => {
      mode({ ...PLAIN, align: 'center' });
      for (const command of qrCommands(content, dotsPerModule)) printer.print(command);
      printer.feed(1);
    },
    cut: (cutter) => {
      mode(PLAIN);
      if (cutter) raw(0x1d, 0x56, 0x42, CUT_FEED_DOTS);
      else printer.feed(TEAR_OFF_LINES);
    },
    finish: () => {
      mode(PLAIN);
      printer.flush();
      return new Uint8Array(Buffer.concat(chunks.splice(0)));
    },
  };
}

/** GS ( k: model 2, module size, error correction M, store, print. Lengths count bytes, not characters. */
function qrCommands(content: string, dotsPerModule: number): Buffer[] {
  const bytes = Buffer.from(content, 'utf8');
  const length = bytes.length + 3;
  return [
    Buffer.from([0x1d, 0x28, 0x6b, 4, 0, 0x31, 0x41, 0x32, 0]),
    Buffer.from([0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x43, dotsPerModule]),
    Buffer.from([0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x45, 0x31]),
    Buffer.concat([Buffer.from([0x1d, 0x28, 0x6b, length & 0xff, length >> 8, 0x31, 0x50, 0x30]), bytes]),
    Buffer.from([0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x51, 0x30]),
  ];
}
