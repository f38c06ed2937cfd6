/** What entries are found by beside their member: other accounts that they name, sales that they are about, accounts that became one. */
import type { MemberId, SaleId } from '../../../base/ids.ts';
import type { Queries, Transaction } from './client.ts';
import { column, CUT } from './columns.ts';
import type { StoredEntry } from './entries.ts';

export type AccountOfEntry = { readonly account: MemberId; readonly position: number };
export type SaleOfEntry = { readonly sale: SaleId; readonly position: number };

/** Rows that are there already stay. */
export async function saveAccountsOfEntries(transaction: Transaction, rows: readonly AccountOfEntry[]): Promise<void> {
  if (rows.length === 0) return;
  await transaction`
    insert into entry_account (account, position)
    select row.account, row.position::bigint
    from unnest(string_to_array(${column(rows, (row) => row.account)}, ${CUT}), string_to_array(${column(rows, (row) => row.position)}, ${CUT}))
      as row (account, position)
    on conflict do nothing`;
}

export async function saveSalesOfEntries(transaction: Transaction, rows: readonly SaleOfEntry[]): Promise<void> {
  if (rows.length === 0) return;
  await transaction`
    insert into entry_sale (sale, position)
    select row.sale, row.position::bigint
    from unnest(string_to_array(${column(rows, (row) => row.sale)}, ${CUT}), string_to_array(${column(rows, (row) => row.position)}, ${CUT}))
      as row (sale, position)
    on conflict do nothing`;
}

/** All entries up to a position that name any of these accounts, as their member or beside it; each once, in no order. */
export async function entriesOfAccounts(
  queries: Queries,
  accounts: readonly MemberId[],
  upTo: number,
): Promise<StoredEntry[]> {
  const rows = await queries<StoredEntry[]>`
    select position, inc, seq, id, member, order_key, text, received_at
    from entry where member = any(${[...accounts]}::text[]) and position <= ${upTo}
    union all
    select entry.position, entry.inc, entry.seq, entry.id, entry.member, entry.order_key, entry.text, entry.received_at
    from entry_account join entry on entry.position = entry_account.position
    where entry_account.account = any(${[...accounts]}::text[]) and entry_account.position <= ${upTo}`;
  return [...new Map(rows.map((row) => [row.position, row])).values()];
}

/** Of the entries of these accounts, those that name others too; in no order. */
export async function entriesNamingOthers(
  queries: Queries,
  accounts: readonly MemberId[],
  upTo: number,
): Promise<StoredEntry[]> {
  return await queries<StoredEntry[]>`
    select position, inc, seq, id, member, order_key, text, received_at
    from entry where member = any(${[...accounts]}::text[]) and position <= ${upTo}
      and exists (select 1 from entry_account where entry_account.position = entry.position)`;
}

export async function entriesOfSales(
  queries: Queries,
  sales: readonly SaleId[],
  upTo: number,
): Promise<(StoredEntry & { readonly sale: SaleId })[]> {
  return await queries<(StoredEntry & { readonly sale: SaleId })[]>`
    select entry_sale.sale, entry.position, entry.inc, entry.seq, entry.id, entry.member, entry.order_key, entry.text, entry.received_at
    from entry_sale join entry on entry.position = entry_sale.position
    where entry_sale.sale = any(${[...sales]}::text[]) and entry_sale.position <= ${upTo}`;
}

/** Of these sales, those with an entry up to the position. */
export async function salesWithEntries(queries: Queries, sales: readonly SaleId[], upTo: number): Promise<Set<SaleId>> {
  const rows = await queries<{ sale: SaleId }[]>`
    select distinct sale from entry_sale where sale = any(${[...sales]}::text[]) and position <= ${upTo}`;
  return new Set(rows.map((row) => row.sale));
}

/** Accounts that are folded together. */
export type Groups = {
  /** One name for all that are together; an account alone is its own. */
  rootOf(account: MemberId): MemberId;
  /** The account itself, and all that are together with it. */
  together(account: MemberId): readonly MemberId[];
};

export async function loadGroups(queries: Queries, accounts: readonly MemberId[]): Promise<Groups> {
  const rows = await queries<{ account: MemberId; root: MemberId }[]>`
    select account, root from account_group
    where root in (select root from account_group where account = any(${[...accounts]}::text[]))`;
  const roots = new Map(rows.map(({ account, root }) => [account, root]));
  const members = Map.groupBy(rows, ({ root }) => root);
  const rootOf = (account: MemberId): MemberId => roots.get(account) ?? account;
  return {
    rootOf,
    together: (account) => members.get(rootOf(account))?.map((row) => row.account) ?? [account],
  };
}

/** From now on the two are folded together, with all that were so with either. */
export async function joinGroups(transaction: Transaction, left: MemberId, right: MemberId): Promise<void> {
  const groups = await loadGroups(transaction, [left, right]);
  const [root, other] = [groups.rootOf(left), groups.rootOf(right)];
  const both = [...groups.together(left), ...(root === other ? [] : groups.together(right))];
  await transaction`
    insert into account_group (account, root)
    select account, ${root} from unnest(${both}::text[]) as row (account)
    on conflict (account) do update set root = excluded.root`;
}
