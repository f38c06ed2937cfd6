/** Head office's own entries as rows of the feed. */
import type { HashHex, IncarnationId } from '../../../base/ids.ts';
import type { Queries, Transaction } from './client.ts';
import { takePositions } from './counters.ts';

export type OfficeEntry = { readonly inc: IncarnationId; readonly seq: number };

/** Takes positions of the feed: run it last. */
export async function addOfficeRows(transaction: Transaction, entries: readonly OfficeEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const first = await takePositions(transaction, 'feed', entries.length);
  await transaction`
    insert into office_row (position, inc, seq)
    select * from unnest(${entries.map((_, index) => first + index)}::bigint[], ${entries.map(({ inc }) => inc)}::text[],
      ${entries.map(({ seq }) => seq)}::bigint[])
    on conflict do nothing`;
}

export type OfficeFeedRow = OfficeEntry & {
  readonly position: number;
  readonly text: string;
  readonly hash: HashHex;
};

export async function officeRowsAfter(queries: Queries, after: number, limit: number): Promise<OfficeFeedRow[]> {
  return await queries<OfficeFeedRow[]>`
    select office_row.position, office_row.inc, office_row.seq, entry.text, entry.hash
    from office_row join entry on entry.inc = office_row.inc and entry.seq = office_row.seq
    where office_row.position > ${after} order by office_row.position limit ${limit}`;
}
