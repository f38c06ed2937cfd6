/** A member as head office sees them, once all that was accepted is folded. */
import type { CardCode, IncarnationId, MemberId, WalletId } from '../../../base/ids.ts';
import { balanceOf, type MemberState } from '../../../ledger/member-state.ts';
import type { CardStatus, MemberProfile } from '../../protocol/feed.ts';
import { profileOf } from '../feed/rows.ts';
import { includesOf } from '../fold/fold-member.ts';
import { cardsOfMembers } from '../store/cards.ts';
import { findMemberRow } from '../store/feed-rows.ts';
import type { Setting } from './setting.ts';

export type MemberView = {
  readonly member: MemberId;
  readonly version: number;
  readonly profile: MemberProfile;
  readonly cards: readonly { readonly code: CardCode; readonly status: CardStatus }[];
  readonly state: MemberState;
  /** Of every wallet that the member ever had units in. */
  readonly balances: Readonly<Record<WalletId, number>>;
  readonly includes: Readonly<Record<IncarnationId, number>>;
};

export async function memberView({ database }: Setting, member: MemberId): Promise<MemberView | undefined> {
  const row = await findMemberRow(database, member);
  if (row === undefined) return undefined;
  const cards = await cardsOfMembers(database, [member]);
  const state = JSON.parse(row.state) as MemberState; // written by the fold
  const wallets = Object.keys(state.wallets) as WalletId[]; // Object.keys forgets the brand
  return {
    member,
    version: row.version,
    profile: profileOf(row),
    cards: cards.map(({ code, status }) => ({ code, status })),
    state,
    balances: Object.fromEntries(wallets.map((wallet) => [wallet, balanceOf(state, wallet)])),
    includes: includesOf(row.includes),
  };
}
