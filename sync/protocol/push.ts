/**
 * Push: a till sends its entries in order, exact bytes (ledger-and-sync.md, 2.2). Repeats, cuts and double answers are harmless, since
 * head office answers from what it has. What a fact says is never a reason to refuse it: it happened at the counter.
 */
import { z } from 'zod';
import type { EpochId } from './versions.ts';
import type { HashHex, IncarnationId, TillId } from '../../base/ids.ts';

export const PUSH_ENTRIES_MAX = 500;
export const PUSH_BYTES_MAX = 262_144;
/** A request body is at most this: entries, their escapes, and the sealed profiles beside them. */
export const PUSH_BODY_BYTES_MAX = 1_048_576;

const hash = z.string().regex(/^[0-9a-f]{64}$/) as unknown as z.ZodType<HashHex>; // checked by the pattern
const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/);

export const pushedEntrySchema = z.strictObject({
  /** The entry's exact bytes: its UTF-8 text. */
  text: z.string().min(2),
  /** Ed25519 over `headToSign` of the head after this entry; null where it is covered by a later one. */
  signature: base64url.max(100).nullable(),
});

export const sealedProfileSchema = z.strictObject({
  seq: z.int().min(1),
  /** A profile sealed to head office's key; see base/node/sealed-box.ts. */
  sealed: base64url.max(8_192),
});

export const pushRequestSchema = z.strictObject({
  protocol: z.int(),
  till: z.string().min(1).max(128) as unknown as z.ZodType<TillId>, // an id of our own making
  inc: z.string().min(1).max(128) as unknown as z.ZodType<IncarnationId>, // likewise
  /** Seq of the first entry, and the head before it. Without entries it says where the till stands. */
  fromSeq: z.int().min(1),
  fromHead: hash,
  entries: z.array(pushedEntrySchema).max(PUSH_ENTRIES_MAX),
  /** Head after the last entry, signed. */
  toHead: hash,
  signature: base64url.max(100),
  profiles: z.array(sealedProfileSchema).max(PUSH_ENTRIES_MAX),
  seen: z.strictObject({ epoch: z.string().max(128).nullable(), position: z.int().min(0) }),
  /** For head office's screen: what waits behind this batch, and how old it is. */
  waiting: z.strictObject({ entries: z.int().min(0), oldest: z.int().nullable() }),
});
export type PushRequest = z.infer<typeof pushRequestSchema>;
export type PushedEntry = z.infer<typeof pushedEntrySchema>;

const epoch = z.string().min(1).max(128) as unknown as z.ZodType<EpochId>; // an id of our own making

export const pushAnswerSchema = z.discriminatedUnion('status', [
  /** All up to `receivedSeq` is durable at head office; also the answer to a repeat. */
  z.object({
    status: z.literal('accepted'),
    epoch,
    receivedSeq: z.int().min(0),
    receivedHead: hash,
    serverTime: z.int(),
    /** Another till writes under the same identity: this one must enrol again too. */
    twin: z.boolean().optional(),
    /** Head office ended this incarnation: it may redeem nothing any more, and must enrol again. */
    fenced: z.boolean().optional(),
  }),
  /** A gap: the till goes back and sends from here. No error. */
  z.object({ status: z.literal('need-from'), epoch, needFrom: z.int().min(1), serverTime: z.int() }),
  /**
   * Another history stands under this identity at `seq`; both are kept, and the till must enrol again. What head office has of this one is
   * `receivedSeq` with its head, so that it drains like any stream; without them `seq` is only where the two were seen to differ, and the till goes back.
   */
  z.object({
    status: z.literal('forked'),
    epoch,
    seq: z.int().min(1),
    serverTime: z.int(),
    receivedSeq: z.int().min(1).optional(),
    receivedHead: hash.optional(),
  }),
  /** The chain or a signature breaks at `salvageFrom`; what came before is durable. */
  z.object({
    status: z.literal('broken'),
    epoch,
    salvageFrom: z.int().min(1),
    reason: z.string(),
    serverTime: z.int(),
  }),
]);
export type PushAnswer = z.infer<typeof pushAnswerSchema>;
