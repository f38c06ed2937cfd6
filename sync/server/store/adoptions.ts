/** Branches that a till's later incarnation vouches for, and how far they were taken in. */
import type { HashHex, IncarnationId, TillId } from '../../../base/ids.ts';
import type { Queries, Transaction } from './client.ts';

export type Adoption = {
  readonly adopter: IncarnationId;
  readonly seq: number;
  readonly of: IncarnationId;
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly head: HashHex;
};

export type OpenAdoption = Adoption & { readonly till: TillId };

/** Those of which `of` is an incarnation of the same till, minted before. The others name what they may not, or what is not known here. */
export async function insertAdoptions(transaction: Transaction, adoptions: readonly Adoption[]): Promise<Set<string>> {
  const of = <Value>(value: (adoption: Adoption) => Value): Value[] => adoptions.map(value);
  const rows = await transaction<{ adopter: IncarnationId; seq: number }[]>`
    insert into adoption (adopter, seq, of, from_seq, to_seq, head)
    select row.adopter, row.seq, row.of, row.from_seq, row.to_seq, row.head
    from unnest(${of((one) => one.adopter)}::text[], ${of((one) => one.seq)}::bigint[], ${of((one) => one.of)}::text[],
      ${of((one) => one.fromSeq)}::bigint[], ${of((one) => one.toSeq)}::bigint[], ${of((one) => one.head)}::text[])
      as row (adopter, seq, of, from_seq, to_seq, head)
    join incarnation as by on by.id = row.adopter
    join incarnation as older on older.id = row.of
    where older.till = by.till and older.id <> by.id and older.branch_of is null and older.private_key is null
    on conflict (adopter, seq) do update set seq = excluded.seq
    returning adopter, seq`;
  return new Set(rows.map(({ adopter, seq }) => `${adopter} ${seq}`));
}

export async function openAdoptions(queries: Queries): Promise<OpenAdoption[]> {
  return await queries<OpenAdoption[]>`
    select adoption.adopter, adoption.seq, adoption.of, adoption.from_seq, adoption.to_seq, adoption.head, incarnation.till
    from adoption join incarnation on incarnation.id = adoption.adopter
    where done_at is null order by adoption.adopter, adoption.seq`;
}

export async function endAdoption(
  transaction: Transaction,
  { adopter, seq }: Pick<Adoption, 'adopter' | 'seq'>,
  at: number,
): Promise<void> {
  await transaction`update adoption set done_at = ${at} where adopter = ${adopter} and seq = ${seq}`;
}

/** Of these heads, those of entries that another branch of the stream has: two copies that both adopt what they have in common. */
export async function headsInOtherBranches(
  queries: Queries,
  { of, branch }: { readonly of: IncarnationId; readonly branch: IncarnationId },
  entries: readonly { readonly seq: number; readonly hash: HashHex }[],
): Promise<Set<HashHex>> {
  const rows = await queries<{ hash: HashHex }[]>`
    select entry.hash from incarnation join entry on entry.inc = incarnation.id
    where incarnation.branch_of = ${of} and incarnation.id <> ${branch}
      and entry.seq = any(${entries.map(({ seq }) => seq)}::bigint[]) and entry.hash = any(${entries.map(({ hash }) => hash)}::text[])`;
  return new Set(rows.map(({ hash }) => hash));
}

/** An incarnation that nobody writes to: what it holds parted from another one at `fromSeq`. */
export async function insertBranch(
  transaction: Transaction,
  branch: { readonly id: IncarnationId; readonly of: IncarnationId; readonly fromSeq: number; readonly head: HashHex },
): Promise<void> {
  await transaction`
    insert into incarnation (id, till, public_key, software, protocol, received_seq, received_head, enrolled_at, branch_of, branch_from)
    select ${branch.id}, till, public_key, software, protocol, ${branch.fromSeq - 1}, ${branch.head}, enrolled_at, id, ${branch.fromSeq}
    from incarnation where id = ${branch.of}
    on conflict (id) do nothing`;
}
