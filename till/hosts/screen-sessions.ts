/** The browsers that came in with a start token. They live as long as the host: after a restart the screen is opened anew. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { digestOf } from './start-tokens.ts';

/** Far above what one till has screens; the oldest makes room. */
const SESSIONS_MAX = 32;
const SESSION_BYTES = 32;

export type ScreenSessions = {
  /** The secret of a new session, for its cookie. */
  open(): string;
  has(secret: string | undefined): boolean;
};

export function createScreenSessions(): ScreenSessions {
  let digests: Buffer[] = [];
  return {
    open() {
      const secret = randomBytes(SESSION_BYTES).toString('base64url');
      digests = [...digests.slice(1 - SESSIONS_MAX), digestOf(secret)];
      return secret;
    },
    has(secret) {
      if (secret === undefined) return false;
      const digest = digestOf(secret);
      return digests.filter((known) => timingSafeEqual(known, digest)).length > 0;
    },
  };
}
