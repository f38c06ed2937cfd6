/**
 * The feed: rows that changed at head office, by cursor (ledger-and-sync.md, 2.3). The newest version of a row wins within an epoch, so
 * replays and disorder are harmless. A page without its trailer is thrown away. Fields that a till does not know are passed over, so that head
 * office can grow; a member's state is strict, since a till that does not know all of it would count wrong: it asks for an update.
 */
import { z } from 'zod';
import { catalogueSchema } from '../../base/catalogue.ts';
import type { EpochId } from './versions.ts';
import type { CardCode, HashHex, IncarnationId, MemberId, SaleId } from '../../base/ids.ts';
import { saleStateSchema } from '../../ledger/sale-state-text.ts';
import { signedGrantSchema } from '../../ledger/allowances/grant-text.ts';
import { memberStateSchema } from '../../ledger/state-text.ts';

export const FEED_ROWS_MAX = 2_000;
export const FEED_BYTES_MAX = 1_048_576;
/** Sales of older business dates than that do not travel. */
export const FEED_SALE_DAYS = 400;
/** Those of other stores than the till's; most of what is brought back to another store comes within days. */
export const FEED_OTHER_STORES_SALE_DAYS = 60;

/**
 * What of the feed is asked for. Where members come in a snapshot, `beside-members` brings all other rows; `first` leaves sales out too: what a
 * till needs before it can sell at all.
 */
export const FEED_PARTS = ['all', 'beside-members', 'first'] as const;
export type FeedPart = (typeof FEED_PARTS)[number];

export const CARD_STATUSES = ['active', 'blocked', 'replaced'] as const;
export type CardStatus = (typeof CARD_STATUSES)[number];

const memberId = z.string().min(1).max(128) as unknown as z.ZodType<MemberId>; // an id of our own making
const cardCode = z.string().min(1).max(128) as unknown as z.ZodType<CardCode>; // normalised where it entered
const inc = z.string().min(1).max(128) as unknown as z.ZodType<IncarnationId>; // an id of our own making

/** What a till keeps of a person: a name to greet, a birthday without year, hashes to look up by. Head office has the rest. */
export const memberProfileSchema = z.object({
  displayName: z.string().max(80).nullable(),
  birthday: z.object({ month: z.int().min(1).max(12), day: z.int().min(1).max(31) }).nullable(),
  segments: z.array(z.string()),
  joined: z.string(),
  blocked: z.boolean(),
  /** HMAC-SHA-256 of the normalised phone and e-mail under the lookup key, base64url. */
  phoneHash: z.string().nullable(),
  emailHash: z.string().nullable(),
});
export type MemberProfile = z.infer<typeof memberProfileSchema>;

export const memberRowSchema = z.object({
  kind: z.literal('member'),
  position: z.int().min(1),
  member: memberId,
  /** Rises with each change of the row within an epoch. */
  version: z.int().min(1),
  profile: memberProfileSchema,
  cards: z.array(z.object({ code: cardCode, status: z.enum(CARD_STATUSES) })),
  state: memberStateSchema,
  /** For each incarnation of the asking till: the last of its entries on this member that the state includes. */
  includes: z.array(z.object({ inc, seq: z.int().min(1) })),
  /** Tills give back what they may spend of it, save for the one that wants it. */
  recall: z.object({ wanted: inc }).nullable().default(null),
});
export type MemberRow = z.infer<typeof memberRowSchema>;

/** A sale of the last days, longer of the till's own store than of others: what a return, a late card or a claim needs at another till than the sale's. */
export const saleRowSchema = z.object({
  kind: z.literal('sale'),
  position: z.int().min(1),
  sale: z.string().min(1).max(128) as unknown as z.ZodType<SaleId>, // an id of our own making
  /** Rises with each change of the row within an epoch. */
  version: z.int().min(1),
  state: saleStateSchema,
  /** For each incarnation of the asking till: the last of its entries on this sale that the state includes. */
  includes: z.array(z.object({ inc, seq: z.int().min(1) })),
});
export type SaleRow = z.infer<typeof saleRowSchema>;

export const programmeRowSchema = z.object({
  kind: z.literal('programme'),
  position: z.int().min(1),
  version: z.int().min(1),
  /** SHA-256 of the document's exact text. */
  hash: z.string() as unknown as z.ZodType<HashHex>, // compared by the till with the text's own
  /** The document as it was published, exact text. */
  text: z.string(),
});

export const catalogueRowSchema = z.object({
  kind: z.literal('catalogue'),
  position: z.int().min(1),
  catalogue: catalogueSchema,
});

export const storeRowSchema = z.object({
  kind: z.literal('store'),
  position: z.int().min(1),
  name: z.string(),
  tillName: z.string(),
  receiptHeader: z.array(z.string().max(80)).max(8),
  receiptFooter: z.array(z.string().max(80)).max(8),
  /** BCP 47, for receipts and screens of the store. */
  locale: z.string(),
});

/** What this till may spend: only its own incarnation's grants travel to it. */
export const grantRowSchema = z.object({
  kind: z.literal('grant'),
  position: z.int().min(1),
  grant: signedGrantSchema,
});

/** An entry of head office's own: tills keep it, and give it back where head office is lost. */
export const officeRowSchema = z.object({
  kind: z.literal('office-entry'),
  position: z.int().min(1),
  inc,
  seq: z.int().min(1),
  /** The entry's exact bytes: its UTF-8 text. */
  text: z.string().min(2),
  /** Of the chain after it. */
  hash: z.string().regex(/^[0-9a-f]{64}$/) as unknown as z.ZodType<HashHex>, // checked by the pattern
});

export const feedRowSchema = z.discriminatedUnion('kind', [
  officeRowSchema,
  grantRowSchema,
  memberRowSchema,
  saleRowSchema,
  programmeRowSchema,
  catalogueRowSchema,
  storeRowSchema,
]);
export type FeedRow = z.infer<typeof feedRowSchema>;

export const feedQuerySchema = z.strictObject({
  after: z.coerce.number().int().min(0),
  epoch: z.string().max(128).optional(),
  limit: z.coerce.number().int().min(1).max(FEED_ROWS_MAX).default(FEED_ROWS_MAX),
  part: z.enum(FEED_PARTS).default('all'),
});

export const feedPageSchema = z.object({
  epoch: z.string().min(1) as unknown as z.ZodType<EpochId>, // an id of our own making
  serverTime: z.int(),
  rows: z.array(feedRowSchema).max(FEED_ROWS_MAX),
  trailer: z.object({
    count: z.int().min(0),
    /** SHA-256 over the JSON text of the rows array, as sent. */
    sha256: z.string(),
    /** Cursor to ask with next; with another epoch than the till's it starts anew at 0. */
    next: z.int().min(0),
    /** Nothing more waits behind this page. */
    complete: z.boolean(),
  }),
});
export type FeedPage = z.infer<typeof feedPageSchema>;
