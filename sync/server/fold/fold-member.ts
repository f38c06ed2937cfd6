/**
 * One member's entries on top of a state. An entry that is later in the total order than all that the state has goes on top; an earlier
 * one, from a till that was away, means that the member is folded anew. Pure.
 */
import { z } from 'zod';
import type { IncarnationId, MemberId } from '../../../base/ids.ts';
import { applyEntry, encodeState, NEW_MEMBER_STATE, type MemberState } from '../../../ledger/member-state.ts';
import type { Deferral, StateRow } from '../store/member-states.ts';
import type { Judged } from './judge.ts';

export type Folded = {
  readonly state: MemberState;
  readonly lastOrder: string;
  readonly includes: Readonly<Record<IncarnationId, number>>;
};

export const NOTHING_FOLDED: Folded = { state: NEW_MEMBER_STATE, lastOrder: '', includes: {} };

/** `entries` in the total order, all later than `folded.lastOrder`. */
export function foldMember(member: MemberId, folded: Folded, entries: readonly Judged[], deferrals: readonly Deferral[]): Folded {
  const waitsFrom = new Map(deferrals.filter((deferral) => deferral.member === member).map(({ inc, fromSeq }) => [inc, fromSeq]));
  let { state, lastOrder } = folded;
  const includes: Record<IncarnationId, number> = { ...folded.includes };
  for (const { inc, seq, orderKey, read } of entries) {
    if (seq >= (waitsFrom.get(inc) ?? Number.POSITIVE_INFINITY)) continue;
    if (read.as === 'known') state = applyEntry(state, read.entry, member);
    includes[inc] = Math.max(includes[inc] ?? 0, seq);
    lastOrder = orderKey;
  }
  return { state, lastOrder, includes };
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
