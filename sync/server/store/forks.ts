/** Second histories under one identity, kept whole. */
import type { HashHex, IncarnationId, TillId } from '../../../base/ids.ts';
import type { Queries, Transaction } from './client.ts';

export type ForkEntry = {
  readonly seq: number;
  readonly priorHead: HashHex;
  readonly text: string;
  readonly hash: HashHex;
  readonly signature: string | null;
};

export type ForkProof = {
  readonly head: HashHex;
  readonly signature: string;
  readonly receivedAt: number;
  /** Of a later incarnation, where the stream cannot prove it itself. */
  readonly vouchedBy?: IncarnationId;
};

/** The signed head that covers them all. A repeat changes nothing. */
export async function keepFork(
  transaction: Transaction,
  inc: IncarnationId,
  entries: readonly ForkEntry[],
  { head, signature, receivedAt, vouchedBy }: ForkProof,
): Promise<void> {
  await transaction`
    insert into fork_entry (inc, seq, prior_head, text, hash, signature, proof_head, proof_signature, received_at, vouched_by)
    select ${inc}, row.seq, row.prior_head, row.text, row.hash, row.signature, ${head}, ${signature}, ${receivedAt}::bigint,
      ${vouchedBy ?? null}
    from unnest(${entries.map((entry) => entry.seq)}::bigint[], ${entries.map((entry) => entry.priorHead)}::text[],
      ${entries.map((entry) => entry.text)}::text[], ${entries.map((entry) => entry.hash)}::text[],
      ${entries.map((entry) => entry.signature)}::text[]) as row (seq, prior_head, text, hash, signature)
    on conflict do nothing`;
}

export async function keepForkProfiles(
  transaction: Transaction,
  inc: IncarnationId,
  profiles: readonly { readonly seq: number; readonly sealed: string }[],
  receivedAt: number,
): Promise<void> {
  if (profiles.length === 0) return;
  await transaction`
    insert into fork_profile (inc, seq, sealed, received_at)
    select ${inc}, row.seq, row.sealed, ${receivedAt}::bigint
    from unnest(${profiles.map((profile) => profile.seq)}::bigint[], ${profiles.map((profile) => profile.sealed)}::text[])
      as row (seq, sealed)
    on conflict do nothing`;
}

/** In order of seq. */
export async function forkEntries(queries: Queries, inc: IncarnationId): Promise<ForkEntry[]> {
  return await queries<ForkEntry[]>`
    select seq, prior_head, text, hash, signature from fork_entry where inc = ${inc} order by seq, hash`;
}

export type ForkPlace = { readonly inc: IncarnationId; readonly seq: number; readonly hash: HashHex };

export async function isInFork(queries: Queries, { inc, seq, hash }: ForkPlace): Promise<boolean> {
  const found = await queries`select 1 from fork_entry where inc = ${inc} and seq = ${seq} and hash = ${hash}`;
  return found.length === 1;
}

/** The first entry of the history that leads to this one, as far as it is here; undefined where this one is not. */
export async function rootOfFork(
  queries: Queries,
  { inc, seq, hash }: ForkPlace,
): Promise<{ readonly seq: number; readonly priorHead: HashHex } | undefined> {
  const [root] = await queries<{ seq: number; priorHead: HashHex }[]>`
    with recursive branch as (${branch(queries, { inc, seq, hash })})
    select seq, prior_head from branch order by seq limit 1`;
  return root;
}

/** Of the history that leads to this one, the next entries after a seq. */
export async function nextOfFork(
  queries: Queries,
  place: ForkPlace,
  after: number,
  limit: number,
): Promise<ForkEntry[]> {
  return await queries<ForkEntry[]>`
    with recursive branch as (${branch(queries, place)})
    select fork_entry.seq, fork_entry.prior_head, fork_entry.text, fork_entry.hash, fork_entry.signature
    from branch join fork_entry on fork_entry.inc = ${place.inc} and fork_entry.seq = branch.seq and fork_entry.hash = branch.hash
    where branch.seq > ${after} order by branch.seq limit ${limit}`;
}

function branch(queries: Queries, { inc, seq, hash }: ForkPlace): ReturnType<Queries> {
  return queries`
    select seq, prior_head, hash from fork_entry where inc = ${inc} and seq = ${seq} and hash = ${hash}
    union all
    select before.seq, before.prior_head, before.hash from branch join fork_entry as before
      on before.inc = ${inc} and before.seq = branch.seq - 1 and before.hash = branch.prior_head`;
}

/** Profiles that came with a second history become those of the incarnation that it is kept as. */
export async function takeForkProfiles(
  transaction: Transaction,
  { of, branch: inc }: { readonly of: IncarnationId; readonly branch: IncarnationId },
  seqs: readonly number[],
): Promise<void> {
  await transaction`
    insert into sealed_profile (inc, seq, sealed, received_at)
    select distinct on (seq) ${inc}, seq, sealed, received_at from fork_profile
    where inc = ${of} and seq = any(${[...seqs]}::bigint[]) order by seq, received_at desc
    on conflict do nothing`;
}

export type ForkSummary = {
  readonly till: TillId;
  /** Of the stream that has two histories. */
  readonly inc: IncarnationId;
  readonly entries: number;
  /** The first that differs. */
  readonly firstSeq: number;
  readonly adopted: boolean;
};

export async function forkSummaries(queries: Queries): Promise<ForkSummary[]> {
  return await queries<ForkSummary[]>`
    select incarnation.till, fork_entry.inc, count(*)::integer as entries, min(fork_entry.seq) as first_seq,
      exists (select 1 from adoption where adoption.of = fork_entry.inc and done_at is not null) as adopted
    from fork_entry join incarnation on incarnation.id = fork_entry.inc
    group by incarnation.till, fork_entry.inc order by incarnation.till, fork_entry.inc`;
}
