/** What waits for a head office that knows more kinds. */
import type { IncarnationId, MemberId } from '../../../base/ids.ts';
import type { Queries, Transaction } from './client.ts';

/** From this seq on, entries of the stream on this member wait. */
export type Deferral = { readonly member: MemberId; readonly inc: IncarnationId; readonly fromSeq: number };

/** An earlier seq wins. */
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

export async function deferralsOfStreams(queries: Queries, incs: readonly IncarnationId[]): Promise<Deferral[]> {
  return await queries<Deferral[]>`
    select member, inc, from_seq from deferral where inc = any(${[...incs]}::text[])`;
}

export async function allDeferrals(queries: Queries): Promise<Deferral[]> {
  return await queries<Deferral[]>`select member, inc, from_seq from deferral order by inc, from_seq, member`;
}

export async function endDeferrals(transaction: Transaction, inc: IncarnationId): Promise<void> {
  await transaction`delete from deferral where inc = ${inc}`;
}
