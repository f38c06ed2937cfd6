/** Profiles that came sealed, beside their entry, until head office has opened them. */
import type { IncarnationId } from '../../../base/ids.ts';
import type { Queries, Transaction } from './client.ts';

export type SealedProfileRow = {
  readonly inc: IncarnationId;
  readonly seq: number;
  readonly sealed: string;
  /** The entry that it came with. */
  readonly text: string;
};

export async function keepSealedProfiles(
  transaction: Transaction,
  inc: IncarnationId,
  profiles: readonly { readonly seq: number; readonly sealed: string }[],
  receivedAt: number,
): Promise<void> {
  if (profiles.length === 0) return;
  await transaction`
    insert into sealed_profile (inc, seq, sealed, received_at)
    select ${inc}, row.seq, row.sealed, ${receivedAt}::bigint
    from unnest(${profiles.map((profile) => profile.seq)}::bigint[], ${profiles.map((profile) => profile.sealed)}::text[])
      as row (seq, sealed)
    on conflict do nothing`;
}

/** Waiting profiles whose entry is folded. */
export async function waitingProfiles(
  queries: Queries,
  foldedUpTo: number,
  limit: number,
): Promise<SealedProfileRow[]> {
  return await queries<SealedProfileRow[]>`
    select sealed_profile.inc, sealed_profile.seq, sealed_profile.sealed, entry.text
    from sealed_profile join entry on entry.inc = sealed_profile.inc and entry.seq = sealed_profile.seq
    where sealed_profile.opened_at is null and entry.position <= ${foldedUpTo}
    order by entry.position limit ${limit}`;
}

/** The person's data are in their own table now, or could not be read: the sealed copy goes, the mark stays. */
export async function markOpened(
  transaction: Transaction,
  profiles: readonly Pick<SealedProfileRow, 'inc' | 'seq'>[],
  at: number,
): Promise<void> {
  if (profiles.length === 0) return;
  await transaction`
    update sealed_profile set sealed = null, opened_at = ${at}
    from unnest(${profiles.map((profile) => profile.inc)}::text[], ${profiles.map((profile) => profile.seq)}::bigint[]) as row (inc, seq)
    where sealed_profile.inc = row.inc and sealed_profile.seq = row.seq`;
}
