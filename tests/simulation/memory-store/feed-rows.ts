import type { HashHex, MemberId, TillId } from '../../../base/ids.ts';
import type { Queries, Transaction } from '../../../sync/server/store/client.ts';
import type { MemberFeedRow, StoreFeedRow } from '../../../sync/server/store/feed-rows.ts';
import { tablesOf } from './tables.ts';

export function behind<Row extends { readonly position: number }>(
  rows: readonly Row[],
  after: number,
  limit: number,
): Row[] {
  return rows
    .filter(({ position }) => position > after)
    .toSorted((left, right) => left.position - right.position)
    .slice(0, limit);
}

export async function memberRowsAfter(
  transaction: Transaction,
  after: number,
  limit: number,
): Promise<MemberFeedRow[]> {
  const rows = behind(tablesOf(transaction).states.values(), after, limit);
  return rows.flatMap(({ member }) => memberRow(transaction, member) ?? []);
}

function memberRow(queries: Queries, id: MemberId): MemberFeedRow | undefined {
  const { states, members } = tablesOf(queries);
  const state = states.get(id);
  const member = members.get(id);
  if (state === undefined || member === undefined) return undefined;
  const recall = tablesOf(queries).recalls.get(id)?.wanted ?? null;
  return { ...state, ...member, segments: [...member.segments], recall };
}

export async function findMemberRow(queries: Queries, member: MemberId): Promise<MemberFeedRow | undefined> {
  return memberRow(queries, member);
}

export async function programmeRowsAfter(
  transaction: Transaction,
  after: number,
  limit: number,
): Promise<{ position: number; version: number; hash: HashHex; text: string }[]> {
  return behind(tablesOf(transaction).programmes.values(), after, limit);
}

export async function catalogueRowAfter(
  transaction: Transaction,
  after: number,
): Promise<{ position: number; text: string } | undefined> {
  const newest = tablesOf(transaction)
    .catalogues.values()
    .toSorted((left, right) => right.version - left.version)[0];
  return newest !== undefined && newest.position > after ? newest : undefined;
}

export async function storeRowAfter(
  transaction: Transaction,
  till: TillId,
  after: number,
): Promise<StoreFeedRow | undefined> {
  const { tills, stores } = tablesOf(transaction);
  const row = tills.get(till);
  const store = row && stores.get(row.store);
  if (row === undefined || store === undefined) return undefined;
  const position = Math.max(row.position, store.position);
  if (position <= after) return undefined;
  const { name, locale, receiptHeader, receiptFooter } = store;
  return {
    position,
    name,
    tillName: row.name,
    receiptHeader: [...receiptHeader],
    receiptFooter: [...receiptFooter],
    locale,
  };
}
