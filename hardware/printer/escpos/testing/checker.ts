/**
 * For tests only: reads ESC/POS as a printer would and says what it printed and what was wrong. It shares no code with the
 * builder (its own tables and its own idea of every command), so one mistake cannot hide in both. Anything that it does not
 * know is a problem.
 */
export type PrintedLine = {
  readonly text: string;
  readonly align: 'left' | 'center' | 'right';
  readonly bold: boolean;
  readonly underline: boolean;
  readonly width: number;
  readonly height: number;
};

export type Printout = {
  readonly lines: readonly PrintedLine[];
  readonly qrCodes: readonly { readonly content: string; readonly dotsPerModule: number }[];
  readonly cuts: number;
  readonly problems: readonly string[];
};

export type PaperUnderTest = {
  readonly columns: number;
  /** What the number of `ESC t` selects on this printer. */
  readonly pages: ReadonlyMap<number, 'cp858' | 'windows-1252'>;
};

/** IBM code page 858, 80 to FF, from its published chart. */
const CP858 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00AD±‗¾¶§÷¸°¨·¹³²■\u00A0';

type Head = {
  at: number;
  readonly bytes: Uint8Array;
  page: 'cp858' | 'windows-1252' | undefined;
  kanji: boolean;
  align: number;
  bold: boolean;
  underline: boolean;
  width: number;
  height: number;
  line: number[];
  qr: { model?: boolean; size?: number; level?: boolean; stored?: string };
  readonly lines: PrintedLine[];
  readonly qrCodes: { content: string; dotsPerModule: number }[];
  cuts: number;
  readonly problems: string[];
};

export function readEscPos(bytes: Uint8Array, paper: PaperUnderTest): Printout {
  const head: Head = {
    at: 0,
    bytes,
    page: undefined,
    kanji: true,
    align: 0,
    bold: false,
    underline: false,
    width: 1,
    height: 1,
    line: [],
    qr: {},
    lines: [],
    qrCodes: [],
    cuts: 0,
    problems: [],
  };
  if (bytes[0] !== 0x1b || bytes[1] !== 0x40) head.problems.push('does not begin with ESC @');
  while (head.at < bytes.length) readNext(head, paper);
  if (head.line.length > 0) head.problems.push('ends inside a line');
  if (head.bold || head.underline || head.align !== 0 || head.width !== 1 || head.height !== 1) {
    head.problems.push('ends with a mode left on');
  }
  return { lines: head.lines, qrCodes: head.qrCodes, cuts: head.cuts, problems: head.problems };
}

function readNext(head: Head, paper: PaperUnderTest): void {
  const byte = take(head);
  if (head.cuts > 0) problem(head, `byte ${hex(byte)} after the cut`);
  if (byte === 0x0a) return endLine(head, paper);
  if (byte === 0x1b) return readEsc(head, paper);
  if (byte === 0x1c) return readFs(head);
  if (byte === 0x1d) return readGs(head);
  if (byte < 0x20 || byte === 0x7f) return problem(head, `control byte ${hex(byte)}`);
  if (byte > 0x7f && head.kanji) problem(head, 'high byte while Kanji mode may be on');
  if (byte > 0x7f && head.page === undefined) problem(head, 'high byte without a code page');
  head.line.push(byte);
}

function readEsc(head: Head, paper: PaperUnderTest): void {
  const command = take(head);
  if (command === 0x40) {
    Object.assign(head, { page: undefined, kanji: true, align: 0, bold: false, underline: false, width: 1, height: 1 });
    return;
  }
  const value = take(head);
  if (command === 0x74) {
    head.page = paper.pages.get(value);
    if (head.page === undefined) problem(head, `code page ${value}, which this printer does not have`);
  } else if (command === 0x61) {
    if (value > 2) problem(head, `alignment ${value}`);
    if (head.line.length > 0) problem(head, 'alignment in the middle of a line');
    head.align = value;
  } else if (command === 0x45) head.bold = flag(head, value);
  else if (command === 0x2d) head.underline = flag(head, value);
  else problem(head, `unknown command ESC ${hex(command)}`);
}

function readFs(head: Head): void {
  const command = take(head);
  if (command === 0x2e) head.kanji = false;
  else problem(head, `unknown command FS ${hex(command)}`);
}

function readGs(head: Head): void {
  const command = take(head);
  if (command === 0x21) {
    const size = take(head);
    head.width = (size >> 4) + 1;
    head.height = (size & 0x0f) + 1;
    if (head.width > 8 || head.height > 8) problem(head, `size ${hex(size)}`);
  } else if (command === 0x56) {
    const mode = take(head);
    if (mode === 0x42) take(head);
    else problem(head, `cut of kind ${hex(mode)}`);
    if (head.line.length > 0) problem(head, 'cut in the middle of a line');
    head.cuts += 1;
  } else if (command === 0x28 && take(head) === 0x6b) readQr(head);
  else problem(head, `unknown command GS ${hex(command)}`);
}

/** GS ( k pL pH cn fn …: the length counts cn, fn and the parameters. */
function readQr(head: Head): void {
  const length = take(head) + 256 * take(head);
  const body: number[] = [];
  for (let left = length; left > 0; left -= 1) body.push(take(head));
  const [symbol, fn, ...rest] = body;
  if (symbol !== 0x31) return problem(head, `two-dimensional code ${symbol}`);
  if (fn === 0x41) head.qr.model = rest.length === 2 && rest[0] === 0x32 && rest[1] === 0;
  else if (fn === 0x43) head.qr.size = rest[0] ?? 0;
  else if (fn === 0x45) head.qr.level = rest.length === 1 && (rest[0] ?? 0) >= 0x30 && (rest[0] ?? 0) <= 0x33;
  else if (fn === 0x50)
    head.qr.stored =
      rest[0] === 0x30 ? new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(rest.slice(1))) : '';
  else if (fn === 0x51) printQr(head);
  else problem(head, `QR function ${fn}`);
}

function printQr(head: Head): void {
  const { model, size, level, stored } = head.qr;
  if (
    model !== true ||
    level !== true ||
    size === undefined ||
    size < 1 ||
    size > 16 ||
    stored === undefined ||
    stored === ''
  ) {
    return problem(head, 'QR printed before it was set up');
  }
  if (head.line.length > 0) problem(head, 'QR in the middle of a line');
  head.qrCodes.push({ content: stored, dotsPerModule: size });
  head.qr = {};
}

function endLine(head: Head, paper: PaperUnderTest): void {
  const cells = head.line.length * head.width;
  if (cells > paper.columns) problem(head, `line of ${cells} cells on ${paper.columns} columns`);
  head.lines.push({
    text: decode(head.line, head.page),
    align: (['left', 'center', 'right'] as const)[head.align] ?? 'left',
    bold: head.bold,
    underline: head.underline,
    width: head.width,
    height: head.height,
  });
  head.line = [];
}

function decode(line: readonly number[], page: Head['page']): string {
  if (page === 'windows-1252') return new TextDecoder('windows-1252').decode(Uint8Array.from(line));
  return line.map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : CP858.charAt(byte - 0x80))).join('');
}

function flag(head: Head, value: number): boolean {
  if (value > 1) problem(head, `switch with value ${value}`);
  return value === 1;
}

function take(head: Head): number {
  const byte = head.bytes[head.at];
  head.at += 1;
  if (byte === undefined) problem(head, 'ends inside a command');
  return byte ?? 0;
}

function problem(head: Head, what: string): void {
  head.problems.push(`${what} at byte ${head.at}`);
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
