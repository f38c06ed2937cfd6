import type { MemberId } from '../../../base/ids.ts';
import type { Queries } from './client.ts';
import type { StoredEntry } from './entries.ts';

/** Sales of these accounts behind a place in the total order, in no order. */
export async function salesOfAccountsAfter(
  queries: Queries,
  accounts: readonly MemberId[],
  { from, upTo }: { from: string; upTo: number },
): Promise<StoredEntry[]> {
  return await queries<StoredEntry[]>`
    select position, inc, seq, id, member, order_key, text, received_at
    from entry
    where member = any(${[...accounts]}::text[]) and kind = 'sale' and order_key > ${from} and position <= ${upTo}`;
}
