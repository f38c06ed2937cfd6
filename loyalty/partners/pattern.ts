/**
 * The pattern of a partner's member numbers, matched in time that grows with the number and never explodes: a programme is data,
 * and `(\d+)+x` in it must not stop a till. It is a regular expression without what makes one hard (look-around, back-references,
 * word boundaries), read into a tree here and run in machine.ts.
 */

export type PatternNode =
  | { readonly kind: 'character'; readonly matches: (character: string) => boolean }
  | { readonly kind: 'start' | 'end' }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly part: PatternNode; readonly least: number; readonly most: number };

/** Undefined: no regular expression, or one that needs what is left out here. */
export function parsePattern(text: string): PatternNode | undefined {
  if (!isRegularExpression(text)) return undefined;
  const reader: Reader = { text, at: 0 };
  const node = choice(reader);
  return node === undefined || reader.at < text.length ? undefined : node;
}

type Reader = { readonly text: string; at: number };

/** All the text is known to be a regular expression of the `u` kind, which has no odd corners: what is not read is left out. */
function choice(reader: Reader): PatternNode | undefined {
  const parts: PatternNode[] = [];
  do {
    const part = sequence(reader);
    if (part === undefined) return undefined;
    parts.push(part);
  } while (take(reader, '|'));
  return { kind: 'choice', parts };
}

function sequence(reader: Reader): PatternNode | undefined {
  const parts: PatternNode[] = [];
  while (reader.at < reader.text.length && !'|)'.includes(reader.text.charAt(reader.at))) {
    const part = atom(reader);
    if (part === undefined) return undefined;
    parts.push(repeated(reader, part));
  }
  return { kind: 'sequence', parts };
}

function atom(reader: Reader): PatternNode | undefined {
  if (take(reader, '^')) return { kind: 'start' };
  if (take(reader, '$')) return { kind: 'end' };
  if (reader.text.charAt(reader.at) === '(') return group(reader);
  const character = next(reader, CHARACTER);
  return character === undefined ? undefined : characterNode(character);
}

function group(reader: Reader): PatternNode | undefined {
  if (next(reader, GROUP) === undefined) return undefined;
  const inner = choice(reader);
  return inner !== undefined && take(reader, ')') ? inner : undefined;
}

function repeated(reader: Reader, part: PatternNode): PatternNode {
  const [sign, least, comma, most] = next(reader, REPEAT) ?? [];
  if (sign === undefined) return part;
  if (sign.startsWith('*')) return { kind: 'repeat', part, least: 0, most: Number.POSITIVE_INFINITY };
  if (sign.startsWith('+')) return { kind: 'repeat', part, least: 1, most: Number.POSITIVE_INFINITY };
  if (sign.startsWith('?')) return { kind: 'repeat', part, least: 0, most: 1 };
  const open = comma === undefined ? Number(least) : Number.POSITIVE_INFINITY;
  return { kind: 'repeat', part, least: Number(least), most: most === undefined ? open : Number(most) };
}

/** One character, a class or an escape that stands for one; no `\b`, `\B`, `\1` or `\k`, which stand for none. */
const CHARACTER =
  /\[(?:\\.|[^\]\\])*\]|\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u.{4}|\\x..|\\c.|\\[^bBkpPuxc1-9]|[^\\()[\]{}*+?|^$]/uy;
/** Plain, without a number, or named; no look-around and no modifiers. */
const GROUP = /\((?:\?:|\?<[^=!][^>]*>|(?!\?))/uy;
/** Whether a repeat is lazy makes no difference to a match of the whole. */
const REPEAT = /(?:[*+?]|\{(\d+)(?:(,)(\d+)?)?\})\??/uy;

function next(reader: Reader, form: RegExp): RegExpExecArray | undefined {
  form.lastIndex = reader.at;
  const found = form.exec(reader.text);
  if (found === null) return undefined;
  reader.at += found[0].length;
  return found;
}

function take(reader: Reader, sign: string): boolean {
  if (reader.text.charAt(reader.at) !== sign) return false;
  reader.at += 1;
  return true;
}

function characterNode([text]: RegExpExecArray): PatternNode {
  const form = new RegExp(`^${text}$`, 'u');
  return { kind: 'character', matches: (character) => form.test(character) };
}

function isRegularExpression(text: string): boolean {
  try {
    new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
}
