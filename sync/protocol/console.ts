/** What the console of head office asks for and gets: closed shapes, parsed on both sides. Lists are paged by cursor, newest first. */
import { z } from 'zod';

export const CONSOLE_PATH = '/console/v1';
export const CONSOLE_PAGE_MAX = 100;

export const pageQuerySchema = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(CONSOLE_PAGE_MAX).default(50),
});

export const tillSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Milliseconds since 1970; null: never. */
  lastSeenAt: z.int().nullable(),
  enrolled: z.boolean(),
  /** A second history under its identity was seen, and kept. */
  forked: z.boolean(),
  /** Entries of second histories, and of those that could not be proved; the first that differs, and whether a later incarnation vouches for them. */
  branch: z.object({ entries: z.int(), firstSeq: z.int(), adopted: z.boolean() }).nullable().optional(),
  entriesReceived: z.int(),
  lastEntryAt: z.int().nullable(),
  /** What the till said waits there, at its last contact. */
  waitingEntries: z.int(),
  oldestWaitingAt: z.int().nullable(),
  /** Received minus written time of the newest entry, milliseconds. */
  lagMs: z.int().nullable(),
  /** What members may spend there with the line down, all of them together: the most that a stolen till can lose. */
  out: z.array(z.object({ wallet: z.string(), name: z.string(), amount: z.int() })).optional(),
});
export type TillSummary = z.infer<typeof tillSummarySchema>;

export const storeSummarySchema = z.object({ id: z.string(), name: z.string(), tills: z.array(tillSummarySchema) });

export const overviewSchema = z.object({
  org: z.string(),
  epoch: z.string(),
  serverTime: z.int(),
  currency: z.string(),
  minorDigits: z.int(),
  members: z.int(),
  entries: z.int(),
  flaggedEntries: z.int(),
  /** Entries accepted whose members are not folded yet. */
  unfoldedEntries: z.int(),
  programme: z.object({ id: z.string(), version: z.int(), effectiveFrom: z.string() }).nullable(),
  /** Under the tolerant policy: what all tills together may overdraw of a wallet before they meet head office again; 0 under the strict one. */
  worstOverdraft: z.int().optional(),
  stores: z.array(storeSummarySchema),
});
export type Overview = z.infer<typeof overviewSchema>;

export const walletBalanceSchema = z.object({
  wallet: z.string(),
  name: z.string(),
  kind: z.string(),
  balance: z.int(),
});

export const memberSummarySchema = z.object({
  id: z.string(),
  displayName: z.string().nullable(),
  cards: z.array(z.string()),
  joined: z.string(),
  blocked: z.boolean(),
  balances: z.array(walletBalanceSchema),
  visits: z.int(),
});
export type MemberSummary = z.infer<typeof memberSummarySchema>;

export const membersQuerySchema = pageQuerySchema.extend({ search: z.string().max(80).optional() });
export const membersPageSchema = z.object({ members: z.array(memberSummarySchema), next: z.string().nullable() });
export type MembersPage = z.infer<typeof membersPageSchema>;

export const lotSchema = z.object({
  wallet: z.string(),
  earned: z.string(),
  /** First business date on which it can be spent; null: at once. */
  from: z.string().nullable(),
  /** First business date on which it is gone; null: never. */
  end: z.string().nullable(),
  amount: z.int(),
});

export const memberDetailSchema = memberSummarySchema.extend({
  firstName: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  birthday: z.string().nullable(),
  segments: z.array(z.string()),
  entries: z.int(),
  /** The account that this one was merged into, or claimed by. */
  mergedInto: z.string().nullable().optional(),
  /** Null: the programme has no level for them. */
  tier: z.object({ level: z.string(), end: z.string().nullable() }).nullable().optional(),
  badges: z.array(z.object({ badge: z.string(), date: z.string() })).optional(),
  /** Running today, with the first date on which they do not. */
  memberships: z.array(z.object({ membership: z.string(), end: z.string() })).optional(),
  clubs: z.array(z.string()).optional(),
  /** Those that have not ended, in spending order. */
  lots: z.array(lotSchema).optional(),
});
export type MemberDetail = z.infer<typeof memberDetailSchema>;

export const consoleEntrySchema = z.object({
  position: z.int(),
  id: z.string(),
  kind: z.string(),
  store: z.string(),
  storeName: z.string(),
  till: z.string(),
  tillName: z.string(),
  inc: z.string(),
  seq: z.int(),
  businessDate: z.string(),
  writtenAt: z.int(),
  receivedAt: z.int(),
  receipt: z.string().nullable(),
  member: z.string().nullable(),
  memberName: z.string().nullable(),
  postings: z.array(z.object({ account: z.string(), wallet: z.string(), amount: z.int() })),
  /** Money of a sale, refund or void: what was due, or given back; null for other kinds. */
  money: z.int().nullable(),
  flags: z.array(z.string()),
  hash: z.string(),
});
export type ConsoleEntry = z.infer<typeof consoleEntrySchema>;

export const entriesPageSchema = z.object({ entries: z.array(consoleEntrySchema), next: z.string().nullable() });
export type EntriesPage = z.infer<typeof entriesPageSchema>;

export const enrolmentCodeSchema = z.object({ code: z.string(), validUntil: z.int() });
export type EnrolmentCode = z.infer<typeof enrolmentCodeSchema>;

/** Server-sent events at `${CONSOLE_PATH}/events`: `entry` carries a ConsoleEntry, `tills` says that a till was heard from. */
export const CONSOLE_EVENTS = ['entry', 'tills'] as const;

/** Every refusal of head office over HTTP (RFC 9457), content type application/problem+json. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  path: z.string().optional(),
});
export type Problem = z.infer<typeof problemSchema>;
