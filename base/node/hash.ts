/** Hashes, random values and comparisons that Node processes share. Nothing here logs what it is given. */
import crypto, { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { HashHex } from '../ids.ts';

/** Of Node 20.12 and later; the runtime that Electron is tested with has none. A call of it takes a fifth of the time of a hash object. */
const hashAtOnce: typeof crypto.hash | undefined = crypto.hash;

/** SHA-256 over the concatenation of its parts; text counts as UTF-8, and is well-formed. */
export function sha256(...parts: readonly (string | Uint8Array)[]): HashHex {
  if (hashAtOnce !== undefined && parts.every((part) => typeof part === 'string')) {
    return hashAtOnce('sha256', parts.join(''), 'hex') as HashHex; // 32 bytes in lower-case hex
  }
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex') as HashHex; // 32 bytes in lower-case hex
}

/** HMAC-SHA-256, base64url. `key` is base64url. */
export function keyedHash(key: string, text: string): string {
  return createHmac('sha256', Buffer.from(key, 'base64url')).update(text).digest('base64url');
}

export function randomBase64url(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}

/** Compares secrets in a time that does not tell where they differ. */
export function secretsEqual(left: string, right: string): boolean {
  const [a, b] = [createHash('sha256').update(left).digest(), createHash('sha256').update(right).digest()];
  return timingSafeEqual(a, b);
}
