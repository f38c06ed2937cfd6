/**
 * Who may use the console: a token that stands once, for 60 seconds, in an address's fragment buys a session cookie that no script can
 * read. The session is signed by the organisation's key, so every process on the database knows it.
 */
import { createHash } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { randomBase64url } from '../../../base/node/hash.ts';
import { signer, verifier } from '../../../base/node/signing.ts';
import type { Setting } from '../admin/setting.ts';

export const CONSOLE_TOKEN_VALID_MS = 60_000;
export const CONSOLE_SESSION_SECONDS = 12 * 3_600;
export const CONSOLE_COOKIE = 'loyaltill_console';

const AUDIENCE = 'loyaltill-console';
const TOKENS_MAX = 100;

export type ConsoleSessions = {
  /** A fresh one-time token. */
  issueToken(): string;
  /** The session for a token, which is used up by it; undefined where it is wrong, used or too old. */
  open(token: string): Promise<string | undefined>;
  isOpen(session: string | undefined): Promise<boolean>;
};

export function consoleSessions({ org, clock }: Setting): ConsoleSessions {
  const validUntil = new Map<string, number>();
  const key = signer(org.signing).key;
  const publicKey = verifier(org.signing.publicKey).key;
  return {
    issueToken: () => {
      const token = randomBase64url(32);
      const [oldest] = validUntil.keys();
      if (validUntil.size >= TOKENS_MAX && oldest !== undefined) validUntil.delete(oldest);
      validUntil.set(hashOf(token), clock() + CONSOLE_TOKEN_VALID_MS);
      return token;
    },
    open: async (token) => {
      const until = validUntil.get(hashOf(token));
      validUntil.delete(hashOf(token));
      if (until === undefined || until <= clock()) return undefined;
      const issuedAt = Math.floor(clock() / 1000);
      return await new SignJWT({})
        .setProtectedHeader({ alg: 'EdDSA' })
        .setAudience(AUDIENCE)
        .setSubject(org.id)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + CONSOLE_SESSION_SECONDS)
        .sign(key);
    },
    isOpen: async (session) => {
      if (session === undefined) return false;
      try {
        await jwtVerify(session, publicKey, {
          algorithms: ['EdDSA'],
          audience: AUDIENCE,
          subject: org.id,
          currentDate: new Date(clock()),
        });
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** Only hashes are looked up, so the time of a look-up tells nothing of a token. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
