/**
 * The ledger entry: one immutable fact with balanced postings. This module owns its shape and its exact bytes: what a till wrote is
 * stored, hashed, signed and sent as those bytes, and never serialised again, so that fields which a reader does not know survive it.
 */
import { z } from 'zod';
import { assert } from '../base/assert.ts';
import { parseBusinessDate, type BusinessDate, type EpochMs } from '../base/business-date.ts';
import type {
  CardCode,
  EntryId,
  HashHex,
  IncarnationId,
  MemberId,
  OperatorId,
  OrgId,
  RewardId,
  RuleId,
  SaleId,
  StoreId,
  TillId,
  WalletId,
} from '../base/ids.ts';
import type { Minor, Points } from '../base/numbers.ts';
import { failed, ok, type Result } from '../base/result.ts';
import type { Channel, OperatorRole } from '../loyalty/roles.ts';
import type { Hlc } from './hlc.ts';

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
  /** Version of the kind's body. */
  readonly kv: 1;
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
  readonly body: Body;
};

export type EnrolBody = {
  readonly joined: BusinessDate;
  readonly cards: readonly CardCode[];
  /** SHA-256 of salt and profile; the profile itself travels sealed, beside the entry, and can be erased. */
  readonly commitment: HashHex | null;
};

export type SaleEntryLine = {
  readonly sku: string;
  readonly category: string | null;
  readonly tags: readonly string[];
  readonly quantity: string;
  readonly unitPrice: Minor;
  readonly taxRate: string | null;
  readonly list: Minor;
  readonly paid: Minor;
};

export type SaleRedemption = {
  readonly reward: RewardId;
  readonly wallet: WalletId | null;
  readonly cost: Points;
  readonly discount: Minor;
  /** Discount and units made free, by line of the sale; lines without either are left out. */
  readonly lines: readonly { readonly line: number; readonly discount: Minor; readonly freeUnits: number }[];
};

export type SaleEarning = { readonly rule: RuleId; readonly wallet: WalletId; readonly amount: Points };

export type SaleBody = {
  readonly sale: SaleId;
  /** The POS's own name of the sale, unique in its till. */
  readonly reference: string | null;
  readonly channel: Channel;
  /** Minutes since midnight on the shop's wall, recorded and never computed again. */
  readonly minute: number;
  readonly lines: readonly SaleEntryLine[];
  readonly redeemed: readonly SaleRedemption[];
  readonly earned: readonly SaleEarning[];
  readonly list: Minor;
  readonly discount: Minor;
  readonly due: Minor;
};

export type WalletAmount = { readonly wallet: WalletId; readonly amount: Points };

export type VoidBody = {
  readonly sale: SaleId;
  readonly money: Minor;
  readonly returned: readonly WalletAmount[];
  readonly takenBack: readonly WalletAmount[];
};

export type EnrolEntry = Envelope<'enrol', EnrolBody>;
export type SaleEntry = Envelope<'sale', SaleBody>;
export type VoidEntry = Envelope<'void', VoidBody>;
export type Entry = EnrolEntry | SaleEntry | VoidEntry;
export type EntryKind = Entry['kind'];
export type EntryOf<Kind extends EntryKind> = Extract<Entry, { kind: Kind }>;

/** The envelope of any entry, also of a kind or version that this code does not know: enough to store, place and pass it on. */
export type OpaqueEntry = Omit<Envelope<string, unknown>, 'kv' | 'v'> & { readonly v: number; readonly kv: number };

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
  const body = bodySchemas[`${envelope.data.kind}/${envelope.data.kv}`];
  if (envelope.data.v !== 1 || body === undefined) {
    return ok({ known: false, entry: json as OpaqueEntry }); // its envelope was just parsed
  }
  const strange = strangeInKnownKind(envelope.data);
  if (strange !== undefined) return failed(strange);
  const parsed = body.safeParse(envelope.data.body);
  if (!parsed.success) return failed(firstProblem(parsed.error, 'body'));
  return ok({ known: true, entry: json as Entry }); // envelope and body were just parsed
}

function firstProblem(error: z.ZodError, prefix = ''): EntryProblem {
  const issue = error.issues[0];
  const path = [prefix, ...(issue?.path ?? []).map(String)].filter((part) => part !== '').join('.');
  return { path, message: issue?.message ?? 'wrong shape' };
}

const ROLES: readonly string[] = ['cashier', 'supervisor', 'manager'] satisfies readonly OperatorRole[];
const BOOKS: readonly string[] = ['issued', 'redeemed', 'expired', 'adjusted'] satisfies readonly Account[];

/** What later kinds may say, and those of today may not. */
function strangeInKnownKind({
  actor,
  approver,
  member,
  postings,
}: z.output<typeof envelopeSchema>): EntryProblem | undefined {
  if (!ROLES.includes(actor.role)) return { path: 'actor.role', message: 'no role of this version' };
  if (approver !== null && !ROLES.includes(approver.role))
    return { path: 'approver.role', message: 'no role of this version' };
  const own = member === null ? undefined : `member:${member}`;
  const index = postings.findIndex(({ account }) => account !== own && !BOOKS.includes(account));
  if (index >= 0)
    return { path: `postings.${index}.account`, message: "neither the member's account nor one of the books" };
  const reserved = postings.findIndex(({ wallet }) => isReserved(wallet));
  return reserved >= 0 ? { path: `postings.${reserved}.wallet`, message: RESERVED } : undefined;
}

const RESERVED = 'is a reserved word';

/** The few words (`constructor`, `__proto__`) that every object answers to, since ids become keys of JSON objects. */
function isReserved(text: string): boolean {
  return text in {};
}

const id = z.string().min(1).max(128);
const key = id.refine((text) => !isReserved(text), RESERVED);
const units = z.int();
const date = z.string().refine((text) => parseBusinessDate(text) !== undefined, 'no date');
const hash = z.string().regex(/^[0-9a-f]{64}$/);
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
  body: z.unknown(),
});

const walletAmounts = z.array(z.looseObject({ wallet: key, amount: units.min(0) }));
const bodySchemas: Readonly<Record<string, z.ZodType>> = {
  'enrol/1': z.looseObject({ joined: date, cards: z.array(id), commitment: hash.nullable() }),
  'sale/1': z.looseObject({
    sale: id,
    reference: z.string().nullable(),
    channel: z.enum(['store', 'online']),
    minute: z.int().min(0).max(1439),
    lines: z.array(
      z.looseObject({
        sku: z.string(),
        category: z.string().nullable(),
        tags: z.array(z.string()),
        quantity: z.string(),
        unitPrice: units,
        taxRate: z.string().nullable(),
        list: units.min(0),
        paid: units.min(0),
      }),
    ),
    redeemed: z.array(
      z.looseObject({
        reward: key,
        wallet: key.nullable(),
        cost: units.min(0),
        discount: units.min(0),
        lines: z.array(z.looseObject({ line: z.int().min(0), discount: units.min(0), freeUnits: z.int().min(0) })),
      }),
    ),
    earned: z.array(z.looseObject({ rule: key, wallet: key, amount: units.min(0) })),
    list: units.min(0),
    discount: units.min(0),
    due: units.min(0),
  }),
  'void/1': z.looseObject({ sale: id, money: units.min(0), returned: walletAmounts, takenBack: walletAmounts }),
};
