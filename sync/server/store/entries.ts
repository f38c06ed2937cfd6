/** Accepted entries, exact bytes, at their positions. Rows are only ever added. */
import type { HashHex, IncarnationId, MemberId, StoreId, TillId } from '../../../base/ids.ts';
import type { Queries, Transaction } from './client.ts';
import { column, CUT } from './columns.ts';
import { copyIn } from './copy-in.ts';
import { takePositions } from './counters.ts';

const ENTRIES_BYTES_MAX = 33_554_432;

export type NewEntry = {
  readonly seq: number;
  readonly id: string;
  readonly kind: string;
  readonly member: MemberId | null;
  readonly orderKey: string;
  readonly text: string;
  readonly hash: HashHex;
  readonly signature: string | null;
};

export type StoredEntry = {
  readonly position: number;
  readonly inc: IncarnationId;
  readonly seq: number;
  readonly id: string;
  readonly member: MemberId | null;
  readonly orderKey: string;
  readonly text: string;
  readonly receivedAt: number;
};

export type EntryStream = { readonly inc: IncarnationId; readonly till: TillId; readonly store: StoreId };

/** News of one stream, whose row is locked. */
export type Append = { readonly stream: EntryStream; readonly entries: readonly NewEntry[] };

/** Appends entries of one stream whose row is locked, at the next positions. */
export async function appendEntries(
  transaction: Transaction,
  stream: EntryStream,
  entries: readonly NewEntry[],
  receivedAt: number,
): Promise<void> {
  await appendAll(transaction, [{ stream, entries }], receivedAt);
}

/** From so many rows on COPY is worth its message. */
const COPY_ROWS_MIN = 100;

type NewRow = { readonly stream: EntryStream; readonly entry: NewEntry };

/** Appends entries of streams whose rows are locked, at the next positions; one statement or two, however many they are. */
export async function appendAll(
  transaction: Transaction,
  appends: readonly Append[],
  receivedAt: number,
): Promise<void> {
  const rows = appends.flatMap(({ stream, entries }) => entries.map((entry) => ({ stream, entry })));
  if (rows.length >= COPY_ROWS_MIN) await copyRows(transaction, rows, receivedAt);
  else if (rows.length > 0) await insertRows(transaction, rows, receivedAt);
}

async function copyRows(transaction: Transaction, rows: readonly NewRow[], receivedAt: number): Promise<void> {
  const first = await takePositions(transaction, 'entry', rows.length);
  await copyIn<NewRow>(
    transaction,
    'entry',
    [
      { name: 'position', type: 'bigint', of: (_row, index) => first + index },
      { name: 'inc', type: 'text', of: ({ stream }) => stream.inc },
      { name: 'seq', type: 'bigint', of: ({ entry }) => entry.seq },
      { name: 'store', type: 'text', of: ({ stream }) => stream.store },
      { name: 'till', type: 'text', of: ({ stream }) => stream.till },
      { name: 'id', type: 'text', of: ({ entry }) => entry.id },
      { name: 'kind', type: 'text', of: ({ entry }) => entry.kind },
      { name: 'member', type: 'text', of: ({ entry }) => entry.member },
      { name: 'order_key', type: 'text', of: ({ entry }) => entry.orderKey },
      { name: 'text', type: 'text', of: ({ entry }) => entry.text },
      { name: 'hash', type: 'text', of: ({ entry }) => entry.hash },
      { name: 'signature', type: 'text', of: ({ entry }) => entry.signature },
      { name: 'received_at', type: 'bigint', of: () => receivedAt },
    ],
    rows,
  );
}

async function insertRows(transaction: Transaction, rows: readonly NewRow[], receivedAt: number): Promise<void> {
  const of = (valueOf: (entry: NewEntry) => string | number | null): string =>
    column(rows, ({ entry }) => valueOf(entry));
  const ofStream = (valueOf: (stream: EntryStream) => string): string => column(rows, ({ stream }) => valueOf(stream));
  // Takes the positions in the same statement (see counters.ts): the fewer messages while that row is locked, the better.
  await transaction`
    with taken as (update counter set last = last + ${rows.length} where name = 'entry' returning last)
    insert into entry (position, inc, seq, store, till, id, kind, member, order_key, text, hash, signature, received_at)
    select taken.last - ${rows.length} + row.number, row.inc, row.seq::bigint, row.store, row.till, row.id, row.kind, row.member,
      row.order_key, row.text, row.hash, row.signature, ${receivedAt}::bigint
    from taken, unnest(
      string_to_array(${ofStream(({ inc }) => inc)}, ${CUT}), string_to_array(${of(({ seq }) => seq)}, ${CUT}),
      string_to_array(${ofStream(({ store }) => store)}, ${CUT}), string_to_array(${ofStream(({ till }) => till)}, ${CUT}),
      string_to_array(${of(({ id }) => id)}, ${CUT}), string_to_array(${of(({ kind }) => kind)}, ${CUT}),
      string_to_array(${of(({ member }) => member)}, ${CUT}, ''), string_to_array(${of(({ orderKey }) => orderKey)}, ${CUT}),
      string_to_array(${of(({ text }) => text)}, ${CUT}), string_to_array(${of(({ hash }) => hash)}, ${CUT}),
      string_to_array(${of(({ signature }) => signature)}, ${CUT}, ''))
      with ordinality as row (inc, seq, store, till, id, kind, member, order_key, text, hash, signature, number)`;
}

