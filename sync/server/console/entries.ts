/** The console's lists of entries. */
import type { ConsoleEntry, EntriesPage } from '../../protocol/console.ts';
import type { MemberId } from '../../../base/ids.ts';
import type { Queries } from '../store/client.ts';
import { listEntries, type ConsoleEntryRow } from '../store/console-entries.ts';
import { cursorNumber, pageOf, type PageQuery } from './page.ts';
import { moneyOf, readRaw } from './raw-entry.ts';

export async function entriesPage(
  queries: Queries,
  { cursor, limit }: PageQuery,
  member?: MemberId,
): Promise<EntriesPage> {
  const rows = await listEntries(queries, { member, before: cursorNumber(cursor), limit: limit + 1 });
  const page = pageOf(rows, limit, (row) => row.position);
  return { entries: page.rows.map(consoleEntry), next: page.next };
}

/** Those behind a position, oldest first; of very many only the newest. */
export async function newEntries(queries: Queries, after: number, limit: number): Promise<ConsoleEntry[]> {
  const rows = await listEntries(queries, { after, limit });
  return rows.toReversed().map(consoleEntry);
}

function consoleEntry(row: ConsoleEntryRow): ConsoleEntry {
  const {
    position,
    id,
    kind,
    store,
    storeName,
    till,
    tillName,
    inc,
    seq,
    member,
    memberName,
    receivedAt,
    flags,
    hash,
  } = row;
  const raw = readRaw(row.text);
  return {
    position,
    id,
    kind,
    store,
    storeName: storeName ?? store,
    till,
    tillName: tillName ?? till,
    inc,
    seq,
    businessDate: raw?.bd ?? '',
    writtenAt: raw?.wall ?? receivedAt,
    receivedAt,
    receipt: raw?.receipt ?? null,
    member,
    memberName,
    postings: raw?.postings ?? [],
    money: moneyOf(kind, raw?.body),
    flags,
    hash,
  };
}
