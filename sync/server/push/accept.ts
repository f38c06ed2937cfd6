/**
 * Accepts a batch (ledger-and-sync.md, 2.2): one transaction under a lock on the stream's row; the answer is given only after it is
 * durable. What an entry says is never looked at here beyond its envelope, and never a reason to refuse it.
 */
import { assert, present } from '../../../base/assert.ts';
import type { HashHex, IncarnationId } from '../../../base/ids.ts';
import { sha256 } from '../../../base/node/hash.ts';
import { genesisHead } from '../../../ledger/chain.ts';
import type { PushRequest } from '../../protocol/push.ts';
import { announcePushed } from '../announcements.ts';
import type { Database, Transaction } from '../store/client.ts';
import { appendEntries, hashAt, hashesBetween } from '../store/entries.ts';
import { isInFork, keepFork, keepForkProfiles, rootOfFork } from '../store/forks.ts';
import {
  lockStream,
  markBroken,
  markForked,
  noteContacts,
  type HeardStream,
  type Received,
  type StreamRecord,
} from '../store/incarnations.ts';
import { keepSealedProfiles } from '../store/sealed-profiles.ts';
import { isStorable, type StreamOwner } from './envelope.ts';
import type { ProvenBatch, ReadEntry } from './proof.ts';

/** The push answer without what every answer carries. */
export type PushOutcome =
  | {
      readonly status: 'accepted';
      readonly receivedSeq: number;
      readonly receivedHead: HashHex;
      /** Another till writes under the same identity. */
      readonly twin: boolean;
    }
  | { readonly status: 'need-from'; readonly needFrom: number }
  /** `received`: what is here of this history, in all; without it where the two part is further back. */
  | { readonly status: 'forked'; readonly seq: number; readonly received: Received | undefined }
  | { readonly status: 'broken'; readonly salvageFrom: number; readonly reason: string };

export type Attempt = {
  readonly request: PushRequest;
  readonly owner: StreamOwner;
  readonly batch: ProvenBatch;
  readonly at: number;
};

/** Its column is of 32 bits. */
const WAITING_MAX = 2_147_483_647;

/** One transaction, under a lock on the stream's row. Repeated, it gives the same answer and changes nothing. */
export async function acceptBatch(database: Database, attempt: Attempt): Promise<PushOutcome> {
  return await database.begin(async (transaction) => {
    const { inc } = attempt.owner;
    const stream = present(await lockStream(transaction, inc), `no stream ${inc}, and a token of it was accepted`);
    return await place(transaction, attempt, stream);
  });
}

/** What the stream already holds decides what the batch is: a gap, a repeat, a second history, or news. */
async function place(transaction: Transaction, attempt: Attempt, stream: StreamRecord): Promise<PushOutcome> {
  const { request, owner, batch } = attempt;
  const base = request.fromSeq - 1;
  const fits = base <= stream.receivedSeq && request.fromHead === (await headAt(transaction, owner, stream, base));
  if (!fits && (await isInFork(transaction, { inc: owner.inc, seq: base, hash: request.fromHead })))
    return await goOnWithFork(transaction, attempt, stream);
  if (base > stream.receivedSeq) {
    await contact(transaction, attempt, stream);
    return { status: 'need-from', needFrom: stream.receivedSeq + 1 };
  }
  if (!fits) {
    // Before the first entry there is no history to differ from: such heads belong to no stream of ours.
    if (base === 0 || !isWholeProven(batch))
      return await broken(transaction, attempt, stream, request.fromSeq, 'chain');
    await keepSecond(transaction, attempt, stream, batch.entries);
    return { status: 'forked', seq: base, received: undefined };
  }
  const differs = await firstDifference(transaction, owner.inc, batch.entries, stream.receivedSeq);
  if (differs !== undefined) {
    if (differs > base + batch.provenCount)
      return await broken(transaction, attempt, stream, differs, batch.reason ?? 'chain');
    const second = batch.entries.slice(0, batch.provenCount).filter((entry) => entry.seq >= differs);
    await keepSecond(transaction, attempt, stream, second);
    return { status: 'forked', seq: differs, received: receivedOf(second) };
  }
  return await append(transaction, attempt, stream);
}

async function append(transaction: Transaction, attempt: Attempt, stream: StreamRecord): Promise<PushOutcome> {
  const { request, owner, batch, at } = attempt;
  const proven = batch.entries.slice(0, batch.provenCount);
  const news = proven.filter((entry) => entry.seq > stream.receivedSeq);
  const newest = news.at(-1);
  const received = newest === undefined ? stream : { receivedSeq: newest.seq, receivedHead: newest.hash };
  const profiles = request.profiles.filter((profile) => profile.seq <= received.receivedSeq);
  if (batch.reason !== undefined) await markBroken(transaction, owner.inc, at);
  // Sent together, in this order: the entries last, since with them the positions are locked until the commit.
  await Promise.all([
    contact(transaction, attempt, received),
    keepSealedProfiles(transaction, owner.inc, uniqueBySeq(profiles), at),
    appendEntries(transaction, { inc: owner.inc, till: owner.till, store: stream.store }, news, at),
  ]);
  const { receivedSeq, receivedHead } = received;
  const twin = stream.forkedAt !== null;
  if (batch.reason === undefined) return { status: 'accepted', receivedSeq, receivedHead, twin };
  const salvageFrom = Math.max(request.fromSeq + batch.provenCount, receivedSeq + 1);
  return { status: 'broken', salvageFrom, reason: batch.reason };
}

