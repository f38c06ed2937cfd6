/** What the console shows: a view of head office's answers, never the truth. One slice for each feature; only actions/ changes it. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Refusal } from '../../../base/result.ts';
import type {
  ConsoleEntry,
  EnrolmentCode,
  MemberDetail,
  MemberSummary,
  Overview,
} from '../../../sync/protocol/console.ts';
import { EMPTY_LIVE_LIST, type LiveList } from '../live/live-list.ts';

/** Nothing yet: it loads. Only a refusal: it failed. Both: what is shown is from before the refusal. */
export type Loaded<Value> = { readonly value: Value | null; readonly refusal: Refusal | null };

export type SessionState =
  | { readonly phase: 'opening' }
  | { readonly phase: 'open' }
  | { readonly phase: 'signed-out' };

export type EntriesState = {
  readonly list: LiveList;
  readonly loaded: boolean;
  readonly loadingOlder: boolean;
  readonly refusal: Refusal | null;
};

export type MembersState = {
  /** Of the rows; null before the first answer. */
  readonly search: string | null;
  readonly rows: readonly MemberSummary[];
  readonly next: string | null;
  readonly busy: 'search' | 'more' | null;
  readonly refusal: Refusal | null;
};

export type MemberState = {
  readonly id: string;
  readonly detail: Loaded<MemberDetail>;
  /** Newest first; null before the first answer. */
  readonly entries: readonly ConsoleEntry[] | null;
  readonly next: string | null;
  readonly loadingOlder: boolean;
  readonly entriesRefusal: Refusal | null;
};

export type WalletName = { readonly name: string; readonly kind: string };

export type EnrolmentState = {
  readonly till: string;
  readonly tillName: string;
  readonly storeName: string;
  /** It has an incarnation already, which the new one ends. */
  readonly enrolled: boolean;
  readonly code: Loaded<EnrolmentCode>;
};

export type ConsoleState = {
  readonly session: SessionState;
  readonly live: 'connecting' | 'live' | 'lost';
  readonly overview: Loaded<Overview>;
  /** Head office's clock minus this machine's, milliseconds. */
  readonly clockAheadMs: number;
  readonly entries: EntriesState;
  readonly members: MembersState;
  readonly member: MemberState | null;
  readonly wallets: Readonly<Record<string, WalletName>>;
  readonly enrolment: EnrolmentState | null;
  /** Whose details are open. */
  readonly openEntry: ConsoleEntry | null;
};

export type ConsoleStore = StoreApi<ConsoleState>;

export const NOT_LOADED: Loaded<never> = { value: null, refusal: null };

export function createConsoleStore(): ConsoleStore {
  return createStore<ConsoleState>(() => ({
    session: { phase: 'opening' },
    live: 'connecting',
    overview: NOT_LOADED,
    clockAheadMs: 0,
    entries: { list: EMPTY_LIVE_LIST, loaded: false, loadingOlder: false, refusal: null },
    members: { search: null, rows: [], next: null, busy: null, refusal: null },
    member: null,
    wallets: {},
    enrolment: null,
    openEntry: null,
  }));
}

/** Replaces one slice by what `change` makes of it. */
export function updateSlice<Slice extends keyof ConsoleState>(
  store: ConsoleStore,
  slice: Slice,
  change: (before: ConsoleState[Slice]) => ConsoleState[Slice],
): void {
  store.setState((state) => ({ ...state, [slice]: change(state[slice]) }));
}

/** A failed refresh leaves what was shown. */
export function withRefusal<Value>(before: Loaded<Value>, refusal: Refusal): Loaded<Value> {
  return { value: before.value, refusal };
}
