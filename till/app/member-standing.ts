/**
 * How accounts stand: head office's row with this till's own entries on top. What was folded is held in memory, and a short state is kept
 * on disk too; the rest is folded anew once after a start, or when head office sends rows.
 */
import type { IncarnationId, MemberId } from '../../base/ids.ts';
import { NEW_MEMBER_STATE, type MemberState } from '../../ledger/member-state.ts';
import type { Terms } from '../../ledger/terms.ts';
import type { CachedMember } from '../store/member-cache.ts';
import type { RowVersion, StoredMember } from '../store/members.ts';
import { foldOwnEntries, parseState } from '../store/own-fold.ts';
import type { TillStore } from '../store/till-store.ts';

/** An account's state, and what it stands on. */
export type Standing = {
  readonly state: MemberState;
  /** The row of head office below it: `<epoch>/<version>`, empty where there is none. */
  readonly row: string;
  /** What is on disk of it: nothing, that the till wrote of it, or the state as well. */
  readonly noted: 'no' | 'mark' | 'state';
};

export type EntryPlace = { readonly inc: IncarnationId; readonly seq: number };

type Standings = {
  /** As its rows were just read. */
  of(account: MemberId, row: StoredMember | undefined, cached: CachedMember | undefined): Standing;
  /** The last own entry on the account, where that is known without looking. */
  lastEntry(account: MemberId): EntryPlace | null;
  /** Inside the transaction of the entry. */
  keep(account: MemberId, entry: EntryPlace, before: Standing, state: MemberState): void;
  forget(): void;
};

export function openStandings(store: TillStore, terms: Terms): Standings {
  const { entries, streams, troubles } = store;
  const parts = { entries, streams, troubles, rows: store.members, terms };
  const parsed = parsedStates();
  const held = heldStates();
  store.onRollback(held.forget); // what was held of it is of entries that are not in the book
  const stateIn = (account: MemberId, row: StoredMember | undefined, cached: CachedMember | undefined): MemberState => {
    if (cached === undefined) return row === undefined ? NEW_MEMBER_STATE : parsed(account, row.state);
    const key = rowKey(row);
    const before = held.find(account);
    if (before?.row === key) return before.state;
    const state = cached.row === key ? parsed(account, cached.state) : foldOwnEntries(parts, account);
    held.put(account, { row: key, last: before?.last ?? null, state });
    return state;
  };
  return {
    of: (account, row, cached) => ({
      state: stateIn(account, row, cached),
      row: rowKey(row),
      noted: cached === undefined ? 'no' : cached.state === '' ? 'mark' : 'state',
    }),
    lastEntry: (account) => held.find(account)?.last ?? null,
    keep: (account, { inc, seq }, { row, noted }, state) => {
      held.put(account, { row, last: { inc, seq }, state });
      const short = state.sales.length <= KEPT_SALES_MAX;
      // That there are entries is known already; which one is the last is in the book.
      if (!short && noted === 'mark') return;
      store.memberCache.put({ member: account, row, inc, seq, state: short ? state : null });
    },
    forget: held.forget,
  };
}

/** Which row of head office a kept state stands on. */
function rowKey(row: RowVersion | undefined): string {
  return row === undefined ? '' : `${row.epoch}/${row.version}`;
}

const STATES_PARSED_MAX = 64;
const STATES_HELD_MAX = 500;

/** A longer state fills pages: it is not written at every sale, but folded from head office's row once after a start. */
const KEPT_SALES_MAX = 2;

type HeldState = {
  readonly row: string;
  /** The account's last own entry; null where it was folded, and nobody asked. */
  readonly last: EntryPlace | null;
  readonly state: MemberState;
};

/** States of accounts with own entries, the newest of them, as of the row of head office that they stand on. */
function heldStates() {
  const held = new Map<MemberId, HeldState>();
  return {
    find: (account: MemberId): HeldState | undefined => held.get(account),
    put: (account: MemberId, state: HeldState): void => {
      held.delete(account); // put behind the others
      held.set(account, state);
      const [oldest] = held.keys();
      if (held.size > STATES_HELD_MAX && oldest !== undefined) held.delete(oldest);
    },
    forget: (): void => held.clear(),
  };
}

/** The same text is parsed once: a quote, its commit and the view after it look at the same states. */
function parsedStates(): (account: MemberId, text: string) => MemberState {
  const kept = new Map<MemberId, { readonly text: string; readonly state: MemberState }>();
  return (account, text) => {
    const before = kept.get(account);
    if (before?.text === text) return before.state;
    if (kept.size >= STATES_PARSED_MAX) kept.clear();
    const state = parseState(text);
    kept.set(account, { text, state });
    return state;
  };
}
