/**
 * Members as this till knows them: head office's row, and its own entries that the row does not include yet, folded on top. So a sale
 * counts here at once, whatever the line does, and is never counted twice. An account that was merged or claimed leads to the member it
 * went into, wherever it is asked for (fine print 38).
 */
import type { CardCode, MemberId } from '../../base/ids.ts';
import { ok, refused, type Refusal, type Result } from '../../base/result.ts';
import type { MemberState } from '../../ledger/member-state.ts';
import type { Terms } from '../../ledger/terms.ts';
import { isVoucherAccount } from '../../ledger/vouchers.ts';
import type { CardStatus } from '../../sync/protocol/feed.ts';
import type { CachedMember } from '../store/member-cache.ts';
import type { StoredMember } from '../store/members.ts';
import type { TillStore } from '../store/till-store.ts';
import { activeCards, cardOf, type KnownCard, listedCards, waitingCard } from './member-cards.ts';
import { type EntryPlace, openStandings, type Standing } from './member-standing.ts';
import { NOBODY, ownProfile, type Profile, rowProfile } from './member-profile.ts';

export type KnownMember = Standing & {
  readonly member: MemberId;
  readonly profile: Profile;
  /** Active cards. A sale does not ask for them. */
  readonly cards: () => readonly CardCode[];
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
  standingOf(account: MemberId): Standing;
  /** Head office sent rows or a programme: what was folded may have stood on others. */
  rowsChanged(): void;
  /** Inside the transaction of an own entry that names or changed the account; `before` is how it stood just before the entry. */
  keep(account: MemberId, entry: EntryPlace, before: Standing, state: MemberState): void;
};

/** Merges lead on from one to the next; a circle would be a mistake of head office, and must not hang a till. */
const MERGES_MAX = 32;

export function openMemberBook(store: TillStore, terms: Terms): MemberBook {
  const standings = openStandings(store, terms);
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
      ...standings.of(member, row, cached),
      waitingEntries: cached === undefined ? 0 : waitingOf(store, member, standings.lastEntry(member)),
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
  const standingOf = (account: MemberId): Standing =>
    standings.of(account, store.members.find(account), store.memberCache.find(account));
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
      const holder = isVoucherAccount(member) ? undefined : find(member);
      if (holder === undefined) return refused('unknown-member', 'This member is not known here.');
      return mayTrade(holder);
    },
    stateOf: (account) => standingOf(account).state,
    standingOf,
    rowsChanged: standings.forget,
    keep: standings.keep,
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

/** Own entries on the account that head office has not confirmed. */
function waitingOf(store: TillStore, account: MemberId, last: EntryPlace | null): number {
  return store.streams.all().reduce((sum, { inc, acknowledgedSeq }) => {
    if (last !== null && inc === last.inc && last.seq <= acknowledgedSeq) return sum;
    return sum + store.entries.countNamingAfter(account, inc, acknowledgedSeq);
  }, 0);
}
