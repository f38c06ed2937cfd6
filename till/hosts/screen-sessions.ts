/**
 * The browsers that came in with a start token. With a file they outlive the host: a screen that was open when the till lost power goes on
 * by itself when the till is back. The file holds digests, so who reads it gets no session.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { digestOf } from './start-tokens.ts';

/** Far above what one till has screens; the oldest makes room. */
const SESSIONS_MAX = 32;
const SESSION_BYTES = 32;
export const SESSIONS_FILE = 'screen-sessions.json';

export type ScreenSessions = {
  /** The secret of a new session, for its cookie. */
  open(): string;
  has(secret: string | undefined): boolean;
};

export function createScreenSessions(file?: string): ScreenSessions {
  let digests = file === undefined ? [] : readDigests(file);
  return {
    open() {
      const secret = randomBytes(SESSION_BYTES).toString('base64url');
      digests = [...digests.slice(1 - SESSIONS_MAX), digestOf(secret)];
      if (file !== undefined) writeDigests(file, digests);
      return secret;
    },
    has(secret) {
      if (secret === undefined) return false;
      const digest = digestOf(secret);
      return digests.filter((known) => timingSafeEqual(known, digest)).length > 0;
    },
  };
}

const digestsSchema = z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(SESSIONS_MAX);

/** A file that cannot be read costs nothing but a new start address. */
function readDigests(file: string): Buffer[] {
  if (!existsSync(file)) return [];
  try {
    return digestsSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).map((digest) => Buffer.from(digest, 'hex'));
  } catch {
    return [];
  }
}

function writeDigests(file: string, digests: readonly Buffer[]): void {
  const beside = `${file}.new`;
  writeFileSync(beside, JSON.stringify(digests.map((digest) => digest.toString('hex'))), { mode: 0o600 });
  renameSync(beside, file);
}