async function contact(transaction: Transaction, attempt: Attempt, received: Received): Promise<void> {
  await Promise.all([noteContacts(transaction, [heardBy(attempt, received)]), announcePushed(transaction)]);
}

/** What a till says of itself is for head office's screen only, and never a reason to refuse its entries. */
export function heardBy({ request, owner, at }: Attempt, received: Received): HeardStream {
  const { waiting, seen } = request;
  const contact = {
    at,
    waitingEntries: Math.min(waiting.entries, WAITING_MAX),
    oldestWaitingAt: waiting.oldest,
    seenEpoch: seen.epoch !== null && isStorable(seen.epoch) ? seen.epoch : null,
    seenPosition: seen.position,
  };
  return { inc: owner.inc, received, contact };
}

async function broken(
  transaction: Transaction,
  attempt: Attempt,
  stream: StreamRecord,
  salvageFrom: number,
  reason: string,
): Promise<PushOutcome> {
  await markBroken(transaction, attempt.owner.inc, attempt.at);
  await contact(transaction, attempt, stream);
  return { status: 'broken', salvageFrom, reason };
}

/** What follows entries of a second history that are here already. */
async function goOnWithFork(transaction: Transaction, attempt: Attempt, stream: StreamRecord): Promise<PushOutcome> {
  const { request, owner, batch } = attempt;
  const proven = batch.entries.slice(0, batch.provenCount);
  const base = { receivedSeq: request.fromSeq - 1, receivedHead: request.fromHead };
  if (proven.length === 0 && batch.reason !== undefined)
    return await broken(transaction, attempt, stream, request.fromSeq, batch.reason);
  await keepSecond(transaction, attempt, stream, proven);
  const root = await rootOfFork(transaction, { inc: owner.inc, seq: base.receivedSeq, hash: base.receivedHead });
  return { status: 'forked', seq: root?.seq ?? request.fromSeq, received: receivedOf(proven) ?? base };
}

function receivedOf(entries: readonly ReadEntry[]): Received | undefined {
  const last = entries.at(-1);
  return last && { receivedSeq: last.seq, receivedHead: last.hash };
}

/** Whoever is right: both histories are kept. */
async function keepSecond(
  transaction: Transaction,
  attempt: Attempt,
  stream: StreamRecord,
  second: readonly ReadEntry[],
): Promise<void> {
  const { request, owner, at } = attempt;
  await markForked(transaction, owner.inc, at);
  const proof = { head: request.toHead, signature: request.signature, receivedAt: at };
  await keepFork(transaction, owner.inc, second, proof);
  const seqs = new Set(second.map(({ seq }) => seq));
  const profiles = uniqueBySeq(request.profiles).filter(({ seq }) => seqs.has(seq));
  await keepForkProfiles(transaction, owner.inc, profiles, at);
  await contact(transaction, attempt, stream);
}

function isWholeProven(batch: ProvenBatch): boolean {
  return batch.reason === undefined && batch.provenCount === batch.entries.length;
}

async function headAt(
  transaction: Transaction,
  owner: StreamOwner,
  stream: StreamRecord,
  seq: number,
): Promise<HashHex> {
  if (seq === stream.receivedSeq) return stream.receivedHead;
  if (seq === 0) return genesisHead(sha256, { ...owner, publicKey: stream.publicKey });
  return present(await hashAt(transaction, owner.inc, seq), `the stream ${owner.inc} has no entry ${seq}`);
}

/** Of the entries that are here already, the first with another hash. */
async function firstDifference(
  transaction: Transaction,
  inc: IncarnationId,
  entries: readonly ReadEntry[],
  receivedSeq: number,
): Promise<number | undefined> {
  const overlap = entries.filter((entry) => entry.seq <= receivedSeq);
  const [first, last] = [overlap.at(0), overlap.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const stored = await hashesBetween(transaction, inc, first.seq, last.seq);
  assert(stored.length === overlap.length, `the stream ${inc} has a gap between ${first.seq} and ${last.seq}`);
  return overlap.find((entry, index) => entry.hash !== stored[index])?.seq;
}

export function uniqueBySeq<Profile extends { readonly seq: number }>(profiles: readonly Profile[]): Profile[] {
  return [...new Map(profiles.map((profile) => [profile.seq, profile])).values()];
}
