/** The bare books of a till, for tests of head office: it writes entries, chains and signs them, and makes requests of them. */
import { SignJWT } from 'jose';
import type { BusinessDate } from '../../../base/business-date.ts';
import { epochMs } from '../../../base/business-date.ts';
import type { CardCode, HashHex, MemberId, OperatorId, SaleId, WalletId } from '../../../base/ids.ts';
import { sha256 } from '../../../base/node/hash.ts';
import { type generateSigningKeys, signer, type Signer } from '../../../base/node/signing.ts';
import { uuidv7 } from '../../../base/node/uuid.ts';
import { minor, points } from '../../../base/numbers.ts';
import type { EntryAllowances } from '../../../ledger/allowances/part.ts';
import { genesisHead, headToSign, nextHead } from '../../../ledger/chain.ts';
import { ENROL_V1_DEFAULTS, type EnrolBody } from '../../../ledger/bodies/enrol.ts';
import { SALE_V1_DEFAULTS, type SaleBody } from '../../../ledger/bodies/sale.ts';
import { ENTRY_KINDS, isEntryKind } from '../../../ledger/bodies/table.ts';
import { memberAccount, type Posting } from '../../../ledger/entry.ts';
import { nextHlc, type Hlc } from '../../../ledger/hlc.ts';
import { TILL_TOKEN_AUDIENCE, TILL_TOKEN_VALID_SECONDS, type EnrolAnswer } from '../../protocol/enrolment.ts';
import type { PushedEntry, PushRequest } from '../../protocol/push.ts';

export const POINTS = 'points' as WalletId; // a name of the tests, like the others here
const BOOT = 'test';

export type WrittenEntry = PushedEntry & { readonly seq: number; readonly hash: HashHex };
export type TestKeys = ReturnType<typeof generateSigningKeys>;

export type TestTill = {
  readonly identity: Pick<EnrolAnswer, 'org' | 'store' | 'till' | 'inc'>;
  readonly signer: Signer;
  readonly entries: WrittenEntry[];
  readonly genesis: HashHex;
  hlc: Hlc | undefined;
};

export function testTill(identity: TestTill['identity'], keys: TestKeys): TestTill {
  const { org, till, inc } = identity;
  const genesis = genesisHead(sha256, { org: org.id, till: till.id, inc, publicKey: keys.publicKey });
  return { identity, signer: signer(keys), entries: [], genesis, hlc: undefined };
}

export type TestFact = {
  readonly at: number;
  readonly bd?: string;
  readonly id?: string;
  readonly member?: string | null;
  readonly postings?: readonly Posting[];
  readonly signed?: boolean;
  /** What it says of allowances. */
  readonly allowances?: EntryAllowances;
  /** By default what this code writes. */
  readonly kv?: number;
} & (
  | { readonly kind: 'enrol'; readonly body: EnrolBody }
  | { readonly kind: 'sale'; readonly body: SaleBody }
  | { readonly kind: string; readonly body: unknown }
);

/** The text of the till's next entry, not yet written. */
export function factText(till: TestTill, fact: TestFact): string {
  const { identity } = till;
  const hlc = nextHlc(till.hlc, epochMs(fact.at));
  till.hlc = hlc;
  const entry = {
    v: 1,
    org: identity.org.id,
    store: identity.store.id,
    till: identity.till.id,
    inc: identity.inc,
    seq: till.entries.length + 1,
    id: fact.id ?? uuidv7(fact.at),
    kind: fact.kind,
    kv: fact.kv ?? (isEntryKind(fact.kind) ? ENTRY_KINDS[fact.kind].kv : 1),
    prog: null,
    member: fact.member ?? null,
    postings: fact.postings ?? [],
    hlc,
    wall: fact.at,
    boot: BOOT,
    mono: 0,
    bd: fact.bd ?? new Date(fact.at).toISOString().slice(0, 10),
    tz: 0,
    actor: { operator: 'o1' as OperatorId, role: 'cashier' },
    approver: null,
    receipt: null,
    refs: [],
    basis: null,
    ...(fact.allowances && { allowances: fact.allowances }),
    body: fact.body,
  };
  return JSON.stringify(entry);
}

