/**
 * Sums over ranges of the feed (ledger-and-sync.md, 2.3): head office and till both add up a hash of each member's row, the till over what really
 * lies in its file, and it never takes head office's number for its own. Where they differ, that range alone is fetched again.
 */
import { z } from 'zod';
import type { HashHex, MemberId } from '../../base/ids.ts';
import { memberStateSchema } from '../../ledger/state-text.ts';
import type { CardStatus, MemberProfile } from './feed.ts';
import type { EpochId } from './versions.ts';

/** Range N holds the positions from N * 5,000 + 1 to (N + 1) * 5,000. */
export const CHECKSUM_RANGE = 5_000;
/** Of one answer: a till compares in small steps. */
export const CHECKSUM_RANGES_MAX = 8;
export const CHECKSUM_ROWS_MAX = 500;

export const checksumsQuerySchema = z.strictObject({
  /** The first range that is asked for; those without a row are passed over. */
  from: z.coerce.number().int().min(0),
  limit: z.coerce.number().int().min(1).max(CHECKSUM_RANGES_MAX).default(CHECKSUM_RANGES_MAX),
});

export const rangeSumSchema = z.object({
  range: z.int().min(0),
  rows: z.int().min(0),
  /** 64 bits, as 16 hex digits. */
  sum: z.string().regex(/^[0-9a-f]{16}$/),
});
export type RangeSum = z.infer<typeof rangeSumSchema>;

export const checksumsAnswerSchema = z.object({
  epoch: z.string().min(1) as unknown as z.ZodType<EpochId>, // an id of our own making
  serverTime: z.int(),
  /** Of the feed, when they were added up: the till compares where it stands there. */
  position: z.int().min(0),
  ranges: z.array(rangeSumSchema).max(CHECKSUM_RANGES_MAX),
  /** Range to go on with; null: there are no more. */
  next: z.int().min(0).nullable(),
});
export type ChecksumsAnswer = z.infer<typeof checksumsAnswerSchema>;

/** Answered like a page of the feed. */
export const checksumRowsQuerySchema = z.strictObject({
  range: z.coerce.number().int().min(0),
  /** A position in the range: rows up to it are here. */
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(CHECKSUM_ROWS_MAX).default(CHECKSUM_ROWS_MAX),
});

export function rangeOf(position: number): number {
  return Math.floor((position - 1) / CHECKSUM_RANGE);
}

/** The first and last position of a range. */
export function positionsIn(range: number): { readonly first: number; readonly last: number } {
  return { first: range * CHECKSUM_RANGE + 1, last: (range + 1) * CHECKSUM_RANGE };
}

export type CheckedRow = {
  readonly member: MemberId;
  readonly version: number;
  readonly profile: MemberProfile;
  readonly cards: readonly { readonly code: string; readonly status: CardStatus }[];
  /** As it lies in the file. */
  readonly state: string;
};

/** What is the same at head office and at every till, in one order of fields. A state that is none counts as the text that it is. */
export function rowContent({ member, version, profile, cards, state }: CheckedRow): string {
  const sorted = cards.map(({ code, status }) => `${code} ${status}`).toSorted();
  return JSON.stringify(inOrder([member, version, profile, sorted, stateIn(state)]));
}

function stateIn(text: string): unknown {
  try {
    const parsed = memberStateSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : text;
  } catch {
    return text;
  }
}

function inOrder(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const entries = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, inOrder(part)]));
}

const BITS = 64;

/** Adds rows up, in any order. */
export type RowSum = { add(content: string): void; rows(): number; sum(): string };

export function rowSum(sha256: (text: string) => HashHex): RowSum {
  let total = 0n;
  let rows = 0;
  return {
    add: (content) => {
      total = BigInt.asUintN(BITS, total + BigInt(`0x${sha256(content).slice(0, BITS / 4)}`));
      rows += 1;
    },
    rows: () => rows,
    sum: () => total.toString(16).padStart(BITS / 4, '0'),
  };
}
