/**
 * Snapshots of all members (ledger-and-sync.md, 2.4): a till that knows none, or is far behind, takes a file instead of rows. Head office signs
 * a manifest; it names the file's pieces by their hashes, so a piece proves itself wherever it came from, and a cut download goes on with the
 * pieces that are missing. What a till may hold of a person is the same in both ways (docs/decisions/0003).
 */
import { z } from 'zod';
import type { HashHex, OrgId } from '../../base/ids.ts';
import type { EpochId } from './versions.ts';

/** Of the file; the last chunk may be shorter. */
export const SNAPSHOT_CHUNK_BYTES = 4_194_304;
/** 64 GiB, some sixty million members. */
export const SNAPSHOT_CHUNKS_MAX = 16_384;
/** Below it rows are as quick, and nobody notices. */
export const SNAPSHOT_ROWS_MIN = 5_000;
/** What a row of the feed costs a line, and a till that reads and writes it, in bytes of a snapshot. */
export const FEED_ROW_COST_BYTES = 2_000;

const hash = z.string().regex(/^[0-9a-f]{64}$/) as unknown as z.ZodType<HashHex>; // checked by the pattern

/** A file of `members.db`'s form. Members' rows only: sales, programmes and the like stay with the feed, since they differ by store. */
export const snapshotManifestSchema = z.object({
  v: z.literal(1),
  org: z.string().min(1) as unknown as z.ZodType<OrgId>, // an id of our own making
  epoch: z.string().min(1) as unknown as z.ZodType<EpochId>, // likewise
  /** Of the feed: all members' rows up to here are in it, and none behind. */
  position: z.int().min(0),
  /** Head office's clock, ms. */
  madeAt: z.int().min(0),
  /** Of the tables: the number of the newest migration, and a hash over all of them. */
  layout: z.object({ version: z.int().min(1), hash }),
  rows: z.int().min(0),
  bytes: z.int().min(0),
  /** SHA-256 of each piece of the file as it lies on disk, in order. */
  chunks: z.array(hash).min(1).max(SNAPSHOT_CHUNKS_MAX),
  /** How pieces are compressed on the way. */
  compression: z.literal('brotli'),
  /** All pieces together, as they travel. */
  sentBytes: z.int().min(0),
});
export type SnapshotManifest = z.infer<typeof snapshotManifestSchema>;

/** The exact text is what was signed. */
export const signedManifestSchema = z.object({ text: z.string().min(2), signature: z.string().max(100) });
export type SignedManifest = z.infer<typeof signedManifestSchema>;

/** Where the asking till's cursor stands; without an epoch it has nothing. */
export const snapshotQuerySchema = z.strictObject({
  after: z.coerce.number().int().min(0).default(0),
  epoch: z.string().max(128).optional(),
});

export const snapshotOfferSchema = z.object({
  /** Rows of members that the till lacks, and that it would still lack with the newest snapshot. */
  behind: z.int().min(0),
  behindSnapshot: z.int().min(0),
  /** Null where none was made yet, or none of this epoch. */
  snapshot: signedManifestSchema.nullable(),
});
export type SnapshotOffer = z.infer<typeof snapshotOfferSchema>;

export function manifestToSign(text: string): string {
  return `loyaltill snapshot 1\n${text}`;
}

/** A few rows are never worth a file; many are, once they cost more than it and what came after it. */
export function snapshotPays(
  { behind, behindSnapshot }: Pick<SnapshotOffer, 'behind' | 'behindSnapshot'>,
  { sentBytes }: Pick<SnapshotManifest, 'sentBytes'>,
): boolean {
  return behind >= SNAPSHOT_ROWS_MIN && (behind - behindSnapshot) * FEED_ROW_COST_BYTES > sentBytes;
}
