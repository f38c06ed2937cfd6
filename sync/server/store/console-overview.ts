/** What the first screen of the console counts. */
import type { StoreId, TillId } from '../../../base/ids.ts';
import type { Queries } from './client.ts';

export type TillOverviewRow = {
  readonly store: StoreId;
  readonly storeName: string;
  /** Null: a store without tills. */
  readonly id: TillId | null;
  readonly name: string | null;
  readonly incarnations: number;
  readonly forked: boolean;
  readonly entriesReceived: number;
  readonly lastSeenAt: number | null;
  readonly waitingEntries: number | null;
  readonly oldestWaitingAt: number | null;
  /** Of the newest entry. */
  readonly text: string | null;
  readonly receivedAt: number | null;
};

export async function tillOverview(queries: Queries): Promise<TillOverviewRow[]> {
  return await queries<TillOverviewRow[]>`
    select store.id as store, store.name as store_name, till.id, till.name, total.incarnations, total.forked, total.entries_received,
      total.last_seen_at, latest.waiting_entries, latest.oldest_waiting_at, newest.text, newest.received_at
    from store
    left join till on till.store = store.id
    left join lateral (
      select count(*) as incarnations, coalesce(bool_or(forked_at is not null), false) as forked,
        coalesce(sum(received_seq - coalesce(branch_from - 1, 0)), 0)::bigint as entries_received, max(last_seen_at) as last_seen_at
      from incarnation where incarnation.till = till.id) total on true
    left join lateral (
      select waiting_entries, oldest_waiting_at from incarnation
      where incarnation.till = till.id order by enrolled_at desc, id limit 1) latest on true
    left join lateral (
      select entry.text, entry.received_at from incarnation join entry on entry.inc = incarnation.id and entry.seq = incarnation.received_seq
      where incarnation.till = till.id order by entry.position desc limit 1) newest on true
    where not store.own
    order by store.name, store.id, till.name, till.id`;
}

export async function countMembers(queries: Queries): Promise<number> {
  const [row] = await queries<
    { count: number }[]
  >`select count(*) as count from member where not starts_with(id, 'voucher:')`;
  return row?.count ?? 0;
}

export async function countFlaggedEntries(queries: Queries): Promise<number> {
  const [row] = await queries<
    { count: number }[]
  >`select count(*) as count from (select distinct inc, seq from flag) flagged`;
  return row?.count ?? 0;
}
