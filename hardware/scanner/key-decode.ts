/**
 * A keyboard-wedge scanner presses the physical keys of a US keyboard. Under a French or Turkish layout the system turns those
 * into other characters, so a scan is read by physical key (`KeyboardEvent.code`), and CapsLock has no say.
 */
const SYMBOLS: Readonly<Record<string, readonly [plain: string, shifted: string]>> = {
  Digit1: ['1', '!'],
  Digit2: ['2', '@'],
  Digit3: ['3', '#'],
  Digit4: ['4', '$'],
  Digit5: ['5', '%'],
  Digit6: ['6', '^'],
  Digit7: ['7', '&'],
  Digit8: ['8', '*'],
  Digit9: ['9', '('],
  Digit0: ['0', ')'],
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  Backquote: ['`', '~'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
  Space: [' ', ' '],
  NumpadAdd: ['+', '+'],
  NumpadSubtract: ['-', '-'],
  NumpadMultiply: ['*', '*'],
  NumpadDivide: ['/', '/'],
  NumpadDecimal: ['.', '.'],
};

/** The character of a US keyboard, or undefined where the key writes none. `key` serves only where there is no `code`. */
export function decodeKey(code: string, key: string, shift: boolean): string | undefined {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return shift ? letter : letter.toLowerCase();
  const numpadDigit = /^Numpad(\d)$/.exec(code)?.[1];
  if (numpadDigit !== undefined) return numpadDigit;
  const symbol = SYMBOLS[code];
  if (symbol !== undefined) return symbol[shift ? 1 : 0];
  return code === '' && isOneCharacter(key) ? key : undefined;
}

/** Whether the key put this very character into a focused field; `Enter`, `Dead` and `Process` did not. */
export function isOneCharacter(key: string): boolean {
  return Array.from(key).length === 1;
}
