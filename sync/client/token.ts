import { SignJWT } from 'jose';
import { TILL_TOKEN_AUDIENCE, TILL_TOKEN_VALID_SECONDS } from '../protocol/enrolment.ts';
import type { SyncIdentity } from './ports.ts';

/** A token is used until this long before its end, so that it does not end on the way. */
const RENEW_BEFORE_SECONDS = 60;

/** Short-lived tokens signed with the incarnation's own key; one is kept until shortly before its end. */
export function tokenSource(identity: SyncIdentity, nowMs: () => number): () => Promise<string> {
  let kept: { readonly token: string; readonly until: number; readonly from: number } | undefined;
  return async () => {
    const now = Math.floor(nowMs() / 1000);
    // A clock that went back makes the kept token one from the future, which head office refuses.
    if (kept !== undefined && now >= kept.from && now < kept.until - RENEW_BEFORE_SECONDS) return kept.token;
    const until = now + TILL_TOKEN_VALID_SECONDS;
    const token = await new SignJWT({})
      .setProtectedHeader({ alg: 'EdDSA' })
      .setIssuer(identity.inc)
      .setSubject(identity.till)
      .setAudience(TILL_TOKEN_AUDIENCE)
      .setIssuedAt(now)
      .setExpirationTime(until)
      .sign(identity.key);
    kept = { token, until, from: now };
    return token;
  };
}
