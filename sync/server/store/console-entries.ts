/** Entries as the console lists them, newest first. */
import type { IncarnationId, MemberId } from '../../../base/ids.ts';
import type { Queries } from './client.ts';

export type ConsoleEntryRow = {
  readonly position: number;
  readonly inc: IncarnationId;
  readonly seq: number;
  readonly id: string;
  readonly kind: string;
  readonly store: string;
  readonly storeName: string | null;
  readonly till: string;
  readonly tillName: string | null;
  readonly member: string | null;
  readonly memberName: string | null;
  readonly text: string;
  readonly hash: string;
  readonly receivedAt: number;
  readonly flags: string[];
};

export type EntryWindow = {
  readonly member?: MemberId | undefined;
  /** Positions below this. */
  readonly before?: number | undefined;
  /** Positions above this. */
  readonly after?: number | undefined;
  readonly limit: number;
};

export async function listEntries(
  queries: Queries,
  { member, before, after, limit }: EntryWindow,
): Promise<ConsoleEntryRow[]> {
  return await queries<ConsoleEntryRow[]>`
    select entry.position, entry.inc, entry.seq, entry.id, entry.kind, entry.store, store.name as store_name, entry.till,
      till.name as till_name, entry.member, member.first_name as member_name, entry.text, entry.hash, entry.received_at,
      array(select flag.code from flag where flag.inc = entry.inc and flag.seq = entry.seq order by flag.code) as flags
    from entry
    left join store on store.id = entry.store
    left join till on till.id = entry.till
    left join member on member.id = entry.member
    where true
      ${member === undefined ? queries`` : queries`and ${names(queries, member)}`}
      ${before === undefined ? queries`` : queries`and entry.position < ${before}`}
      ${after === undefined ? queries`` : queries`and entry.position > ${after}`}
    order by entry.position desc limit ${limit}`;
}

/** As its member or beside it: who received a transfer, who brought a member. */
function names(queries: Queries, member: MemberId): ReturnType<Queries> {
  return queries`entry.position in (
    select position from entry where member = ${member}
    union all
    select position from entry_account where account = ${member})`;
}
