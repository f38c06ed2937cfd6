/** Head office's own stream: what it enters in the books itself goes the way of every till's entries, chained and signed. */
import { randomUUID } from 'node:crypto';
import { present } from '../../../base/assert.ts';
import { epochMs, type LocalTime } from '../../../base/business-date.ts';
import type { EntryId, HashHex, IncarnationId, OperatorId, StoreId, TillId } from '../../../base/ids.ts';
import { randomBase64url, sha256 } from '../../../base/node/hash.ts';
import { generateSigningKeys, signer, type Signer } from '../../../base/node/signing.ts';
import { uuidv7 } from '../../../base/node/uuid.ts';
import { genesisHead, headToSign, nextHead } from '../../../ledger/chain.ts';
import { ENTRY_KINDS, type EntryKind } from '../../../ledger/bodies/table.ts';
import { entryText, type Actor, type Entry, type EntryOf } from '../../../ledger/entry.ts';
import { nextHlc, type Hlc } from '../../../ledger/hlc.ts';
import { orderKey } from '../../../ledger/order.ts';
import { postingsOf } from '../../../ledger/postings.ts';
import type { Transaction } from '../store/client.ts';
import { takePositions } from '../store/counters.ts';
import { appendEntries, entryPositionAt, entryTextAt, type NewEntry } from '../store/entries.ts';
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
export const OWN_TILL = 'head-office' as TillId; // likewise

const BOOT = randomUUID();
const ACTOR = { operator: 'head-office' as OperatorId, role: 'manager' } as const; // a name of ours
const PROTOCOL = 1;

/** What head office enters: the entry's kind, whose it is, and what it says. */
export type OwnFact = {
  [Kind in EntryKind]: Pick<EntryOf<Kind>, 'kind' | 'member' | 'body'>;
}[EntryKind];

export type OwnContext = {
  readonly at: number;
  /** Business date and offset. */ readonly local: LocalTime;
  readonly prog: HashHex | null;
  /** Head office itself where nobody is named. */
  readonly actor?: Actor | undefined;
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
export async function appendOwn(
  transaction: Transaction,
  org: Organisation,
  facts: readonly OwnFact[],
  context: OwnContext,
): Promise<{ readonly inc: IncarnationId; readonly seqs: readonly number[] }> {
  const own = present(await findOwnIncarnation(transaction, OWN_TILL), 'head office has no stream of its own');
  const stream = present(await lockStream(transaction, own.id), 'head office has no stream of its own');
  const key = signer(own);
  const entries: NewEntry[] = [];
  let hlc = await lastHlc(transaction, stream);
  let head = stream.receivedHead;
  for (const fact of facts) {
    const seq = stream.receivedSeq + entries.length + 1;
    hlc = nextHlc(hlc, epochMs(context.at));
    const written = newEntry(entryOf(org, stream, { seq, hlc }, fact, context), head, key);
    entries.push(written);
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
  return text === undefined ? undefined : (JSON.parse(text) as Entry).hlc; // written below
}

function newEntry(entry: Entry, priorHead: HashHex, key: Signer): NewEntry {
  const text = entryText(entry);
  const hash = nextHead(sha256, priorHead, text);
  const { seq, id, kind, member } = entry;
  return { seq, id, kind, member, orderKey: orderKey(entry), text, hash, signature: key.sign(headToSign(hash)) };
}

function entryOf(
  org: Organisation,
  stream: StreamRecord,
  { seq, hlc }: { seq: number; hlc: Hlc },
  fact: OwnFact,
  { at, local, prog, actor = ACTOR }: OwnContext,
): Entry {
  const envelope = {
    v: 1,
    org: org.id,
    store: OWN_STORE,
    till: OWN_TILL,
    inc: stream.id,
    seq,
    id: uuidv7(at) as EntryId, // minted here
    kind: fact.kind,
    kv: ENTRY_KINDS[fact.kind].kv,
    prog,
    member: fact.member,
    postings: postingsOf(fact),
    hlc,
    wall: epochMs(at),
    boot: BOOT,
    mono: Math.round(performance.now()),
    bd: local.date,
    tz: local.offsetMinutes,
    actor,
    approver: null,
    receipt: null,
    refs: [],
    basis: null,
    body: fact.body,
  };
  return envelope as Entry; // kind and body are of one fact
}

/** Whether all that the stream has is folded: what is due is judged by states that know what was already given. */
export async function ownStreamFolded(transaction: Transaction, folded: number): Promise<boolean> {
  const own = present(await findOwnIncarnation(transaction, OWN_TILL), 'head office has no stream of its own');
  const stream = present(await lockStream(transaction, own.id), 'head office has no stream of its own');
  const position = await entryPositionAt(transaction, own.id, stream.receivedSeq);
  return position === undefined || position <= folded;
}
