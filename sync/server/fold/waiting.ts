/**
 * Entries that wait for a head office that knows more kinds. One of an unknown kind lets its stream's later entries on the same accounts wait,
 * since a row says by one seq what it includes of a stream; and one that waits lets the others that it names wait likewise.
 */
import type { IncarnationId, MemberId } from '../../../base/ids.ts';
import type { Queries, Transaction } from '../store/client.ts';
import { deferralsOf, deferralsOfStreams, saveDeferrals, type Deferral } from '../store/deferrals.ts';
import { loadGroups, type Groups } from '../store/entry-index.ts';
import { namedBy, type Judged } from './judge.ts';

export type Waits = (entry: Judged) => boolean;

/** Of new entries, with what they add to what waits. */
export async function noteWaiting(transaction: Transaction, judged: readonly Judged[]): Promise<Waits> {
  const known = await deferralsOfStreams(transaction, [...new Set(judged.map(({ inc }) => inc))]);
  if (known.length === 0 && !judged.some(({ read }) => read.as === 'opaque')) return () => false;
  const groups = await loadGroups(transaction, [...known.map(({ member }) => member), ...judged.flatMap(namedBy)]);
  const { added, waits } = waitingAmong(judged, known, groups);
  await saveDeferrals(transaction, added);
  return waits;
}

/** `judged` with the entries of each stream in its order. */
export function waitingAmong(
  judged: readonly Judged[],
  known: readonly Deferral[],
  groups: Groups,
): { readonly added: readonly Deferral[]; readonly waits: Waits } {
  const table = waitsTable(known, groups);
  const added: Deferral[] = [];
  const waiting = new Set<number>();
  for (const entry of judged) {
    if (entry.read.as !== 'opaque' && !table.waits(entry)) continue;
    waiting.add(entry.position);
    for (const member of namedBy(entry)) {
      added.push({ member, inc: entry.inc, fromSeq: entry.seq });
      table.add(member, entry.inc, entry.seq);
    }
  }
  return { added, waits: ({ position }) => waiting.has(position) };
}

/** Of entries that name any of these accounts, whatever else they name. */
export async function waitsOf(queries: Queries, accounts: readonly MemberId[], groups: Groups): Promise<Waits> {
  const deferrals = await deferralsOf(queries, accounts);
  if (deferrals.length === 0) return () => false;
  return waitsTable(deferrals, groups).waits;
}

function waitsTable(
  deferrals: readonly Deferral[],
  groups: Groups,
): { waits: Waits; add: (member: MemberId, inc: IncarnationId, seq: number) => void } {
  const from = new Map<string, number>();
  const keyOf = (member: MemberId, inc: IncarnationId): string => `${inc} ${groups.rootOf(member)}`;
  const add = (member: MemberId, inc: IncarnationId, seq: number): void => {
    const key = keyOf(member, inc);
    from.set(key, Math.min(from.get(key) ?? seq, seq));
  };
  for (const { member, inc, fromSeq } of deferrals) add(member, inc, fromSeq);
  const waits: Waits = (entry) =>
    entry.read.as === 'opaque' ||
    namedBy(entry).some((member) => entry.seq >= (from.get(keyOf(member, entry.inc)) ?? Number.POSITIVE_INFINITY));
  return { waits, add };
}
