import type { HashHex, IncarnationId, MemberId } from '../../../base/ids.ts';
import type { Queries, Transaction } from '../../../sync/server/store/client.ts';
import type { Append, EntryStream, NewEntry, StoredEntry } from '../../../sync/server/store/entries.ts';
import { byText, type EntryRow, placeOf, positionName, tablesOf } from './tables.ts';

export async function appendEntries(
  transaction: Transaction,
  stream: EntryStream,
  entries: readonly NewEntry[],
  receivedAt: number,
): Promise<void> {
  await appendAll(transaction, [{ stream, entries }], receivedAt);
}

export async function appendAll(
  transaction: Transaction,
  appends: readonly Append[],
  receivedAt: number,
): Promise<void> {
  const { entries, places, counters, byId, byAccount } = tablesOf(transaction);
  for (const { stream, entries: news } of appends) {
    for (const entry of news) {
      const place = placeOf(stream.inc, entry.seq);
      if (places.has(place)) throw new Error(`entry ${place} is there already`);
      const position = (counters.get('entry') ?? 0) + 1;
      counters.set('entry', position);
      places.set(place, position);
      byId.set(entry.id, (byId.get(entry.id) ?? 0) + 1);
      if (entry.member !== null) byAccount.set(entry.member, [...(byAccount.get(entry.member) ?? []), position]);
      entries.set(positionName(position), { ...entry, ...stream, position, receivedAt });
    }
  }
}

export function entryAt(queries: Queries, inc: IncarnationId, seq: number): EntryRow | undefined {
  const { entries, places } = tablesOf(queries);
  const position = places.get(placeOf(inc, seq));
  return position === undefined ? undefined : entries.get(positionName(position));
}

export async function hashAt(queries: Queries, inc: IncarnationId, seq: number): Promise<HashHex | undefined> {
  return entryAt(queries, inc, seq)?.hash;
}

export async function hashesBetween(
  queries: Queries,
  inc: IncarnationId,
  from: number,
  to: number,
): Promise<HashHex[]> {
  const hashes: HashHex[] = [];
  for (let seq = from; seq <= to; seq += 1) {
    const row = entryAt(queries, inc, seq);
    if (row !== undefined) hashes.push(row.hash);
  }
  return hashes;
}

export async function entryTextAt(queries: Queries, inc: IncarnationId, seq: number): Promise<string | undefined> {
  return entryAt(queries, inc, seq)?.text;
}

export async function entryPositionAt(queries: Queries, inc: IncarnationId, seq: number): Promise<number | undefined> {
  return entryAt(queries, inc, seq)?.position;
}

export async function entriesAfter(
  queries: Queries,
  position: number,
  { limit }: { limit: number; bytesMax?: number },
): Promise<StoredEntry[]> {
  const { entries, counters } = tablesOf(queries);
  const last = Math.min(counters.get('entry') ?? 0, position + limit);
  return Array.from({ length: last - position }, (_, index) => positionName(position + 1 + index)).flatMap(
    (name) => entries.get(name) ?? [],
  );
}

export async function entriesOfStream(
  queries: Queries,
  inc: IncarnationId,
  fromSeq: number,
  limit: number,
): Promise<StoredEntry[]> {
  const rows: EntryRow[] = [];
  for (let seq = fromSeq; rows.length < limit; seq += 1) {
    const row = entryAt(queries, inc, seq);
    if (row === undefined) break;
    rows.push(row);
  }
  return rows;
}

export async function idsUsedTwice(queries: Queries, ids: readonly string[]): Promise<Set<string>> {
  const { byId } = tablesOf(queries);
  return new Set(ids.filter((id) => (byId.get(id) ?? 0) > 1));
}

export async function entriesOfKind(
  queries: Queries,
  kind: string,
  members: readonly MemberId[],
): Promise<StoredEntry[]> {
  const { entries } = tablesOf(queries);
  const of = new Set<string>(members);
  return entries.values().filter((row) => row.kind === kind && row.member !== null && of.has(row.member));
}

export async function goalEntries(queries: Queries): Promise<StoredEntry[]> {
  const { entries } = tablesOf(queries);
  return entries
    .values()
    .filter(({ kind }) => kind === 'goal')
    .toSorted(byText(({ orderKey }) => orderKey));
}

export async function signedEntriesAfter(
  queries: Queries,
  inc: IncarnationId,
  after: number,
  { limit }: { limit: number; bytesMax: number },
): Promise<{ seq: number; text: string; signature: string | null }[]> {
  const rows = await entriesOfStream(queries, inc, after + 1, limit);
  return rows
    .flatMap(({ seq }) => entryAt(queries, inc, seq) ?? [])
    .map(({ seq, text, signature }) => ({ seq, text, signature }));
}
