/**
 * How a till asks for more than it may spend, and how it reports after head office was restored (ledger-and-sync.md, 2.5). Grants that nobody
 * asked for come with the feed. Asking twice is harmless: grants are cumulative.
 */
import { z } from 'zod';
import type { IncarnationId, MemberId, TillId, WalletId } from '../../base/ids.ts';
import { signedGrantSchema } from '../../ledger/allowances/grant-text.ts';
import type { EpochId } from './versions.ts';

/** Wallets of one redemption, and then some. */
export const WANTS_MAX = 20;
export const REPORTED_GRANTS_MAX = 5_000;

const id = z.string().min(1).max(128);
const till = id as unknown as z.ZodType<TillId>; // an id of our own making
const inc = id as unknown as z.ZodType<IncarnationId>; // likewise
const epoch = id as unknown as z.ZodType<EpochId>; // likewise

export const wantSchema = z.strictObject({
  account: id as unknown as z.ZodType<MemberId>, // likewise
  wallet: id as unknown as z.ZodType<WalletId>, // likewise
  /** What is missing here, above 0. */
  amount: z.int().min(1),
});
export type Want = z.infer<typeof wantSchema>;

export const allowancesRequestSchema = z.strictObject({
  protocol: z.int(),
  till,
  inc,
  wants: z.array(wantSchema).min(1).max(WANTS_MAX),
});
export type AllowancesRequest = z.infer<typeof allowancesRequestSchema>;

export const ALLOWANCE_STATES = ['granted', 'recalling', 'none', 'frozen', 'fenced'] as const;

/**
 * `recalling`: other tills hold what is missing and were told to give it back; asking again in a moment may bring it. `none`: nobody has it.
 * `frozen`: head office was restored and waits for its tills' reports. `fenced`: this incarnation gets nothing any more.
 */
export const allowancesAnswerSchema = z.object({
  epoch,
  serverTime: z.int(),
  state: z.enum(ALLOWANCE_STATES),
  grants: z.array(signedGrantSchema),
});
export type AllowancesAnswer = z.infer<typeof allowancesAnswerSchema>;

/** After a new epoch was seen, all own entries pushed first: what the till was ever granted. In parts where there are many. */
export const reportRequestSchema = z.strictObject({
  protocol: z.int(),
  till,
  inc,
  /** The new one. */
  epoch,
  head: z.strictObject({ seq: z.int().min(0), head: z.string().regex(/^[0-9a-f]{64}$/) }),
  grants: z.array(signedGrantSchema).max(REPORTED_GRANTS_MAX),
  /** Nothing follows. */
  complete: z.boolean(),
});
export type ReportRequest = z.infer<typeof reportRequestSchema>;

export const reportAnswerSchema = z.object({
  epoch,
  serverTime: z.int(),
  /** Whether head office has all of it; else the till pushes up to its head and reports again. */
  accepted: z.boolean(),
});
