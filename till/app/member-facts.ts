/** What evaluation sees of a member, from the state on the business date. */
import type { BusinessDate } from '../../base/business-date.ts';
import type { MemberId, RewardId, WalletId } from '../../base/ids.ts';
import type { Points } from '../../base/numbers.ts';
import {
  clubsOf,
  givenOn,
  levelOf,
  membershipsOf,
  NEW_MEMBER_STATE,
  purchasesOf,
  spendableOf,
  usesOn,
} from '../../ledger/member-state.ts';
import type { Terms } from '../../ledger/terms.ts';
import type { MemberFacts } from '../../loyalty/member-facts.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import type { KnownMember } from './member-book.ts';

type Facts = Pick<KnownMember, 'member' | 'state'> & {
  readonly profile: Pick<KnownMember['profile'], 'birthday' | 'segments'>;
};

/** As before the sale (fine print 9). */
export function memberFacts(
  { member, profile, state }: Facts,
  programme: Programme,
  terms: Terms,
  date: BusinessDate,
): MemberFacts {
  return {
    id: member,
    unclaimed: state.claim !== null,
    level: levelOf(state, terms, date).level,
    memberships: membershipsOf(state, date),
    clubs: clubsOf(state, date),
    purchases: purchasesOf(state),
    birthday: profile.birthday ?? undefined,
    segments: profile.segments,
    spendable: new Map(programme.wallets.map(({ id }): [WalletId, Points] => [id, spendableOf(state, id, date)])),
    visits: state.visits,
    earnedToday: givenOn(state, date),
    rewardUses: new Map(
      programme.rewards.map(({ id }): [RewardId, ReturnType<typeof usesOn>] => [id, usesOn(state, id, date)]),
    ),
  };
}

/** The account that a sale without a card opens under automatic enrolment: a member with nothing yet (fine print 19). */
export function unclaimedFacts(programme: Programme, terms: Terms, date: BusinessDate): MemberFacts {
  const nobody = {
    member: 'unclaimed' as MemberId, // nobody's: it has none before the sale
    profile: { birthday: null, segments: [] },
    state: NEW_MEMBER_STATE,
  }; // no id of anyone
  return { ...memberFacts(nobody, programme, terms, date), unclaimed: true };
}
