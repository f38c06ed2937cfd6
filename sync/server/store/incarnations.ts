/** Incarnations: the streams, how far each was received, and when it was heard from. */
import { present } from '../../../base/assert.ts';
import type { HashHex, IncarnationId, StoreId, TillId } from '../../../base/ids.ts';
import type { Queries, Transaction } from './client.ts';
import { column, CUT } from './columns.ts';

export type IncarnationRecord = {
  readonly id: IncarnationId;
  readonly till: TillId;
  readonly store: StoreId;
  readonly publicKey: string;
};

export type StreamRecord = IncarnationRecord & {
  readonly receivedSeq: number;
  readonly receivedHead: HashHex;
  /** When a second history under its identity was first seen; null: never. */
  readonly forkedAt: number | null;
};

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
    where incarnation.id = ${inc} and incarnation.branch_of is null`;
  return row;
}

export async function publicKeyKnown(queries: Queries, publicKey: string): Promise<boolean> {
  const found = await queries`select 1 from incarnation where public_key = ${publicKey}`;
  return found.length > 0;
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
    select incarnation.id, incarnation.till, till.store, public_key, received_seq, received_head, forked_at
    from incarnation join till on till.id = incarnation.till
    where incarnation.id = ${inc}
    for update of incarnation`;
  return row;
}

/** Several at once, in one order for all who do so: two that lock the same streams never wait for each other. */
export async function lockStreams(
  transaction: Transaction,
  incs: readonly IncarnationId[],
): Promise<Map<IncarnationId, StreamRecord>> {
  const rows = await transaction<StreamRecord[]>`
    select incarnation.id, incarnation.till, till.store, public_key, received_seq, received_head, forked_at
    from incarnation join till on till.id = incarnation.till
    where incarnation.id = any(${[...incs]}::text[])
    order by incarnation.id for update of incarnation`;
  return new Map(rows.map((row) => [row.id, row]));
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

export async function receivedOf(queries: Queries, inc: IncarnationId): Promise<Received> {
  const [row] = await queries<Received[]>`select received_seq, received_head from incarnation where id = ${inc}`;
  return present(row, `no stream ${inc}`);
}

export type HeardStream = { readonly inc: IncarnationId; readonly received: Received; readonly contact: Contact };

/** How far streams are received, and that they were heard from: answers out of order must not turn the clock back. */
export async function noteContacts(transaction: Transaction, heard: readonly HeardStream[]): Promise<void> {
  if (heard.length === 0) return;
  const of = (valueOf: (stream: HeardStream) => string | number | null): string => column(heard, valueOf);
  await transaction`
    update incarnation set received_seq = row.received_seq::bigint, received_head = row.received_head,
      last_seen_at = greatest(last_seen_at, row.at::bigint), waiting_entries = row.waiting_entries::integer,
      oldest_waiting_at = row.oldest_waiting_at::bigint, seen_epoch = row.seen_epoch, seen_position = row.seen_position::bigint
    from unnest(string_to_array(${of(({ inc }) => inc)}, ${CUT}), string_to_array(${of(({ received }) => received.receivedSeq)}, ${CUT}),
      string_to_array(${of(({ received }) => received.receivedHead)}, ${CUT}), string_to_array(${of(({ contact }) => contact.at)}, ${CUT}),
      string_to_array(${of(({ contact }) => contact.waitingEntries)}, ${CUT}),
      string_to_array(${of(({ contact }) => contact.oldestWaitingAt)}, ${CUT}, ''),
      string_to_array(${of(({ contact }) => contact.seenEpoch)}, ${CUT}, ''),
      string_to_array(${of(({ contact }) => contact.seenPosition)}, ${CUT}))
      as row (inc, received_seq, received_head, at, waiting_entries, oldest_waiting_at, seen_epoch, seen_position)
    where incarnation.id = row.inc`;
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
