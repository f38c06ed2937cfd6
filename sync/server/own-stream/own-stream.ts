/** Head office's own stream: what it enters in the books itself goes the way of every till's entries, chained and signed. */
import { randomUUID } from 'node:crypto';
import { present } from '../../../base/assert.ts';
import { epochMs, type LocalTime } from '../../../base/business-date.ts';
import type { EntryId, HashHex, IncarnationId, MemberId, OperatorId, StoreId, TillId } from '../../../base/ids.ts';
import { randomBase64url, sha256 } from '../../../base/node/hash.ts';
import { generateSigningKeys, signer, type Signer } from '../../../base/node/signing.ts';
import { uuidv7 } from '../../../base/node/uuid.ts';
import { genesisHead, headToSign, nextHead } from '../../../ledger/chain.ts';
import { entryText, type EnrolBody, type EnrolEntry } from '../../../ledger/entry.ts';
import { nextHlc, type Hlc } from '../../../ledger/hlc.ts';
import { orderKey } from '../../../ledger/order.ts';
import type { Transaction } from '../store/client.ts';
import { takePositions } from '../store/counters.ts';
import { appendEntries, entryTextAt, type NewEntry } from '../store/entries.ts';
import {
  advanceStream,
  findOwnIncarnation,
  insertIncarnation,
  lockStream,
  noteSeen,
  type StreamRecord,
} from '../store/incarnations.ts';
import type { Organisation } from '../store/organisation.ts';
import { insertStore, insertTill } from '../store/stores.ts';

const OWN_STORE = 'head-office' as StoreId; // a name of ours
const OWN_TILL = 'head-office' as TillId; // likewise

const BOOT = randomUUID();
const ACTOR = { operator: 'head-office' as OperatorId, role: 'manager' } as const; // a name of ours
const PROTOCOL = 1;

export type OwnEnrolment = { readonly member: MemberId; readonly body: EnrolBody; readonly sealed: string | null };
export type OwnContext = {
  readonly at: number;
  /** Business date and offset. */ readonly local: LocalTime;
  readonly prog: HashHex | null;
};

/** Store, till and incarnation of head office itself; once in the life of a database. */
export async function createOwnStream(transaction: Transaction, org: Organisation, at: number): Promise<void> {
  const position = await takePositions(transaction, 'feed', 1);
  const place = { own: true, position, at };
  await insertStore(
    transaction,
    { id: OWN_STORE, name: 'Head office', locale: 'en', receiptHeader: [], receiptFooter: [] },
    place,
  );
  await insertTill(transaction, { id: OWN_TILL, name: 'Head office', store: OWN_STORE }, place);
  const keys = generateSigningKeys();
  const inc = randomBase64url(16) as IncarnationId; // minted here
  const receivedHead = genesisHead(sha256, { org: org.id, till: OWN_TILL, inc, publicKey: keys.publicKey });
  await insertIncarnation(transaction, {
    id: inc,
    till: OWN_TILL,
    ...keys,
    software: 'head office',
    protocol: PROTOCOL,
    receivedHead,
    enrolledAt: at,
  });
}

/** Appends one entry for each; their seqs, in order. */
export async function appendOwnEnrolments(
  transaction: Transaction,
  org: Organisation,
  enrolments: readonly OwnEnrolment[],
  context: OwnContext,
): Promise<{ readonly inc: IncarnationId; readonly seqs: readonly number[] }> {
  const own = present(await findOwnIncarnation(transaction, OWN_TILL), 'head office has no stream of its own');
  const stream = present(await lockStream(transaction, own.id), 'head office has no stream of its own');
  const key = signer(own);
  const entries: NewEntry[] = [];
  let hlc = await lastHlc(transaction, stream);
  let head = stream.receivedHead;
  for (const enrolment of enrolments) {
    const entry = enrolEntry(
      org,
      stream,
      stream.receivedSeq + entries.length + 1,
      enrolment,
      context,
      nextHlc(hlc, epochMs(context.at)),
    );
    const written = newEntry(entry, head, key);
    entries.push(written);
    hlc = entry.hlc;
    head = written.hash;
  }
  await advanceStream(transaction, own.id, { receivedSeq: stream.receivedSeq + entries.length, receivedHead: head });
  await noteSeen(transaction, own.id, context.at);
  // Last, since it takes positions: they are locked until the commit.
  await appendEntries(transaction, { inc: own.id, till: OWN_TILL, store: OWN_STORE }, entries, context.at);
  return { inc: own.id, seqs: entries.map((entry) => entry.seq) };
}

async function lastHlc(transaction: Transaction, { id, receivedSeq }: StreamRecord): Promise<Hlc | undefined> {
  const text = await entryTextAt(transaction, id, receivedSeq);
  return text === undefined ? undefined : (JSON.parse(text) as EnrolEntry).hlc; // written below
}

function newEntry(entry: EnrolEntry, priorHead: HashHex, key: Signer): NewEntry {
  const text = entryText(entry);
  const hash = nextHead(sha256, priorHead, text);
  const { seq, id, kind, member } = entry;
  return { seq, id, kind, member, orderKey: orderKey(entry), text, hash, signature: key.sign(headToSign(hash)) };
}

function enrolEntry(
  org: Organisation,
  stream: StreamRecord,
  seq: number,
  { member, body }: OwnEnrolment,
  { at, local, prog }: OwnContext,
  hlc: Hlc,
): EnrolEntry {
  return {
    v: 1,
    org: org.id,
    store: OWN_STORE,
    till: OWN_TILL,
    inc: stream.id,
    seq,
    id: uuidv7(at) as EntryId, // minted here
    kind: 'enrol',
    kv: 1,
    prog,
    member,
    postings: [],
    hlc,
    wall: epochMs(at),
    boot: BOOT,
    mono: Math.round(performance.now()),
    bd: local.date,
    tz: local.offsetMinutes,
    actor: ACTOR,
    approver: null,
    receipt: null,
    refs: [],
    basis: null,
    body,
  };
}
