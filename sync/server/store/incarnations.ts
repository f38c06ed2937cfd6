/** Incarnations: the streams, how far each was received, and when it was heard from. */
import type { HashHex, IncarnationId, StoreId, TillId } from '../../../base/ids.ts';
import type { Queries, Transaction } from './client.ts';

export type IncarnationRecord = {
  readonly id: IncarnationId;
  readonly till: TillId;
  readonly store: StoreId;
  readonly publicKey: string;
};

export type StreamRecord = IncarnationRecord & { readonly receivedSeq: number; readonly receivedHead: HashHex };

export type Contact = {
  readonly at: number;
  readonly waitingEntries: number;
  readonly oldestWaitingAt: number | null;
  readonly seenEpoch: string | null;
  readonly seenPosition: number;
};

export async function insertIncarnation(
  queries: Queries,
  incarnation: {
    id: IncarnationId;
    till: TillId;
    publicKey: string;
    privateKey: string | null;
    software: string;
    protocol: number;
    receivedHead: HashHex;
    enrolledAt: number;
  },
): Promise<void> {
  await queries`
    insert into incarnation (id, till, public_key, private_key, software, protocol, received_head, enrolled_at)
    values (${incarnation.id}, ${incarnation.till}, ${incarnation.publicKey}, ${incarnation.privateKey}, ${incarnation.software},
      ${incarnation.protocol}, ${incarnation.receivedHead}, ${incarnation.enrolledAt})`;
}

export async function findIncarnation(queries: Queries, inc: IncarnationId): Promise<IncarnationRecord | undefined> {
  const [row] = await queries<IncarnationRecord[]>`
    select incarnation.id, incarnation.till, till.store, incarnation.public_key
    from incarnation join till on till.id = incarnation.till
    where incarnation.id = ${inc}`;
  return row;
}

export async function publicKeyKnown(queries: Queries, publicKey: string): Promise<boolean> {
  const found = await queries`select 1 from incarnation where public_key = ${publicKey}`;
  return found.length === 1;
}

/** Head office's own stream, with its private key. */
export async function findOwnIncarnation(
  queries: Queries,
  till: TillId,
): Promise<{ id: IncarnationId; publicKey: string; privateKey: string } | undefined> {
  const [row] = await queries<{ id: IncarnationId; publicKey: string; privateKey: string }[]>`
    select id, public_key, private_key from incarnation where till = ${till} and private_key is not null`;
  return row;
}

/** One batch of a stream at a time: the row stays locked until the transaction ends. */
export async function lockStream(transaction: Transaction, inc: IncarnationId): Promise<StreamRecord | undefined> {
  const [row] = await transaction<StreamRecord[]>`
    select incarnation.id, incarnation.till, till.store, public_key, received_seq, received_head
    from incarnation join till on till.id = incarnation.till
    where incarnation.id = ${inc}
    for update of incarnation`;
  return row;
}

export type Received = { readonly receivedSeq: number; readonly receivedHead: HashHex };

export async function advanceStream(
  transaction: Transaction,
  inc: IncarnationId,
  { receivedSeq, receivedHead }: Received,
): Promise<void> {
  await transaction`
    update incarnation set received_seq = ${receivedSeq}, received_head = ${receivedHead} where id = ${inc}`;
}

/** How far the stream is received, and that it was heard from: answers out of order must not turn the clock back. */
export async function noteContact(
  transaction: Transaction,
  inc: IncarnationId,
  { receivedSeq, receivedHead }: Received,
  contact: Contact,
): Promise<void> {
  await transaction`
    update incarnation set received_seq = ${receivedSeq}, received_head = ${receivedHead},
      last_seen_at = greatest(last_seen_at, ${contact.at}), waiting_entries = ${contact.waitingEntries},
      oldest_waiting_at = ${contact.oldestWaitingAt}, seen_epoch = ${contact.seenEpoch}, seen_position = ${contact.seenPosition}
    where id = ${inc}`;
}

/** Every request says that the till is there; one row written in a few seconds is enough to show it. */
const SEEN_AGAIN_MS = 5_000;

export async function noteSeen(queries: Queries, inc: IncarnationId, at: number): Promise<void> {
  await queries`
    update incarnation set last_seen_at = ${at}
    where id = ${inc} and (last_seen_at is null or last_seen_at < ${at - SEEN_AGAIN_MS})`;
}

export async function markForked(transaction: Transaction, inc: IncarnationId, at: number): Promise<void> {
  await transaction`update incarnation set forked_at = coalesce(forked_at, ${at}) where id = ${inc}`;
}

export async function markBroken(transaction: Transaction, inc: IncarnationId, at: number): Promise<void> {
  await transaction`update incarnation set broken_at = coalesce(broken_at, ${at}) where id = ${inc}`;
}

/** All incarnations that this till ever had. */
export async function incarnationsOfTill(queries: Queries, till: TillId): Promise<IncarnationId[]> {
  const rows = await queries<{ id: IncarnationId }[]>`select id from incarnation where till = ${till}`;
  return rows.map((row) => row.id);
}
