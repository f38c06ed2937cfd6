/**
 * The way into the browser host: a token that stands once in the first address, works once, for 60 s. Whoever has it becomes the till's
 * screen, so only digests are kept and comparison takes the same time whatever was tried.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const START_TOKEN_MS_MAX = 60_000;
/** Addresses that nobody opened must not pile up. */
const TOKENS_MAX = 16;
const TOKEN_BYTES = 32;

export type StartTokens = {
  issue(): string;
  /** True once per token. */
  redeem(token: string): boolean;
};

/** `nowMs` must never go back: performance.now, not the clock on the wall. */
export function createStartTokens(nowMs: () => number): StartTokens {
  let waiting: { digest: Buffer; endsAtMs: number }[] = [];
  const dropEnded = (): void => {
    waiting = waiting.filter(({ endsAtMs }) => endsAtMs > nowMs());
  };
  return {
    issue() {
      dropEnded();
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      waiting = [...waiting.slice(1 - TOKENS_MAX), { digest: digestOf(token), endsAtMs: nowMs() + START_TOKEN_MS_MAX }];
      return token;
    },
    redeem(token) {
      dropEnded();
      const digest = digestOf(token);
      const left = waiting.filter((one) => !timingSafeEqual(one.digest, digest));
      const found = left.length < waiting.length;
      waiting = left;
      return found;
    },
  };
}

export function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
