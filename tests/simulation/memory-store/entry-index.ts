import type { MemberId, SaleId } from '../../../base/ids.ts';
import type { Queries, Transaction } from '../../../sync/server/store/client.ts';
import type { StoredEntry } from '../../../sync/server/store/entries.ts';
import type { AccountOfEntry, Groups, SaleOfEntry } from '../../../sync/server/store/entry-index.ts';
import { type EntryRow, positionName, type Table, tablesOf } from './tables.ts';

export async function saveAccountsOfEntries(transaction: Transaction, rows: readonly AccountOfEntry[]): Promise<void> {
  const { byAccount, namesOthers } = tablesOf(transaction);
  for (const { account, position } of rows) {
    addOnce(byAccount, account, position);
    namesOthers.set(positionName(position), true);
  }
}

export async function saveSalesOfEntries(transaction: Transaction, rows: readonly SaleOfEntry[]): Promise<void> {
  const { bySale } = tablesOf(transaction);
  for (const { sale, position } of rows) addOnce(bySale, sale, position);
}

function addOnce(index: Table<string, readonly number[]>, name: string, position: number): void {
  const known = index.get(name) ?? [];
  if (!known.includes(position)) index.set(name, [...known, position]);
}

function rowsOf(
  queries: Queries,
  index: Table<string, readonly number[]>,
  names: readonly string[],
  upTo: number,
): EntryRow[] {
  const positions = new Set(names.flatMap((name) => index.get(name) ?? []));
  const { entries } = tablesOf(queries);
  return entries.some([...positions].filter((position) => position <= upTo).map(positionName));
}

export async function entriesOfAccounts(
  queries: Queries,
  accounts: readonly MemberId[],
  upTo: number,
): Promise<StoredEntry[]> {
  return rowsOf(queries, tablesOf(queries).byAccount, accounts, upTo);
}

export async function salesOfAccountsAfter(
  queries: Queries,
  accounts: readonly MemberId[],
  { from, upTo }: { from: string; upTo: number },
): Promise<StoredEntry[]> {
  return memberRows(queries, accounts, upTo).filter(({ kind, orderKey }) => kind === 'sale' && orderKey > from);
}

export async function entriesNamingOthers(
  queries: Queries,
  accounts: readonly MemberId[],
  upTo: number,
): Promise<StoredEntry[]> {
  const { namesOthers } = tablesOf(queries);
  return memberRows(queries, accounts, upTo).filter(({ position }) => namesOthers.has(positionName(position)));
}

function memberRows(queries: Queries, accounts: readonly MemberId[], upTo: number): EntryRow[] {
  const of = new Set(accounts);
  const rows = rowsOf(queries, tablesOf(queries).byAccount, accounts, upTo);
  return rows.filter(({ member }) => member !== null && of.has(member));
}

export async function entriesOfSales(
  queries: Queries,
  sales: readonly SaleId[],
  upTo: number,
): Promise<(StoredEntry & { readonly sale: SaleId })[]> {
  const { bySale } = tablesOf(queries);
  return sales.flatMap((sale) => rowsOf(queries, bySale, [sale], upTo).map((row) => ({ ...row, sale })));
}

export async function salesWithEntries(queries: Queries, sales: readonly SaleId[], upTo: number): Promise<Set<SaleId>> {
  const { bySale } = tablesOf(queries);
  return new Set(sales.filter((sale) => (bySale.get(sale) ?? []).some((position) => position <= upTo)));
}

export async function loadGroups(queries: Queries, accounts: readonly MemberId[]): Promise<Groups> {
  const { groups } = tablesOf(queries);
  const rootOf = (account: MemberId): MemberId => groups.get(account) ?? account;
  if (accounts.every((account) => !groups.has(account))) return { rootOf, together: (account) => [account] };
  const all = groups.keys() as MemberId[]; // ids are the keys of this table
  return {
    rootOf,
    together: (account) =>
      groups.has(account) ? all.filter((other) => groups.get(other) === rootOf(account)) : [account],
  };
}

export async function joinGroups(transaction: Transaction, left: MemberId, right: MemberId): Promise<void> {
  const { groups } = tablesOf(transaction);
  const known = await loadGroups(transaction, [left, right]);
  const root = known.rootOf(left);
  for (const account of [...known.together(left), ...known.together(right)]) groups.set(account, root);
}
