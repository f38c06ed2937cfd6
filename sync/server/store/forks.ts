/** Second histories under one identity, kept whole. */
import type { HashHex, IncarnationId } from '../../../base/ids.ts';
import type { Queries, Transaction } from './client.ts';

export type ForkEntry = {
  readonly seq: number;
  readonly priorHead: HashHex;
  readonly text: string;
  readonly hash: HashHex;
  readonly signature: string | null;
};

/** The signed head that covers them all. A repeat changes nothing. */
export async function keepFork(
  transaction: Transaction,
  inc: IncarnationId,
  entries: readonly ForkEntry[],
  proof: { readonly head: HashHex; readonly signature: string; readonly receivedAt: number },
): Promise<void> {
  await transaction`
    insert into fork_entry (inc, seq, prior_head, text, hash, signature, proof_head, proof_signature, received_at)
    select ${inc}, row.seq, row.prior_head, row.text, row.hash, row.signature, ${proof.head}, ${proof.signature}, ${proof.receivedAt}::bigint
    from unnest(${entries.map((entry) => entry.seq)}::bigint[], ${entries.map((entry) => entry.priorHead)}::text[],
      ${entries.map((entry) => entry.text)}::text[], ${entries.map((entry) => entry.hash)}::text[],
      ${entries.map((entry) => entry.signature)}::text[]) as row (seq, prior_head, text, hash, signature)
    on conflict do nothing`;
}

/** In order of seq. */
export async function forkEntries(queries: Queries, inc: IncarnationId): Promise<ForkEntry[]> {
  return await queries<ForkEntry[]>`
    select seq, prior_head, text, hash, signature from fork_entry where inc = ${inc} order by seq, hash`;
}
