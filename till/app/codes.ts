/** One-time codes on paper: the book has their hash, since the code itself is worth something. */
import { randomInt } from 'node:crypto';
import type { HashHex } from '../../base/ids.ts';
import { sha256 } from '../../base/node/hash.ts';

/** No 0 and O, 1, I and L, 5 and S, 2 and Z, 8 and B, U and V: people read codes from paper, and aloud. */
const ALPHABET = '34679ACDEFGHJKMNPQRTVWXY';
const CODE_CHARS = 14;
const GROUP_CHARS = 5;

/** 64 bits of chance, in groups: `4K7QW-XA9CD-EFGH`. */
export function newCode(): string {
  const characters = Array.from({ length: CODE_CHARS }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
  return (characters.match(new RegExp(`.{1,${GROUP_CHARS}}`, 'g')) ?? []).join('-');
}

/** However it was typed: in small letters, without its hyphens, with spaces. */
export function codeHash(typed: string): HashHex {
  return sha256(typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, ''));
}
