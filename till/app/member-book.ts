/**
 * Members as this till knows them: head office's row, and its own entries that the row does not include yet, folded on top. So a sale
 * counts here at once, whatever the line does, and is never counted twice. An account that was merged or claimed leads to the member it
 * went into, wherever it is asked for (fine print 38).
 */
import type { CardCode, IncarnationId, MemberId } from '../../base/ids.ts';
import { ok, refused, type Refusal, type Result } from '../../base/result.ts';
import { NEW_MEMBER_STATE, type MemberState } from '../../ledger/member-state.ts';
import type { Terms } from '../../ledger/terms.ts';
import type { CardStatus } from '../../sync/protocol/feed.ts';
import type { CachedMember } from '../store/member-cache.ts';
import type { RowVersion, StoredMember } from '../store/members.ts';
import { foldOwnEntries, parseState } from '../store/own-fold.ts';
import type { TillStore } from '../store/till-store.ts';
import { activeCards, cardOf, type KnownCard, listedCards, waitingCard } from './member-cards.ts';
import { NOBODY, ownProfile, type Profile, rowProfile } from './member-profile.ts';

export type KnownMember = {
  readonly member: MemberId;
  readonly profile: Profile;
  /** Active cards. A sale does not ask for them. */
  readonly cards: () => readonly CardCode[];
  readonly state: MemberState;
  /** Own entries on the member that head office has not confirmed. */
  readonly waitingEntries: number;
  /** When head office sent its row, ms; null where there is none. */
  readonly asOf: number | null;
  readonly version: number | null;
};

export type CardRefusal = Refusal<'unknown-card' | 'card-blocked'>;
export type MemberRefusal = Refusal<'unknown-member' | 'member-blocked'>;

export type MemberBook = {
  /** The member that the id leads to; undefined where nothing is known of it. */
  find(member: MemberId): KnownMember | undefined;
  /** Who holds the card, also one who may not trade. */
  byCard(code: CardCode): Result<KnownMember, CardRefusal>;
  /** Whose a card is and was, blocked and replaced ones too. */
  card(code: CardCode): KnownCard | undefined;
  /** A member who may trade: known and not blocked. */
  trading(member: MemberId): Result<KnownMember, MemberRefusal>;
  /** Of this account itself, wherever it leads; a new one where nothing is known. */
  stateOf(account: MemberId): MemberState;
  /** Head office sent rows or a programme: what was folded may have stood on others. */
  rowsChanged(): void;
  /** Inside the transaction of an own entry that names or changed the account. */
  keep(account: MemberId, entry: { readonly inc: IncarnationId; readonly seq: number }, state: MemberState): void;
};

/** Merges lead on from one to the next; a circle would be a mistake of head office, and must not hang a till. */
const MERGES_MAX = 32;

