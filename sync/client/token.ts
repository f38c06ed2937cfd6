/** Short-lived tokens signed with the incarnation's own key; one is kept until shortly before its end. */
import { TILL_TOKEN_AUDIENCE, TILL_TOKEN_VALID_SECONDS } from '../protocol/enrolment.ts';
import type { SyncIdentity } from './ports.ts';

/** A token is used until this long before its end, so that it does not end on the way. */
const RENEW_BEFORE_SECONDS = 60;
/** Clocks that differ by less are not why a token was refused. */
const CLOCK_DIFFERENCE_MS_MIN = 30_000;

export type TokenSource = {
  token(): string;
  /**
   * Head office did not accept the last one. True where its clock shows that ours may be why: the next token is dated by its clock,
   * since a bad clock must never stop sync. The ledger's own clock stays as it is.
   */
  refused(headOfficeNow: number | null): boolean;
};

export function tokenSource(identity: SyncIdentity, nowMs: () => number): TokenSource {
  let kept: { readonly token: string; readonly from: number; readonly until: number } | undefined;
  let aheadMs = 0;
  return {
    token: () => {
      const now = Math.floor((nowMs() + aheadMs) / 1000);
      if (kept !== undefined && now >= kept.from && now < kept.until - RENEW_BEFORE_SECONDS) return kept.token;
      const until = now + TILL_TOKEN_VALID_SECONDS;
      kept = { token: signToken(identity, now, until), from: now, until };
      return kept.token;
    },
    refused: (headOfficeNow) => {
      kept = undefined;
      const ahead = headOfficeNow === null ? 0 : headOfficeNow - nowMs();
      const worthATry = Math.abs(ahead - aheadMs) >= CLOCK_DIFFERENCE_MS_MIN && headOfficeNow !== null;
      // Where its clock did not help either, ours is as good.
      aheadMs = worthATry ? ahead : 0;
      return worthATry;
    },
  };
}

/** A JWT (RFC 7519) by node:crypto alone: the libraries for it want a global `crypto`, which Node 18 has not. */
function signToken(identity: SyncIdentity, from: number, until: number): string {
  const claims = { iss: identity.inc, sub: identity.till, aud: TILL_TOKEN_AUDIENCE, iat: from, exp: until };
  const signed = `${encode({ alg: 'EdDSA' })}.${encode(claims)}`;
  return `${signed}.${identity.sign(signed)}`;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part), 'utf8').toString('base64url');
}
