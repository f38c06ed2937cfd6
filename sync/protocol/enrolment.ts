/** Enrolment of a till: a one-time code from head office buys a new incarnation with the till's own key. */
import { z } from 'zod';
import type { EpochId } from './versions.ts';
import { protocolRangeSchema } from './versions.ts';
import type { IncarnationId, OrgId, StoreId, TillId } from '../../base/ids.ts';

/** Ten letters and digits without look-alikes, in two groups: `7KQ2M-XW4PD`. */
export const ENROLMENT_CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
export const ENROLMENT_CODE_LENGTH = 10;
export const ENROLMENT_CODE_VALID_MS = 24 * 60 * 60 * 1000;

/** The code as people type it, in normal form; undefined where it cannot be one. */
export function normaliseEnrolmentCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');
  const allowed = [...code].every((character) => ENROLMENT_CODE_ALPHABET.includes(character));
  return code.length === ENROLMENT_CODE_LENGTH && allowed ? code : undefined;
}

const key = z.string().regex(/^[A-Za-z0-9_-]{43}$/); // 32 raw bytes, base64url

/** Ids of our own making: any text that head office minted. */
function minted<Id extends string>(): z.ZodType<Id> {
  return z.string().min(1).max(128) as unknown as z.ZodType<Id>; // brands have no run-time form
}

export const enrolRequestSchema = z.strictObject({
  protocol: protocolRangeSchema,
  code: z.string().min(1).max(40),
  /** Raw Ed25519 public key of the new incarnation. */
  publicKey: key,
  software: z.string().max(40),
  /** A till that enrols again says who it was: a code of another till is refused, and stays good. */
  again: z.strictObject({ till: minted<TillId>(), inc: minted<IncarnationId>() }).optional(),
});
export type EnrolRequest = z.infer<typeof enrolRequestSchema>;

function named<Id extends string>() {
  return z.object({ id: minted<Id>(), name: z.string() });
}

export const enrolAnswerSchema = z.object({
  protocol: z.int(),
  org: named<OrgId>(),
  store: named<StoreId>(),
  till: named<TillId>(),
  inc: minted<IncarnationId>(),
  epoch: minted<EpochId>(),
  headOffice: z.object({
    /** Raw Ed25519 public key that signs certificates and grants. */
    signingKey: key,
    /** Raw X25519 public key that profiles are sealed to. */
    sealingKey: key,
  }),
  /** HMAC key for phone and e-mail, base64url, 32 bytes: the same at every till, so that hashes can be looked up. */
  lookupKey: key,
  /** JWT (EdDSA) of head office over org, store, till, inc and the public key. */
  certificate: z.string(),
  serverTime: z.int(),
});
export type EnrolAnswer = z.infer<typeof enrolAnswerSchema>;

/** Claims of the short-lived token that a till signs with its own key for each request (header `Authorization: Bearer`). */
export const TILL_TOKEN_AUDIENCE = 'loyaltill-head-office';
export const TILL_TOKEN_VALID_SECONDS = 300;
export const tillTokenClaimsSchema = z.object({
  iss: z.string().min(1), // the incarnation
  sub: z.string().min(1), // the till
  aud: z.literal(TILL_TOKEN_AUDIENCE),
  iat: z.int(),
  exp: z.int(),
});
