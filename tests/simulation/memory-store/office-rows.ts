import type { Queries, Transaction } from '../../../sync/server/store/client.ts';
import type { OfficeEntry, OfficeFeedRow } from '../../../sync/server/store/office-rows.ts';
import { takePositions } from './counters.ts';
import { entryAt } from './entries.ts';
import { behind } from './feed-rows.ts';
import { placeOf, tablesOf } from './tables.ts';

export async function addOfficeRows(transaction: Transaction, entries: readonly OfficeEntry[]): Promise<void> {
  const { officeRows } = tablesOf(transaction);
  let position = await takePositions(transaction, 'feed', entries.length);
  for (const { inc, seq } of entries) {
    const name = placeOf(inc, seq);
    if (!officeRows.has(name)) officeRows.set(name, { position, inc, seq });
    position += 1;
  }
}

export async function officeRowsAfter(queries: Queries, after: number, limit: number): Promise<OfficeFeedRow[]> {
  const rows = behind(tablesOf(queries).officeRows.values(), after, limit);
  return rows.flatMap((row) => {
    const entry = entryAt(queries, row.inc, row.seq);
    return entry === undefined ? [] : [{ ...row, text: entry.text, hash: entry.hash }];
  });
}