/** The head after this entry of the stream. */
export async function hashAt(queries: Queries, inc: IncarnationId, seq: number): Promise<HashHex | undefined> {
  const [row] = await queries<{ hash: HashHex }[]>`select hash from entry where inc = ${inc} and seq = ${seq}`;
  return row?.hash;
}

/** Heads of the stream from one seq to another, both included, in order. */
export async function hashesBetween(
  queries: Queries,
  inc: IncarnationId,
  from: number,
  to: number,
): Promise<HashHex[]> {
  const rows = await queries<{ hash: HashHex }[]>`
    select hash from entry where inc = ${inc} and seq between ${from} and ${to} order by seq`;
  return rows.map((row) => row.hash);
}

/** The newest entry of a stream, as it was written. */
export async function entryTextAt(queries: Queries, inc: IncarnationId, seq: number): Promise<string | undefined> {
  const [row] = await queries<{ text: string }[]>`select text from entry where inc = ${inc} and seq = ${seq}`;
  return row?.text;
}

export async function entryPositionAt(queries: Queries, inc: IncarnationId, seq: number): Promise<number | undefined> {
  const [row] = await queries<{ position: number }[]>`select position from entry where inc = ${inc} and seq = ${seq}`;
  return row?.position;
}

/** The next entries by position; of long ones fewer, at least one. */
export async function entriesAfter(
  queries: Queries,
  position: number,
  { limit, bytesMax = ENTRIES_BYTES_MAX }: { limit: number; bytesMax?: number },
): Promise<StoredEntry[]> {
  return await queries<StoredEntry[]>`
    select position, inc, seq, id, member, order_key, text, received_at from (
      select next.*, sum(octet_length(text)) over (order by position) - octet_length(text) as bytes_before from (
        select position, inc, seq, id, member, order_key, text, received_at
        from entry where position > ${position} order by position limit ${limit}) next) bounded
    where bytes_before < ${bytesMax}`;
}

/** Entries of a stream from a seq on, in order. */
export async function entriesOfStream(
  queries: Queries,
  inc: IncarnationId,
  fromSeq: number,
  limit: number,
): Promise<StoredEntry[]> {
  return await queries<StoredEntry[]>`
    select position, inc, seq, id, member, order_key, text, received_at
    from entry where inc = ${inc} and seq >= ${fromSeq} order by seq limit ${limit}`;
}

/** Exact bytes of a stream after a seq, with their signatures; of long ones fewer, at least one. */
export async function signedEntriesAfter(
  queries: Queries,
  inc: IncarnationId,
  after: number,
  { limit, bytesMax }: { limit: number; bytesMax: number },
): Promise<{ seq: number; text: string; signature: string | null }[]> {
  return await queries<{ seq: number; text: string; signature: string | null }[]>`
    select seq, text, signature from (
      select next.*, sum(octet_length(text)) over (order by seq) - octet_length(text) as bytes_before from (
        select seq, text, signature from entry where inc = ${inc} and seq > ${after} order by seq limit ${limit}) next) bounded
    where bytes_before < ${bytesMax} order by seq`;
}

/** Of these ids, those that more than one entry has. */
export async function idsUsedTwice(queries: Queries, ids: readonly string[]): Promise<Set<string>> {
  const rows = await queries<{ id: string }[]>`
    select id from entry where id = any(${[...ids]}::text[]) group by id having count(*) > 1`;
  return new Set(rows.map((row) => row.id));
}

/** Entries of one kind on these members, in no order. */
export async function entriesOfKind(
  queries: Queries,
  kind: string,
  members: readonly MemberId[],
): Promise<StoredEntry[]> {
  return await queries<StoredEntry[]>`
    select position, inc, seq, id, member, order_key, text, received_at
    from entry where member = any(${[...members]}::text[]) and kind = ${kind}`;
}

/** Shares of goals of clubs that were given. */
export async function goalEntries(queries: Queries): Promise<StoredEntry[]> {
  return await queries<StoredEntry[]>`
    select position, inc, seq, id, member, order_key, text, received_at from entry where kind = 'goal' order by order_key`;
}