export function openMemberBook(store: TillStore, terms: Terms): MemberBook {
  const parts = { entries: store.entries, streams: store.streams, rows: store.members, terms };
  const parsed = parsedStates();
  const folded = foldedStates((account) => foldOwnEntries(parts, account));
  const stateIn = (account: MemberId, row: StoredMember | undefined, cached: CachedMember | undefined): MemberState => {
    if (cached === undefined) return row === undefined ? NEW_MEMBER_STATE : parsed(account, row.state);
    if (cached.row === rowKey(row)) return parsed(account, cached.state);
    return folded.of(account, `${rowKey(row)} ${cached.inc} ${cached.seq}`);
  };
  const known = (
    member: MemberId,
    row: StoredMember | undefined,
    cached: CachedMember | undefined,
  ): KnownMember | undefined => {
    const own = row === undefined ? store.ownProfiles.find(member) : undefined;
    if (row === undefined && own === undefined && cached === undefined) return undefined;
    return {
      member,
      profile: row !== undefined ? rowProfile(row) : own === undefined ? NOBODY : ownProfile(own),
      // Without an entry of this till head office's list is all.
      cards: () => (cached === undefined ? listedCards(row) : activeCards(store, member, row)),
      state: stateIn(member, row, cached),
      waitingEntries: cached === undefined ? 0 : waitingOf(store, cached),
      asOf: row?.asOf ?? null,
      version: row?.version ?? null,
    };
  };
  const account = (member: MemberId): KnownMember | undefined =>
    known(member, store.members.find(member), store.memberCache.find(member));
  const find = (member: MemberId): KnownMember | undefined => owner(account(member));
  const owner = (first: KnownMember | undefined): KnownMember | undefined => {
    let at = first;
    for (let step = 0; step < MERGES_MAX && at !== undefined && at.state.into !== null; step += 1) {
      const { into } = at.state;
      at = account(into) ?? at;
    }
    return at;
  };
  return {
    find,
    byCard: (code) => {
      const row = store.members.findByCard(code);
      const cached = row && store.memberCache.find(row.member);
      // Of a member without an entry of this till head office's word is all.
      const own = row !== undefined && cached === undefined ? undefined : waitingCard(store, code);
      const card = own ?? row;
      if (card === undefined) return refused('unknown-card', UNKNOWN_CARD);
      if (card.status !== 'active') return refused('card-blocked', BLOCKED_SENTENCES[card.status]);
      const holder = card === row ? owner(known(row.member, row, cached)) : find(card.member);
      return holder === undefined ? refused('unknown-card', UNKNOWN_CARD) : ok(holder);
    },
    card: (code) => cardOf(store, code),
    trading: (member) => {
      const holder = find(member);
      if (holder === undefined) return refused('unknown-member', 'This member is not known here.');
      return mayTrade(holder);
    },
    stateOf: (account) => stateIn(account, store.members.find(account), store.memberCache.find(account)),
    rowsChanged: folded.forget,
    keep: (account, { inc, seq }, state) => {
      const row = rowKey(store.members.findVersion(account));
      const kept = row !== '' && state.sales.length > KEPT_SALES_MAX ? null : state;
      store.memberCache.put({ member: account, row, inc, seq, state: kept });
    },
  };
}

export function mayTrade(known: KnownMember): Result<KnownMember, MemberRefusal> {
  if (known.profile.blocked) return refused('member-blocked', 'This member is blocked. Head office can say why.');
  return ok(known);
}

const UNKNOWN_CARD = 'This card is not known. Enrol it, or check the number.';
const BLOCKED_SENTENCES: Readonly<Record<Exclude<CardStatus, 'active'>, string>> = {
  blocked: 'This card is blocked. The member can be found by name or phone.',
  replaced: 'This card was replaced by a new one.',
};

/** Which row of head office a kept state stands on. */
function rowKey(row: RowVersion | undefined): string {
  return row === undefined ? '' : `${row.epoch}/${row.version}`;
}

const STATES_KEPT_MAX = 64;

/** A regular's state is many pages long: it is not written at every sale, but folded from head office's row when it is asked for. */
const KEPT_SALES_MAX = 50;

/** Once for each row and entry; `key` says on what the fold stands. */
function foldedStates(fold: (account: MemberId) => MemberState) {
  const kept = new Map<MemberId, { readonly key: string; readonly state: MemberState }>();
  return {
    of: (account: MemberId, key: string): MemberState => {
      const before = kept.get(account);
      if (before?.key === key) return before.state;
      if (kept.size >= STATES_KEPT_MAX) kept.clear();
      const state = fold(account);
      kept.set(account, { key, state });
      return state;
    },
    forget: (): void => kept.clear(),
  };
}

/** The same text is parsed once: a quote, its commit and the view after it look at the same states. */
function parsedStates(): (account: MemberId, text: string) => MemberState {
  const kept = new Map<MemberId, { readonly text: string; readonly state: MemberState }>();
  return (account, text) => {
    const before = kept.get(account);
    if (before?.text === text) return before.state;
    if (kept.size >= STATES_KEPT_MAX) kept.clear();
    const state = parseState(text);
    kept.set(account, { text, state });
    return state;
  };
}

/** Every own entry leaves the cache at its seq, so an account without one has no entry of this till. */
function waitingOf(store: TillStore, cached: CachedMember): number {
  return store.streams.all().reduce((sum, { inc, acknowledgedSeq }) => {
    if (inc === cached.inc && cached.seq <= acknowledgedSeq) return sum;
    return sum + store.entries.countNamingAfter(cached.member, inc, acknowledgedSeq);
  }, 0);
}
