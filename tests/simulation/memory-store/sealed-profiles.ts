import type { IncarnationId } from '../../../base/ids.ts';
import type { Queries, Transaction } from '../../../sync/server/store/client.ts';
import type { SealedProfileRow } from '../../../sync/server/store/sealed-profiles.ts';
import { entryAt } from './entries.ts';
import { placeOf, tablesOf } from './tables.ts';

export async function keepSealedProfiles(
  transaction: Transaction,
  inc: IncarnationId,
  profiles: readonly { readonly seq: number; readonly sealed: string }[],
): Promise<void> {
  const table = tablesOf(transaction).profiles;
  for (const { seq, sealed } of profiles) {
    const name = placeOf(inc, seq);
    if (!table.has(name)) table.set(name, { inc, seq, sealed, openedAt: null });
  }
}

export async function waitingProfiles(
  queries: Queries,
  foldedUpTo: number,
  limit: number,
): Promise<SealedProfileRow[]> {
  const waiting = tablesOf(queries)
    .profiles.values()
    .flatMap(({ inc, seq, sealed, openedAt }) => {
      const entry = entryAt(queries, inc, seq);
      if (openedAt !== null || sealed === null || entry === undefined || entry.position > foldedUpTo) return [];
      return [{ inc, seq, sealed, text: entry.text, position: entry.position }];
    });
  return waiting.toSorted((left, right) => left.position - right.position).slice(0, limit);
}

export async function markOpened(
  transaction: Transaction,
  opened: readonly Pick<SealedProfileRow, 'inc' | 'seq'>[],
  at: number,
): Promise<void> {
  const { profiles } = tablesOf(transaction);
  for (const { inc, seq } of opened) profiles.set(placeOf(inc, seq), { inc, seq, sealed: null, openedAt: at });
}
