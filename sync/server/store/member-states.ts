/** The projection of members' entries, with its place in the feed, and what waits for a head office that knows more kinds. */
import type { IncarnationId, MemberId } from '../../../base/ids.ts';
import type { Queries, Transaction } from './client.ts';
import { takePositions } from './counters.ts';

export type StateRow = {
  readonly member: MemberId;
  /** As `encodeState` gives it. */
  readonly state: string;
  readonly lastOrder: string;
  /** JSON: the last seq of each incarnation that the state includes. */
  readonly includes: string;
};

export type Deferral = { readonly member: MemberId; readonly inc: IncarnationId; readonly fromSeq: number };

export async function findStates(queries: Queries, members: readonly MemberId[]): Promise<Map<MemberId, StateRow>> {
  const rows = await queries<StateRow[]>`
    select member, state, last_order, includes from member_state where member = any(${[...members]}::text[])`;
  return new Map(rows.map((row) => [row.member, row]));
}

/** Writes the rows, each member once, as the next version and at a new position of the feed. */
export async function saveStates(transaction: Transaction, rows: readonly StateRow[]): Promise<void> {
  if (rows.length === 0) return;
  const first = await takePositions(transaction, 'feed', rows.length);
  await transaction`
    insert into member_state as known (member, version, position, state, last_order, includes)
    select row.member, 1, ${first}::bigint + row.number - 1, row.state, row.last_order, row.includes
    from unnest(${rows.map((row) => row.member)}::text[], ${rows.map((row) => row.state)}::text[],
      ${rows.map((row) => row.lastOrder)}::text[], ${rows.map((row) => row.includes)}::text[])
      with ordinality as row (member, state, last_order, includes, number)
    on conflict (member) do update set version = known.version + 1, position = excluded.position, state = excluded.state,
      last_order = excluded.last_order, includes = excluded.includes`;
}

/** The one rule for both: an earlier seq wins. */
export async function saveDeferrals(transaction: Transaction, deferrals: readonly Deferral[]): Promise<void> {
  for (const { member, inc, fromSeq } of deferrals) {
    await transaction`
      insert into deferral as known (member, inc, from_seq) values (${member}, ${inc}, ${fromSeq})
      on conflict (member, inc) do update set from_seq = least(known.from_seq, excluded.from_seq)`;
  }
}

export async function deferralsOf(queries: Queries, members: readonly MemberId[]): Promise<Deferral[]> {
  return await queries<Deferral[]>`
    select member, inc, from_seq from deferral where member = any(${[...members]}::text[])`;
}

export async function allDeferrals(queries: Queries): Promise<Deferral[]> {
  return await queries<Deferral[]>`select member, inc, from_seq from deferral order by inc, from_seq, member`;
}

/** Null: nothing waits any more. */
export async function moveDeferral(
  transaction: Transaction,
  deferral: Deferral,
  fromSeq: number | null,
): Promise<void> {
  const { member, inc } = deferral;
  if (fromSeq === null) await transaction`delete from deferral where member = ${member} and inc = ${inc}`;
  else await transaction`update deferral set from_seq = ${fromSeq} where member = ${member} and inc = ${inc}`;
}
