/** The projection of members' entries, with its place in the feed. */
import type { BusinessDate } from '../../../base/business-date.ts';
import type { MemberId } from '../../../base/ids.ts';
import type { Queries, Transaction } from './client.ts';
import { column, CUT } from './columns.ts';

export type StateRow = {
  readonly member: MemberId;
  /** As `encodeState` gives it. */
  readonly state: string;
  readonly lastOrder: string;
  /** JSON: the last seq of each incarnation that the state includes. */
  readonly includes: string;
  /** The first end of a lot that the books may not have written off yet. */
  readonly due: BusinessDate | null;
  readonly clubs: readonly string[];
};

/** Rises with each change of the fold that makes other states of the same entries; rows of an older one are made anew at the start. */
export const FOLD_VERSION = 3;

export async function findStates(queries: Queries, members: readonly MemberId[]): Promise<Map<MemberId, StateRow>> {
  const rows = await queries<StateRow[]>`
    select member, state, last_order, includes, due, clubs from member_state where member = any(${[...members]}::text[])`;
  return new Map(rows.map((row) => [row.member, row]));
}

/** Writes the rows, each member once, as the next version and at a new position of the feed. */
export async function saveStates(transaction: Transaction, rows: readonly StateRow[]): Promise<void> {
  if (rows.length === 0) return;
  // Takes the positions in the same statement (see counters.ts): the fewer messages while that row is locked, the better.
  await transaction`
    with taken as (update counter set last = last + ${rows.length} where name = 'feed' returning last)
    insert into member_state as known (member, version, position, state, last_order, includes, due, clubs, made_by)
    select row.member, 1, taken.last - ${rows.length} + row.number, row.state, coalesce(row.last_order, ''), row.includes, row.due,
      case when row.clubs = '[]' then '{}' else array(select jsonb_array_elements_text(row.clubs::jsonb)) end, ${FOLD_VERSION}
    from taken, unnest(
      string_to_array(${column(rows, (row) => row.member)}, ${CUT}), string_to_array(${column(rows, (row) => row.state)}, ${CUT}),
      string_to_array(${column(rows, (row) => row.lastOrder)}, ${CUT}), string_to_array(${column(rows, (row) => row.includes)}, ${CUT}),
      string_to_array(${column(rows, (row) => row.due)}, ${CUT}, ''),
      string_to_array(${column(rows, (row) => JSON.stringify(row.clubs))}, ${CUT}))
      with ordinality as row (member, state, last_order, includes, due, clubs, number)
    on conflict (member) do update set version = known.version + 1, position = excluded.position, state = excluded.state,
      last_order = excluded.last_order, includes = excluded.includes, due = excluded.due, clubs = excluded.clubs, made_by = excluded.made_by`;
}

/** Members behind this one whose state an older fold made, in order. */
export async function membersOfOldFold(
  queries: Queries,
  after: MemberId | undefined,
  limit: number,
): Promise<MemberId[]> {
  const rows = await queries<{ member: MemberId }[]>`
    select member from member_state where member > ${after ?? ''} and made_by < ${FOLD_VERSION} order by member limit ${limit}`;
  return rows.map((row) => row.member);
}

/** Members with an entry of this business date or later. */
export async function membersSince(queries: Queries, date: BusinessDate): Promise<MemberId[]> {
  const rows = await queries<{ member: MemberId }[]>`
    select member from member_state where last_order >= ${date} order by member`;
  return rows.map((row) => row.member);
}

/** Members with lots that may have ended by the date and are not written off. */
export async function membersDue(queries: Queries, date: BusinessDate, limit: number): Promise<MemberId[]> {
  const rows = await queries<{ member: MemberId }[]>`
    select member from member_state where due <= ${date} order by due, member limit ${limit}`;
  return rows.map((row) => row.member);
}

/** No change of the row: the books know now what ended before the date. */
export async function setDue(
  transaction: Transaction,
  dues: readonly { readonly member: MemberId; readonly due: BusinessDate | null }[],
): Promise<void> {
  if (dues.length === 0) return;
  await transaction`
    update member_state set due = row.due
    from unnest(${dues.map((row) => row.member)}::text[], ${dues.map((row) => row.due)}::text[]) as row (member, due)
    where member_state.member = row.member`;
}

/** States of all who are or were in the club. */
export async function statesInClub(queries: Queries, club: string): Promise<{ member: MemberId; state: string }[]> {
  return await queries<{ member: MemberId; state: string }[]>`
    select member, state from member_state where clubs <> '{}' and clubs @> ${[club]}::text[] order by member`;
}