/** Appends the text as it is to the chain. */
export function write(till: TestTill, text: string, signed = false): WrittenEntry {
  const hash = nextHead(sha256, headOf(till), text);
  const entry = {
    seq: till.entries.length + 1,
    text,
    hash,
    signature: signed ? till.signer.sign(headToSign(hash)) : null,
  };
  till.entries.push(entry);
  return entry;
}

export function record(till: TestTill, fact: TestFact): WrittenEntry {
  return write(till, factText(till, fact), fact.signed ?? false);
}

export function recordSale(
  till: TestTill,
  at: number,
  member: string | null,
  earned: number,
  rest: Partial<TestFact> = {},
): WrittenEntry {
  return record(till, {
    at,
    member,
    postings: member === null ? [] : earning(member, earned),
    ...rest,
    kind: 'sale',
    body: saleBody(`s-${at}-${till.entries.length}`, earned),
  });
}

export function earning(member: string, amount: number): Posting[] {
  if (amount === 0) return [];
  const account = memberAccount(member as MemberId);
  return [
    { account, wallet: POINTS, amount: points(amount) },
    { account: 'issued', wallet: POINTS, amount: points(-amount) },
  ];
}

export function saleBody(sale: string, earned: number): SaleBody {
  return {
    sale: sale as SaleId,
    reference: null,
    channel: 'store',
    minute: 600,
    lines: [
      {
        sku: 'COFFEE',
        category: 'drinks',
        tags: [],
        quantity: '1',
        unitPrice: minor(350),
        taxRate: '0.19',
        list: minor(350),
        paid: minor(350),
      },
    ],
    redeemed: [],
    earned:
      earned === 0
        ? []
        : [{ rule: 'r1' as SaleBody['earned'][number]['rule'], wallet: POINTS, amount: points(earned) }],
    list: minor(350),
    discount: minor(0),
    due: minor(350),
    ...SALE_V1_DEFAULTS,
  };
}

export function enrolBody(
  cards: readonly string[],
  commitment: HashHex | null = null,
  joined = '2026-01-01',
): EnrolBody {
  return { joined: joined as BusinessDate, cards: cards as readonly CardCode[], commitment, ...ENROL_V1_DEFAULTS };
}

export function headOf(till: TestTill, seq = till.entries.length): HashHex {
  return till.entries[seq - 1]?.hash ?? till.genesis;
}

/** A batch of what the till wrote, from one seq on. */
export function batchOf(till: TestTill, fromSeq = 1, count = till.entries.length - fromSeq + 1): PushRequest {
  const entries = till.entries
    .slice(fromSeq - 1, fromSeq - 1 + count)
    .map(({ text, signature }) => ({ text, signature }));
  const toHead = headOf(till, fromSeq - 1 + entries.length);
  return {
    protocol: 1,
    till: till.identity.till.id,
    inc: till.identity.inc,
    fromSeq,
    fromHead: headOf(till, fromSeq - 1),
    entries,
    toHead,
    signature: till.signer.sign(headToSign(toHead)),
    profiles: [],
    seen: { epoch: null, position: 0 },
    waiting: { entries: 0, oldest: null },
  };
}

export async function tokenOf(till: TestTill, now: number, key: Signer = till.signer): Promise<string> {
  const issuedAt = Math.floor(now / 1000);
  return await new SignJWT({})
    .setProtectedHeader({ alg: 'EdDSA' })
    .setIssuer(till.identity.inc)
    .setSubject(till.identity.till.id)
    .setAudience(TILL_TOKEN_AUDIENCE)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + TILL_TOKEN_VALID_SECONDS)
    .sign(key.key);
}
