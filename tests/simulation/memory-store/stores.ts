import type { StoreId, TillId } from '../../../base/ids.ts';
import type { Queries } from '../../../sync/server/store/client.ts';
import type { StoreRecord, TillRecord } from '../../../sync/server/store/stores.ts';
import { tablesOf } from './tables.ts';

export async function insertStore(
  queries: Queries,
  store: StoreRecord,
  { own, position }: { own: boolean; position: number; at: number },
): Promise<boolean> {
  const { stores } = tablesOf(queries);
  if (stores.has(store.id)) return false;
  stores.set(store.id, { ...store, own, position });
  return true;
}

export async function storeExists(queries: Queries, store: StoreId): Promise<boolean> {
  return tablesOf(queries).stores.get(store)?.own === false;
}

export async function insertTill(
  queries: Queries,
  till: { id: TillId; name: string; store: StoreId },
  { position }: { position: number; at: number },
): Promise<boolean> {
  const { tills } = tablesOf(queries);
  if (tills.has(till.id)) return false;
  tills.set(till.id, { ...till, position });
  return true;
}

export async function findTill(queries: Queries, till: TillId): Promise<TillRecord | undefined> {
  const { tills, stores } = tablesOf(queries);
  const row = tills.get(till);
  const store = row && stores.get(row.store);
  if (row === undefined || store === undefined || store.own) return undefined;
  return { id: row.id, name: row.name, store: row.store, storeName: store.name };
}

export async function findOwnStore(queries: Queries, till: TillId): Promise<StoreId> {
  const row = tablesOf(queries).tills.get(till);
  if (row === undefined) throw new Error('head office has no store of its own');
  return row.store;
}
