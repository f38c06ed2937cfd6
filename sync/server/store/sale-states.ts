/** Sales as they stand, with their place in the feed. */
import type { BusinessDate } from '../../../base/business-date.ts';
import type { MemberId, SaleId, StoreId } from '../../../base/ids.ts';
import type { Queries, Transaction } from './client.ts';
import { column, CUT } from './columns.ts';

export type SaleStateRow = {
  readonly sale: SaleId;
  readonly store: StoreId;
  readonly member: MemberId | null;
  readonly businessDate: BusinessDate;
  /** As `encodeSaleState` gives it. */
  readonly state: string;
  readonly lastOrder: string;
  /** JSON: the last seq of each incarnation that the state includes. */
  readonly includes: string;
};

export async function findSaleStates(queries: Queries, sales: readonly SaleId[]): Promise<Map<SaleId, SaleStateRow>> {
  const rows = await queries<SaleStateRow[]>`
    select sale, store, member, business_date, state, last_order, includes from sale_state where sale = any(${[...sales]}::text[])`;
  return new Map(rows.map((row) => [row.sale, row]));
}

/** Writes the rows, each sale once, as the next version and at a new position of the feed. */
export async function saveSaleStates(transaction: Transaction, rows: readonly SaleStateRow[]): Promise<void> {
  if (rows.length === 0) return;
  await transaction`
    with taken as (update counter set last = last + ${rows.length} where name = 'feed' returning last)
    insert into sale_state as known (sale, version, position, store, member, business_date, state, last_order, includes)
    select row.sale, 1, taken.last - ${rows.length} + row.number, row.store, row.member, row.business_date, row.state, row.last_order, row.includes
    from taken, unnest(
      string_to_array(${column(rows, (row) => row.sale)}, ${CUT}), string_to_array(${column(rows, (row) => row.store)}, ${CUT}),
      string_to_array(${column(rows, (row) => row.member)}, ${CUT}, ''), string_to_array(${column(rows, (row) => row.businessDate)}, ${CUT}),
      string_to_array(${column(rows, (row) => row.state)}, ${CUT}), string_to_array(${column(rows, (row) => row.lastOrder)}, ${CUT}),
      string_to_array(${column(rows, (row) => row.includes)}, ${CUT}))
      with ordinality as row (sale, store, member, business_date, state, last_order, includes, number)
    on conflict (sale) do update set version = known.version + 1, position = excluded.position, store = excluded.store,
      member = excluded.member, business_date = excluded.business_date, state = excluded.state, last_order = excluded.last_order,
      includes = excluded.includes`;
}

export type SaleFeedRow = {
  readonly position: number;
  readonly version: number;
  readonly sale: SaleId;
  readonly state: string;
  readonly includes: string;
};

export type SalesAsked = {
  readonly store: StoreId;
  /** First business dates of the store's own sales, and of all others'. */
  readonly since: { readonly own: BusinessDate; readonly others: BusinessDate };
  readonly after: number;
  readonly limit: number;
};

/** Recent sales behind a position. */
export async function saleRowsAfter(
  queries: Queries,
  { store, since: { own, others }, after, limit }: SalesAsked,
): Promise<SaleFeedRow[]> {
  return await queries<SaleFeedRow[]>`
    select position, version, sale, state, includes from sale_state
    where position > ${after} and (business_date >= ${others} or (store = ${store} and business_date >= ${own}))
    order by position limit ${limit}`;
}

/** States of the sales that these accounts made from one date until another, both included. */
export async function salesOfMembers(
  queries: Queries,
  members: readonly MemberId[],
  { from, until }: { from: BusinessDate; until: BusinessDate },
): Promise<{ member: MemberId; state: string }[]> {
  return await queries<{ member: MemberId; state: string }[]>`
    select member, state from sale_state
    where member = any(${[...members]}::text[]) and business_date between ${from} and ${until}`;
}
