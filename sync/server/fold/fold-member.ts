/**
 * One member's entries on top of a state. An entry that is later in the total order than all that the state has goes on top; an earlier
 * one, from a till that was away, means that the member is folded anew. Pure.
 */
import { z } from 'zod';
import type { IncarnationId, MemberId } from '../../../base/ids.ts';
import { AssertionFailed } from '../../../base/assert.ts';
import type { Entry } from '../../../ledger/entry.ts';
import {
  applyEntry,
  balanceOf,
  encodeState,
  NEW_MEMBER_STATE,
  type MemberState,
} from '../../../ledger/member-state.ts';
import type { Flag } from '../store/flags.ts';
import type { Deferral, StateRow } from '../store/member-states.ts';
import type { Judged } from './judge.ts';

export type Folded = {
  readonly state: MemberState;
  readonly lastOrder: string;
  readonly includes: Readonly<Record<IncarnationId, number>>;
};

export type FoldedMember = Folded & {
  /** Entries that the laws of the ledger cannot apply, sums beyond 2^53 for example. The state goes past them. */
  readonly failures: readonly Pick<Flag, 'inc' | 'seq' | 'detail'>[];
};

export const NOTHING_FOLDED: Folded = { state: NEW_MEMBER_STATE, lastOrder: '', includes: {} };

/** `entries` in the total order, all later than `folded.lastOrder`. */
export function foldMember(
  member: MemberId,
  folded: Folded,
  entries: readonly Judged[],
  deferrals: readonly Deferral[],
): FoldedMember {
  const waitsFrom = new Map(
    deferrals.filter((deferral) => deferral.member === member).map(({ inc, fromSeq }) => [inc, fromSeq]),
  );
  let { state, lastOrder } = folded;
  const failures: FoldedMember['failures'][number][] = [];
  const includes: Record<IncarnationId, number> = { ...folded.includes };
  for (const { inc, seq, orderKey, read } of entries) {
    if (seq >= (waitsFrom.get(inc) ?? Number.POSITIVE_INFINITY)) continue;
    const applied = read.as === 'known' ? tryApply(state, read.entry, member) : state;
    if (applied instanceof AssertionFailed) failures.push({ inc, seq, detail: applied.message });
    else state = applied;
    includes[inc] = Math.max(includes[inc] ?? 0, seq);
    lastOrder = orderKey;
  }
  return { state, lastOrder, includes, failures };
}

/** An assertion is a bug of ours, but what an entry says came from outside: it must not stop the fold of all others. */
function tryApply(state: MemberState, entry: Entry, member: MemberId): MemberState | AssertionFailed {
  try {
    const applied = applyEntry(state, entry, member);
    // Whoever reads the row sums its lots: a sum that no integer holds must not get that far.
    for (const { wallet } of entry.postings) balanceOf(applied, wallet);
    return applied;
  } catch (error) {
    if (error instanceof AssertionFailed) return error;
    throw error;
  }
}

export function goesOnTop(folded: Folded, entries: readonly Judged[]): boolean {
  return entries.every((entry) => entry.orderKey > folded.lastOrder);
}

const includesSchema = z.record(z.string(), z.int().min(1));

export function foldedFromRow(row: StateRow | undefined): Folded {
  if (row === undefined) return NOTHING_FOLDED;
  return {
    state: JSON.parse(row.state) as MemberState, // written below, by encodeState
    lastOrder: row.lastOrder,
    includes: includesOf(row.includes),
  };
}

export function rowFromFolded(member: MemberId, { state, lastOrder, includes }: Folded): StateRow {
  const sorted = Object.entries(includes).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { member, state: encodeState(state), lastOrder, includes: JSON.stringify(Object.fromEntries(sorted)) };
}

export function includesOf(text: string): Readonly<Record<IncarnationId, number>> {
  return includesSchema.parse(JSON.parse(text));
}
