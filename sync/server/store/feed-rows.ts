/** Rows of the feed behind a position. All of one page must come from one snapshot of the database: run it in one transaction. */
import type { HashHex, MemberId, TillId } from '../../../base/ids.ts';
import type { Queries, Transaction } from './client.ts';

export type MemberFeedRow = {
  readonly position: number;
  readonly version: number;
  readonly member: MemberId;
  readonly state: string;
  readonly includes: string;
  readonly firstName: string | null;
  readonly birthday: string | null;
  readonly segments: string[];
  readonly joined: string;
  readonly blocked: boolean;
  readonly phoneHash: string | null;
  readonly emailHash: string | null;
  /** Who wants what others may spend of it. */
  readonly recall: string | null;
};

export async function memberRowsAfter(
  transaction: Transaction,
  after: number,
  limit: number,
): Promise<MemberFeedRow[]> {
  return await transaction<MemberFeedRow[]>`
    select member_state.position, member_state.version, member_state.member, member_state.state, member_state.includes,
      member.first_name, member.birthday, member.segments, member.joined, member.blocked, member.phone_hash, member.email_hash, recall.wanted as recall
    from member_state join member on member.id = member_state.member left join recall on recall.account = member_state.member
    where member_state.position > ${after} order by member_state.position limit ${limit}`;
}

export async function programmeRowsAfter(
  transaction: Transaction,
  after: number,
  limit: number,
): Promise<{ position: number; version: number; hash: HashHex; text: string }[]> {
  return await transaction<{ position: number; version: number; hash: HashHex; text: string }[]>`
    select position, version, hash, text from programme_version where position > ${after} order by position limit ${limit}`;
}

/** The newest catalogue, where it is behind the position. */
export async function catalogueRowAfter(
  transaction: Transaction,
  after: number,
): Promise<{ position: number; text: string } | undefined> {
  const [row] = await transaction<{ position: number; text: string }[]>`
    select position, text from catalogue order by version desc limit 1`;
  return row !== undefined && row.position > after ? row : undefined;
}

export type StoreFeedRow = {
  readonly position: number;
  readonly name: string;
  readonly tillName: string;
  readonly receiptHeader: string[];
  readonly receiptFooter: string[];
  readonly locale: string;
};

/** The store of the asking till, where it or the till's name changed. */
export async function storeRowAfter(
  transaction: Transaction,
  till: TillId,
  after: number,
): Promise<StoreFeedRow | undefined> {
  const [row] = await transaction<StoreFeedRow[]>`
    select greatest(store.position, till.position) as position, store.name, till.name as till_name, store.receipt_header,
      store.receipt_footer, store.locale
    from till join store on store.id = till.store where till.id = ${till}`;
  return row !== undefined && row.position > after ? row : undefined;
}

export async function findMemberRow(queries: Queries, member: MemberId): Promise<MemberFeedRow | undefined> {
  const [row] = await queries<MemberFeedRow[]>`
    select member_state.position, member_state.version, member_state.member, member_state.state, member_state.includes,
      member.first_name, member.birthday, member.segments, member.joined, member.blocked, member.phone_hash, member.email_hash, recall.wanted as recall
    from member_state join member on member.id = member_state.member left join recall on recall.account = member_state.member
    where member.id = ${member}`;
  return row;
}
