/** A member as head office sees them, once all that was accepted is folded. */
import type { BusinessDate } from '../../../base/business-date.ts';
import type { CardCode, IncarnationId, MemberId, WalletId } from '../../../base/ids.ts';
import {
  balanceOf,
  clubsOf,
  levelOf,
  membershipsOf,
  spendableOf,
  type MemberState,
} from '../../../ledger/member-state.ts';
import type { CardStatus, MemberProfile } from '../../protocol/feed.ts';
import { profileOf } from '../feed/rows.ts';
import { leadOf } from '../../../ledger/fold/accounts.ts';
import { includesOf, stateOf } from '../fold/fold-accounts.ts';
import { businessDayOf } from '../programme/business-day.ts';
import { loadTerms } from '../programme/terms.ts';
import { cardsOfMembers } from '../store/cards.ts';
import type { Queries } from '../store/client.ts';
import { loadGroups } from '../store/entry-index.ts';
import { findMemberRow } from '../store/feed-rows.ts';
import { findStates } from '../store/member-states.ts';
import type { Setting } from './setting.ts';

export type MemberView = {
  /** The account that the one asked for leads to since it was merged or claimed. */
  readonly member: MemberId;
  readonly version: number;
  readonly profile: MemberProfile;
  readonly cards: readonly { readonly code: CardCode; readonly status: CardStatus }[];
  readonly state: MemberState;
  readonly date: BusinessDate;
  /** Of every wallet that the member has anything in, or an obligation; all others are 0. */
  readonly balances: Readonly<Record<WalletId, number>>;
  readonly spendable: Readonly<Record<WalletId, number>>;
  /** What rules earned, less what refunds took back. */
  readonly lifetime: Readonly<Record<WalletId, number>>;
  /** Null: the programme has no level for them. */
  readonly tier: string | null;
  /** First date on which it is gone; null: never. */
  readonly tierEnd: BusinessDate | null;
  /** Held, each once. */
  readonly badges: readonly string[];
  /** Running on the date. */
  readonly memberships: readonly string[];
  readonly clubs: readonly string[];
  readonly includes: Readonly<Record<IncarnationId, number>>;
};

/** On a business date, by default today's. Undefined: no such member. */
export async function memberView(
  { database, clock }: Setting,
  member: MemberId,
  on?: BusinessDate,
): Promise<MemberView | undefined> {
  const lead = await leadOfMember(database, member);
  const row = await findMemberRow(database, lead);
  if (row === undefined) return undefined;
  const terms = await loadTerms(database);
  const date = on ?? businessDayOf(terms, clock()).date;
  const cards = await cardsOfMembers(database, [lead]);
  const state = stateOf(row);
  const wallets = Object.keys(state.wallets) as WalletId[]; // Object.keys forgets the brand
  const { level, end } = levelOf(state, terms, date);
  return {
    member: lead,
    version: row.version,
    profile: profileOf(row),
    cards: cards.map(({ code, status }) => ({ code, status })),
    state,
    date,
    balances: Object.fromEntries(wallets.map((wallet) => [wallet, balanceOf(state, wallet, date)])),
    spendable: Object.fromEntries(wallets.map((wallet) => [wallet, spendableOf(state, wallet, date)])),
    lifetime: state.lifetime,
    tier: level,
    tierEnd: end,
    badges: [...new Set(state.badges.map(({ badge }) => badge))],
    memberships: [...membershipsOf(state, date)],
    clubs: [...clubsOf(state, date)],
    includes: includesOf(row.includes),
  };
}

export async function leadOfMember(queries: Queries, member: MemberId): Promise<MemberId> {
  const groups = await loadGroups(queries, [member]);
  const together = groups.together(member);
  if (together.length === 1) return member;
  const rows = await findStates(queries, together);
  return leadOf(member, new Map([...rows].map(([account, row]) => [account, stateOf(row)])));
}
