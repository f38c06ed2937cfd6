/** Stores and their tills. */
import { present } from '../../../base/assert.ts';
import type { StoreId, TillId } from '../../../base/ids.ts';
import type { Queries } from './client.ts';

export type StoreRecord = {
  readonly id: StoreId;
  readonly name: string;
  readonly locale: string;
  readonly receiptHeader: readonly string[];
  readonly receiptFooter: readonly string[];
};

export type TillRecord = {
  readonly id: TillId;
  readonly name: string;
  readonly store: StoreId;
  readonly storeName: string;
};

/** False where there is a store of this id. */
export async function insertStore(
  queries: Queries,
  store: StoreRecord,
  { own, position, at }: { own: boolean; position: number; at: number },
): Promise<boolean> {
  const { count } = await queries`
    insert into store (id, name, locale, receipt_header, receipt_footer, own, position, created_at)
    values (${store.id}, ${store.name}, ${store.locale}, ${[...store.receiptHeader]}::text[], ${[...store.receiptFooter]}::text[],
      ${own}, ${position}, ${at})
    on conflict do nothing`;
  return count === 1;
}

/** False where there is no such store. */
export async function updateReceiptTexts(
  queries: Queries,
  store: StoreId,
  texts: { receiptHeader: readonly string[]; receiptFooter: readonly string[]; locale: string | null },
  position: number,
): Promise<boolean> {
  const { count } = await queries`
    update store set receipt_header = ${[...texts.receiptHeader]}::text[], receipt_footer = ${[...texts.receiptFooter]}::text[],
      locale = coalesce(${texts.locale}, locale), position = ${position}
    where id = ${store} and not own`;
  return count === 1;
}

export async function storeExists(queries: Queries, store: StoreId): Promise<boolean> {
  const found = await queries`select 1 from store where id = ${store} and not own`;
  return found.length === 1;
}

/** False where there is a till of this id. */
export async function insertTill(
  queries: Queries,
  till: { id: TillId; name: string; store: StoreId },
  { position, at }: { position: number; at: number },
): Promise<boolean> {
  const { count } = await queries`
    insert into till (id, store, name, position, created_at)
    values (${till.id}, ${till.store}, ${till.name}, ${position}, ${at})
    on conflict do nothing`;
  return count === 1;
}

/** Not head office's own. */
export async function findTill(queries: Queries, till: TillId): Promise<TillRecord | undefined> {
  const [row] = await queries<TillRecord[]>`
    select till.id, till.name, till.store, store.name as store_name
    from till join store on store.id = till.store
    where till.id = ${till} and not store.own`;
  return row;
}

/** The store that a till of head office's own is in. */
export async function findOwnStore(queries: Queries, till: TillId): Promise<StoreId> {
  const [row] = await queries<{ store: StoreId }[]>`select store from till where id = ${till}`;
  return present(row, 'head office has a store of its own').store;
}
