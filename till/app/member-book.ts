/**
 * Members as this till knows them: head office's row, and its own entries that the row does not include yet, folded on top. So a sale
 * counts here at once, whatever the line does, and is never counted twice.
 */
import type { BusinessDate } from '../../base/business-date.ts';
import type { CardCode, MemberId, RewardId, WalletId } from '../../base/ids.ts';
import { points, type Points } from '../../base/numbers.ts';
import { ok, refused, type Refusal, type Result } from '../../base/result.ts';
import { givenOn, spendableOf, usesOn, type MemberState } from '../../ledger/member-state.ts';
import type { MemberFacts } from '../../loyalty/member-facts.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import { foldOwnEntries, parseState } from '../store/fold-own-entries.ts';
import type { StoredMember } from '../store/members.ts';
import type { OwnProfile } from '../store/own-profiles.ts';
import type { TillStore } from '../store/till-store.ts';

export type Profile = {
  readonly displayName: string | null;
  readonly birthday: { readonly month: number; readonly day: number } | null;
  readonly segments: readonly string[];
  readonly joined: string;
  readonly blocked: boolean;
};

export type KnownMember = {
  readonly member: MemberId;
  readonly profile: Profile;
  /** Active cards. A sale does not ask for them. */
  readonly cards: () => readonly CardCode[];
  readonly state: MemberState;
  /** Own entries on the member that head office has not confirmed. */
  readonly waitingEntries: number;
  /** `<epoch>/<version>` of head office's row, empty where there is none yet. */
  readonly row: string;
  /** When head office sent its row, ms; null where there is none. */
  readonly asOf: number | null;
  readonly version: number | null;
};

export type CardRefusal = Refusal<'unknown-card' | 'card-blocked'>;
export type MemberRefusal = Refusal<'unknown-member' | 'member-blocked'>;

export type MemberBook = ReturnType<typeof openMemberBook>;

export function openMemberBook(store: TillStore) {
  const fromRow = (row: StoredMember): KnownMember => {
    const rowKey = `${row.epoch}/${row.version}`;
    const { state, waitingEntries } = ownPart(store, row.member, row, rowKey);
    return {
      member: row.member,
      profile: rowProfile(row),
      cards: () => JSON.parse(row.cards) as CardCode[], // written from a parsed list
      state,
      waitingEntries,
      row: rowKey,
      asOf: row.asOf,
      version: row.version,
    };
  };
  const fromOwn = (own: OwnProfile): KnownMember => ({
    member: own.member,
    profile: ownProfile(own),
    cards: () => store.projections.cardsOf(own.member),
    ...ownPart(store, own.member, undefined, ''),
    row: '',
    asOf: null,
    version: null,
  });
  /** Head office's word on a member stands above the till's own, which is only there until the feed brings the row. */
  const find = (member: MemberId): KnownMember | undefined => {
    const row = store.members.find(member);
    if (row !== undefined) return fromRow(row);
    const own = store.ownProfiles.find(member);
    return own && fromOwn(own);
  };
  return {
    find,
    /** Who holds the card, also one who may not trade. */
    byCard: (code: CardCode): Result<KnownMember, CardRefusal> => {
      const row = store.members.findByCard(code);
      if (row !== undefined) {
        return row.status === 'active' ? ok(fromRow(row)) : refused('card-blocked', BLOCKED_SENTENCES[row.status]);
      }
      const own = store.projections.memberOfCard(code);
      const known = own && find(own);
      return known === undefined
        ? refused('unknown-card', 'This card is not known. Enrol it, or check the number.')
        : ok(known);
    },
    /** A member who may trade: known and not blocked. */
    trading: (member: MemberId): Result<KnownMember, MemberRefusal> => {
      const known = find(member);
      if (known === undefined) return refused('unknown-member', 'This member is not known here.');
      return mayTrade(known);
    },
  };
}

export function mayTrade(known: KnownMember): Result<KnownMember, MemberRefusal> {
  if (known.profile.blocked) return refused('member-blocked', 'This member is blocked. Head office can say why.');
  return ok(known);
}

const BLOCKED_SENTENCES = {
  blocked: 'This card is blocked. The member can be found by name or phone.',
  replaced: 'This card was replaced by a new one.',
} as const;

/** What evaluation sees of the member, as before the sale. */
export function memberFacts(known: KnownMember, programme: Programme, date: BusinessDate): MemberFacts {
  const { member, profile, state } = known;
  return {
    id: member,
    unclaimed: false,
    level: null,
    memberships: new Set(),
    clubs: new Set(),
    purchases: new Map(),
    birthday: profile.birthday ?? undefined,
    segments: profile.segments,
    spendable: new Map(programme.wallets.map(({ id }): [WalletId, Points] => [id, points(spendableOf(state, id))])),
    visits: state.visits,
    earnedToday: givenOn(state, date),
    rewardUses: new Map(
      programme.rewards.map(({ id }): [RewardId, ReturnType<typeof usesOn>] => [id, usesOn(state, id, date)]),
    ),
  };
}

/**
 * What this till adds to a member. Every own entry leaves the cache at its seq, so a member without one has no entry of this till, and one
 * whose last entry is confirmed has none that waits.
 */
function ownPart(
  store: TillStore,
  member: MemberId,
  row: StoredMember | undefined,
  rowKey: string,
): Pick<KnownMember, 'state' | 'waitingEntries'> {
  const cached = store.memberCache.find(member);
  if (cached === undefined) return { state: parseState(row?.state), waitingEntries: 0 };
  const state = cached.row === rowKey ? parseState(cached.state) : foldOwnEntries(store, member, row);
  return { state, waitingEntries: waitingOf(store, member, cached) };
}

function waitingOf(store: TillStore, member: MemberId, cached: { readonly inc: string; readonly seq: number }): number {
  return store.streams.all().reduce((sum, { inc, acknowledgedSeq }) => {
    if (inc === cached.inc && cached.seq <= acknowledgedSeq) return sum;
    return sum + store.entries.countOfMemberAfter(member, inc, acknowledgedSeq);
  }, 0);
}

function rowProfile(row: StoredMember): Profile {
  return {
    displayName: row.displayName,
    birthday: birthdayOf(row),
    segments: JSON.parse(row.segments) as string[], // written from a parsed list
    joined: row.joined,
    blocked: row.blocked === 1,
  };
}

function ownProfile(own: OwnProfile): Profile {
  return { displayName: own.displayName, birthday: birthdayOf(own), segments: [], joined: own.joined, blocked: false };
}

function birthdayOf({
  birthdayMonth,
  birthdayDay,
}: Pick<StoredMember, 'birthdayMonth' | 'birthdayDay'>): Profile['birthday'] {
  return birthdayMonth === null || birthdayDay === null ? null : { month: birthdayMonth, day: birthdayDay };
}
