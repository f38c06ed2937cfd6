import type { MemberId, WalletId } from '../../base/ids.ts';
import type { Points } from '../../base/numbers.ts';
import { NEW_MEMBER_STATE, type MemberState } from '../member-state.ts';
import type { SaleNote } from '../sale-note.ts';
import { carryTallies } from '../tallies.ts';
import type { WalletState } from '../wallet-state.ts';

/** A state while entries are applied to it. The three parts that nearly every entry touches are the draft's own; the others are replaced, never changed. */
export type Draft = { -readonly [Part in keyof Omit<MemberState, OwnPart>]: MemberState[Part] } & {
  sales: SaleNote[];
  wallets: Record<WalletId, WalletState>;
  lifetime: Record<WalletId, Points>;
};
type OwnPart = 'sales' | 'wallets' | 'lifetime';

/** With parts of its own, which nobody else holds. */
export function draftOf(state: MemberState): Draft {
  const { sales, wallets, lifetime } = state;
  return { ...state, sales: [...sales], wallets: { ...wallets }, lifetime: { ...lifetime } };
}

export type States = { get(account: MemberId): MemberState | undefined };

/** The accounts that entries are applied to. An account that was merged or claimed leads to the one that it went into. */
export type Accounts = {
  /** The account that it leads to. */
  ownerOf(account: MemberId): MemberId;
  /** Of the account that it leads to; new where nothing is known of it. */
  draft(account: MemberId): Draft;
  /** Of this account itself, wherever it leads. */
  own(account: MemberId): Draft;
  changed(): Map<MemberId, MemberState>;
};

/** Merges lead on from one to the next; two that lead to each other would be a mistake of head office, and must not hang a till. */
const MERGES_MAX = 32;

/** Where an account leads since it was claimed or merged. */
export function leadOf(account: MemberId, states: States): MemberId {
  let at = account;
  for (let step = 0; step < MERGES_MAX; step += 1) {
    const into = states.get(at)?.into ?? null;
    if (into === null) return at;
    at = into;
  }
  return at;
}

export function openAccounts(states: States): Accounts {
  const drafts = new Map<MemberId, Draft>();
  const peek = (account: MemberId): MemberState => drafts.get(account) ?? states.get(account) ?? NEW_MEMBER_STATE;
  const own = (account: MemberId): Draft => {
    const known = drafts.get(account);
    if (known !== undefined) return known;
    const state = peek(account);
    const draft = draftOf(state);
    carryTallies(state, draft);
    drafts.set(account, draft);
    return draft;
  };
  const ownerOf = (account: MemberId): MemberId => leadOf(account, { get: peek });
  return { ownerOf, own, draft: (account) => own(ownerOf(account)), changed: () => new Map(drafts) };
}
