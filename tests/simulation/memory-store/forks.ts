import type { HashHex, IncarnationId } from '../../../base/ids.ts';
import type { Queries, Transaction } from '../../../sync/server/store/client.ts';
import type { ForkEntry, ForkPlace } from '../../../sync/server/store/forks.ts';
import { keepSealedProfiles } from './sealed-profiles.ts';
import { placeOf, tablesOf } from './tables.ts';

export async function keepFork(
  transaction: Transaction,
  inc: IncarnationId,
  entries: readonly ForkEntry[],
): Promise<void> {
  const { forks } = tablesOf(transaction);
  for (const entry of entries) {
    const name = `${inc} ${entry.seq} ${entry.hash}`;
    if (!forks.has(name)) forks.set(name, { ...entry, inc });
  }
}

export async function forkEntries(queries: Queries, inc: IncarnationId): Promise<ForkEntry[]> {
  return tablesOf(queries)
    .forks.values()
    .filter((fork) => fork.inc === inc)
    .toSorted((left, right) => left.seq - right.seq || (left.hash < right.hash ? -1 : 1));
}

export async function keepForkProfiles(
  transaction: Transaction,
  inc: IncarnationId,
  profiles: readonly { readonly seq: number; readonly sealed: string }[],
): Promise<void> {
  const { forkProfiles } = tablesOf(transaction);
  for (const profile of profiles) forkProfiles.set(placeOf(inc, profile.seq), profile);
}

export async function isInFork(queries: Queries, { inc, seq, hash }: ForkPlace): Promise<boolean> {
  return tablesOf(queries).forks.has(`${inc} ${seq} ${hash}`);
}

/** From its first entry that is here to this one. */
function historyTo(queries: Queries, { inc, seq, hash }: ForkPlace): ForkEntry[] {
  const { forks } = tablesOf(queries);
  const history: ForkEntry[] = [];
  for (let at = forks.get(`${inc} ${seq} ${hash}`); at !== undefined;) {
    history.unshift(at);
    at = forks.get(`${inc} ${at.seq - 1} ${at.priorHead}`);
  }
  return history;
}

export async function rootOfFork(
  queries: Queries,
  place: ForkPlace,
): Promise<{ readonly seq: number; readonly priorHead: HashHex } | undefined> {
  return historyTo(queries, place)[0];
}

export async function nextOfFork(
  queries: Queries,
  place: ForkPlace,
  after: number,
  limit: number,
): Promise<ForkEntry[]> {
  return historyTo(queries, place)
    .filter(({ seq }) => seq > after)
    .slice(0, limit);
}

export async function takeForkProfiles(
  transaction: Transaction,
  { of, branch }: { readonly of: IncarnationId; readonly branch: IncarnationId },
  seqs: readonly number[],
): Promise<void> {
  const { forkProfiles } = tablesOf(transaction);
  const profiles = forkProfiles.some(seqs.map((seq) => placeOf(of, seq)));
  await keepSealedProfiles(transaction, branch, profiles);
}
