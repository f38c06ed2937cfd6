/**
 * The ledger entry: one immutable fact with balanced postings. This module owns its shape and its exact bytes: what a till wrote is
 * stored, hashed, signed and sent as those bytes, and never serialised again, so that fields which a reader does not know survive it.
 */
import { z } from 'zod';
import { assert } from '../base/assert.ts';
import type { BusinessDate, EpochMs } from '../base/business-date.ts';
import type {
  EntryId,
  HashHex,
  IncarnationId,
  MemberId,
  OperatorId,
  OrgId,
  StoreId,
  TillId,
  WalletId,
} from '../base/ids.ts';
import type { Points } from '../base/numbers.ts';
import { failed, ok, type Result } from '../base/result.ts';
import type { OperatorRole } from '../loyalty/roles.ts';
import { type EntryAllowances, entryAllowancesSchema } from './allowances/part.ts';
import { date, hash, id, isReserved, RESERVED, units } from './bodies/fields.ts';
import { type Bodies, ENTRY_KINDS, type EntryKind, isEntryKind } from './bodies/table.ts';
import type { Hlc } from './hlc.ts';

export type { EntryKind };

export const ENTRY_BYTES_MAX = 65_536;

/** `member:<id>` holds what a member has; the others are its counterparts in the books. */
export type Account = `member:${string}` | 'issued' | 'redeemed' | 'expired' | 'adjusted';

/** Signed units of one wallet on one account; the postings of an entry sum to 0 in each wallet. */
export type Posting = { readonly account: Account; readonly wallet: WalletId; readonly amount: Points };

export type Actor = { readonly operator: OperatorId; readonly role: OperatorRole };

/** The entry of any stream that this one speaks of, a void's sale for example. */
export type EntryRef = { readonly inc: IncarnationId; readonly seq: number };

/** What the till believed of the member when it wrote the entry; it makes a later dispute explainable. */
export type Basis = {
  readonly epoch: string | null;
  /** Version of the member's row from head office; null where the till had none. */
  readonly version: number | null;
  /** Position of the till in the feed. */
  readonly position: number;
  /** Spendable units by wallet before the entry, as shown to the cashier. */
  readonly spendable: Readonly<Record<string, number>>;
};

type Envelope<Kind extends string, Body> = {
  readonly v: 1;
  readonly org: OrgId;
  readonly store: StoreId;
  readonly till: TillId;
  readonly inc: IncarnationId;
  /** Contiguous from 1 in its incarnation; (inc, seq) is the entry's identity. */
  readonly seq: number;
  readonly id: EntryId;
  readonly kind: Kind;
  /** Version of the kind's body, as written. */
  readonly kv: number;
  /** Hash of the programme version that computed it. */
  readonly prog: HashHex | null;
  readonly member: MemberId | null;
  readonly postings: readonly Posting[];
  readonly hlc: Hlc;
  /** Raw evidence of the till's clocks: wall clock, start of the machine or process, milliseconds since then. */
  readonly wall: EpochMs;
  readonly boot: string;
  readonly mono: number;
  readonly bd: BusinessDate;
  /** Offset of local time from UTC, minutes. */
  readonly tz: number;
  readonly actor: Actor;
  readonly approver: Actor | null;
  readonly receipt: string | null;
  readonly refs: readonly EntryRef[];
  readonly basis: Basis | null;
  /** What it says of allowances; left out where it says nothing. */
  readonly allowances?: EntryAllowances;
  readonly body: Body;
};

/** Any entry that this code knows, its body in today's form whatever version was written. */
export type Entry = { [Kind in EntryKind]: Envelope<Kind, Bodies[Kind]> }[EntryKind];
export type EntryOf<Kind extends EntryKind> = Extract<Entry, { kind: Kind }>;
export type EnrolEntry = EntryOf<'enrol'>;
export type SaleEntry = EntryOf<'sale'>;

/** The envelope of any entry, also of a kind or version that this code does not know: enough to store, place and pass it on. */
export type OpaqueEntry = Omit<Envelope<string, unknown>, 'v'> & { readonly v: number };

/** UTF-8 is done by the caller: the text of an entry is its bytes, since JSON.stringify writes well-formed text only. */
export function entryText(entry: Entry): string {
  assertBalanced(entry.postings);
  return JSON.stringify(entry);
}

export function assertBalanced(postings: readonly Posting[]): void {
  for (const [wallet, sum] of sumsByWallet(postings)) assert(sum === 0, `postings of ${wallet} sum to ${sum}, not 0`);
}

/** A sum that passes 2^53 on its way is NaN: it could come out as a 0 that it is not. */
export function sumsByWallet(postings: readonly Posting[]): Map<WalletId, number> {
  const sums = new Map<WalletId, number>();
  for (const { wallet, amount } of postings) {
    const sum = (sums.get(wallet) ?? 0) + amount;
    sums.set(wallet, Number.isSafeInteger(sum) ? sum : Number.NaN);
  }
  return sums;
}

