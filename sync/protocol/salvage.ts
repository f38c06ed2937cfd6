/**
 * What a till enrols again for, and what it does then (docs/decisions/0010). An incarnation that cannot prove its own entries any more, since a
 * byte or a signature is damaged or its key is lost, is vouched for by the till's next one: it sends the bytes as they are, chained anew onto what
 * head office has, under its own signature, and writes an `adopt` entry that names where they begin and end.
 */
import { z } from 'zod';
import type { HashHex, IncarnationId, TillId } from '../../base/ids.ts';
import { PUSH_ENTRIES_MAX, pushedEntrySchema, sealedProfileSchema } from './push.ts';
import type { EpochId } from './versions.ts';

const id = z.string().min(1).max(128);
const till = id as unknown as z.ZodType<TillId>; // an id of our own making
const inc = id as unknown as z.ZodType<IncarnationId>; // likewise
const epoch = id as unknown as z.ZodType<EpochId>; // likewise
const hash = z.string().regex(/^[0-9a-f]{64}$/) as unknown as z.ZodType<HashHex>; // checked by the pattern

export const salvageRequestSchema = z.strictObject({
  protocol: z.int(),
  till,
  /** Who vouches. */
  inc,
  /** Whose entries they are. */
  of: inc,
  fromSeq: z.int().min(1),
  fromHead: hash,
  entries: z.array(pushedEntrySchema).min(1).max(PUSH_ENTRIES_MAX),
  /** Of the chain over these bytes as they are; signed by who vouches. */
  toHead: hash,
  signature: z.string().max(100),
  profiles: z.array(sealedProfileSchema).max(PUSH_ENTRIES_MAX),
});
export type SalvageRequest = z.infer<typeof salvageRequestSchema>;

export const salvageAnswerSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('taken'), epoch, receivedSeq: z.int().min(1), serverTime: z.int() }),
  /** Head office has nothing that these bytes go on from: the till begins at its branch's first entry. */
  z.object({ status: z.literal('unknown-head'), epoch, serverTime: z.int() }),
]);
export type SalvageAnswer = z.infer<typeof salvageAnswerSchema>;

/** Of two histories the id that head office keeps the adopted one under; no incarnation that was minted has such an id. */
export function branchId(of: IncarnationId, by: IncarnationId): IncarnationId {
  return `${of}~${by}` as IncarnationId; // the one place where it is made
}

export const OWN_ENTRIES_MAX = 500;
export const OWN_ENTRIES_BYTES_MAX = 262_144;

export const ownEntriesQuerySchema = z.strictObject({
  inc,
  after: z.coerce.number().int().min(0),
  limit: z.coerce.number().int().min(1).max(OWN_ENTRIES_MAX).default(OWN_ENTRIES_MAX),
});

/** The till trusts none of it before its chain has joined its own head with head office's. */
export const ownEntriesAnswerSchema = z.object({
  epoch,
  serverTime: z.int(),
  entries: z
    .array(z.object({ seq: z.int().min(1), text: z.string(), signature: z.string().nullable() }))
    .max(OWN_ENTRIES_MAX),
  /** All that head office has. */
  receivedSeq: z.int().min(0),
  receivedHead: hash,
});
export type OwnEntriesAnswer = z.infer<typeof ownEntriesAnswerSchema>;
