import type { BusinessDate } from '../../../base/business-date.ts';
import type { MemberId, SaleId } from '../../../base/ids.ts';
import type { Queries, Transaction } from '../../../sync/server/store/client.ts';
import type { SaleFeedRow, SalesAsked, SaleStateRow } from '../../../sync/server/store/sale-states.ts';
import { takePositions } from './counters.ts';
import { behind } from './feed-rows.ts';
import { tablesOf } from './tables.ts';

export async function findSaleStates(queries: Queries, sales: readonly SaleId[]): Promise<Map<SaleId, SaleStateRow>> {
  return new Map(
    tablesOf(queries)
      .sales.some(sales)
      .map((row) => [row.sale, row]),
  );
}

export async function saveSaleStates(transaction: Transaction, rows: readonly SaleStateRow[]): Promise<void> {
  const { sales } = tablesOf(transaction);
  let position = await takePositions(transaction, 'feed', rows.length);
  for (const row of rows) {
    const version = (sales.get(row.sale)?.version ?? 0) + 1;
    sales.set(row.sale, { ...row, version, position });
    position += 1;
  }
}

export async function saleRowsAfter(
  queries: Queries,
  { store, since: { own, others }, after, limit }: SalesAsked,
): Promise<SaleFeedRow[]> {
  const rows = tablesOf(queries)
    .sales.values()
    .filter((row) => row.businessDate >= others || (row.store === store && row.businessDate >= own));
  return behind(rows, after, limit);
}

export async function salesOfMembers(
  queries: Queries,
  members: readonly MemberId[],
  { from, until }: { from: BusinessDate; until: BusinessDate },
): Promise<{ member: MemberId; state: string }[]> {
  return tablesOf(queries)
    .sales.values()
    .flatMap(({ member, state, businessDate }) =>
      member !== null && members.includes(member) && businessDate >= from && businessDate <= until
        ? [{ member, state }]
        : [],
    );
}