/** The account of a member. */
export function memberAccount(member: MemberId): Account {
  return `member:${member}`;
}

export type EntryProblem = { readonly path: string; readonly message: string };
export type ParsedEntry =
  | { readonly known: true; readonly entry: Entry }
  | { readonly known: false; readonly entry: OpaqueEntry };

/**
 * Reads the text of an entry. A kind or version that this code does not know is `known: false`, never an error: its bytes are kept and
 * passed on, whatever accounts and roles it names. A shape that is wrong is an error, and so are postings of a known kind to another
 * member than the entry's own.
 */
export function parseEntry(text: string): Result<ParsedEntry, EntryProblem> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return failed({ path: '', message: 'not JSON' });
  }
  const envelope = envelopeSchema.safeParse(json);
  if (!envelope.success) return failed(firstProblem(envelope.error));
  const { v, kind, kv } = envelope.data;
  const registered = v === 1 && isEntryKind(kind) ? ENTRY_KINDS[kind] : undefined;
  const schema = registered?.schemas[kv];
  if (registered === undefined || schema === undefined) {
    return ok({ known: false, entry: json as OpaqueEntry }); // its envelope was just parsed
  }
  const parsed = schema.safeParse(envelope.data.body);
  if (!parsed.success) return failed(firstProblem(parsed.error, 'body'));
  const entry = upgraded(json as Entry, registered.upgrade?.[kv]); // envelope and body were just parsed
  const strange = strangeInKnownKind(envelope.data, othersIn(entry));
  return strange === undefined ? ok({ known: true, entry }) : failed(strange);
}

/** The body in today's form. */
function upgraded(entry: Entry, upgrade: ((body: never) => unknown) | undefined): Entry {
  if (upgrade === undefined) return entry;
  return { ...entry, body: upgrade(entry.body as never) } as Entry; // kind, version and body were just parsed together
}

/** Members that an entry speaks of beside its own. */
export function othersIn({ kind, body }: Entry): readonly MemberId[] {
  const others: ((of: never) => readonly MemberId[]) | undefined = ENTRY_KINDS[kind].others;
  return others?.(body as never) ?? []; // kind and body belong together
}

/** Every account that an entry may change, its own first, each once. */
export function accountsIn(entry: Entry): readonly MemberId[] {
  return [...new Set([...(entry.member === null ? [] : [entry.member]), ...othersIn(entry)])];
}

function firstProblem(error: z.ZodError, prefix = ''): EntryProblem {
  const issue = error.issues[0];
  const path = [prefix, ...(issue?.path ?? []).map(String)].filter((part) => part !== '').join('.');
  return { path, message: issue?.message ?? 'wrong shape' };
}

const ROLES: readonly string[] = ['cashier', 'supervisor', 'manager'] satisfies readonly OperatorRole[];
const BOOKS: readonly string[] = ['issued', 'redeemed', 'expired', 'adjusted'] satisfies readonly Account[];

/** What later kinds may say, and those of today may not. */
function strangeInKnownKind(
  { actor, approver, member, postings }: z.output<typeof envelopeSchema>,
  others: readonly string[],
): EntryProblem | undefined {
  if (!ROLES.includes(actor.role)) return { path: 'actor.role', message: 'no role of this version' };
  if (approver !== null && !ROLES.includes(approver.role))
    return { path: 'approver.role', message: 'no role of this version' };
  const members = (member === null ? others : [member, ...others]).map((known) => `member:${known}`);
  const index = postings.findIndex(({ account }) => !members.includes(account) && !BOOKS.includes(account));
  if (index >= 0)
    return { path: `postings.${index}.account`, message: 'no account of a member that it names, nor one of the books' };
  const reserved = postings.findIndex(({ wallet }) => isReserved(wallet));
  return reserved >= 0 ? { path: `postings.${reserved}.wallet`, message: RESERVED } : undefined;
}

const actor = z.looseObject({ operator: id, role: z.string().min(1).max(64) });
const account = z.string().min(1).max(160);

const envelopeSchema = z.looseObject({
  v: z.int().min(1),
  org: id,
  store: id,
  till: id,
  inc: id,
  seq: z.int().min(1),
  id,
  kind: z.string().min(1).max(64),
  kv: z.int().min(1),
  prog: hash.nullable(),
  member: id.nullable(),
  postings: z.array(z.looseObject({ account, wallet: id, amount: units })),
  hlc: z.string().regex(/^[0-9a-f]{16}$/),
  wall: z.int(),
  boot: z.string().max(64),
  mono: z.number(),
  bd: date,
  tz: z.int().min(-1440).max(1440),
  actor,
  approver: actor.nullable(),
  receipt: z.string().max(64).nullable(),
  refs: z.array(z.looseObject({ inc: id, seq: z.int().min(1) })),
  basis: z.looseObject({}).nullable(),
  allowances: entryAllowancesSchema.optional(),
  body: z.unknown(),
});
