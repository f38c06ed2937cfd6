/** Who asks: a till shows a short-lived token, signed with the key of its incarnation. */
import { decodeJwt, jwtVerify } from 'jose';
import type { IncarnationId } from '../../../base/ids.ts';
import { verifier } from '../../../base/node/signing.ts';
import { TILL_TOKEN_AUDIENCE, TILL_TOKEN_VALID_SECONDS, tillTokenClaimsSchema } from '../../protocol/enrolment.ts';
import { ridingOut } from '../store/away.ts';
import type { Database } from '../store/client.ts';
import type { Sender } from '../push/push.ts';
import { findIncarnation } from '../store/incarnations.ts';

const TOLERANCE_SECONDS = 60;
const SENDERS_MAX = 10_000;

export type TillAuthentication = (authorization: string | undefined) => Promise<Sender | undefined>;

/** An incarnation never changes its key, so what was read once is kept. */
export function tillAuthentication(database: Database, clock: () => number): TillAuthentication {
  const senders = new Map<string, Sender>();
  return async (authorization) => {
    const token = bearerToken(authorization);
    const inc = token === undefined ? undefined : issuerOf(token);
    if (token === undefined || inc === undefined) return undefined;
    const sender = senders.get(inc) ?? (await ridingOut(() => readSender(database, inc)));
    if (sender === undefined || !(await isValid(token, sender, clock()))) return undefined;
    if (senders.size >= SENDERS_MAX) senders.clear();
    senders.set(inc, sender);
    return sender;
  };
}

/** The incarnation that the header claims to come from, unproven: good for counting requests only. */
export function claimedIssuer(authorization: string | undefined): string | undefined {
  const token = bearerToken(authorization);
  return token === undefined ? undefined : issuerOf(token);
}

function bearerToken(authorization: string | undefined): string | undefined {
  return /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization ?? '')?.[1];
}

function issuerOf(token: string): string | undefined {
  try {
    const { iss } = decodeJwt(token);
    return typeof iss === 'string' && iss.length > 0 && iss.length <= 128 && !iss.includes('\0') ? iss : undefined;
  } catch {
    return undefined;
  }
}

async function readSender(database: Database, inc: string): Promise<Sender | undefined> {
  const incarnation = await findIncarnation(database, inc as IncarnationId); // unproven until the signature holds
  return incarnation === undefined ? undefined : { incarnation, verifier: verifier(incarnation.publicKey) };
}

async function isValid(token: string, { incarnation, verifier: { key } }: Sender, now: number): Promise<boolean> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['EdDSA'],
      audience: TILL_TOKEN_AUDIENCE,
      issuer: incarnation.id,
      subject: incarnation.till,
      currentDate: new Date(now),
      clockTolerance: TOLERANCE_SECONDS,
      maxTokenAge: TILL_TOKEN_VALID_SECONDS,
    });
    const claims = tillTokenClaimsSchema.safeParse(payload);
    return claims.success && claims.data.exp - claims.data.iat <= TILL_TOKEN_VALID_SECONDS;
  } catch {
    return false;
  }
}
