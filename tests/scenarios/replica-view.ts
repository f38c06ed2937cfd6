/** What a replica says of a member on a business date, in the words of an expectation; the same words wherever it is asked. */
import { entriesOf } from '../../base/records.ts';
import type { BusinessDate } from '../../base/business-date.ts';
import type { MemberId } from '../../base/ids.ts';
import { balanceOf, levelOf, membershipsOf, spendableOf, type MemberState } from '../../ledger/member-state.ts';
import type { Terms } from '../../ledger/terms.ts';
import type { MemberView as HeadOfficeView } from '../../sync/server/admin/member-view.ts';
import type { EngineParts } from '../../till/app/engine.ts';
import type { Actual } from './outcome.ts';

export type ReplicaView = Required<
  Pick<Actual, 'balance' | 'spendable' | 'tier' | 'lifetime' | 'badges' | 'memberships' | 'overdraft'>
>;

function viewOf(state: MemberState, terms: Terms, date: BusinessDate): ReplicaView {
  const wallets = entriesOf(state.wallets).map(([wallet]) => wallet);
  const held = state.badges.filter((award) => award.date <= date).map(({ badge }) => badge);
  return {
    balance: withoutZeros(wallets.map((wallet) => [wallet, balanceOf(state, wallet, date)])),
    spendable: withoutZeros(wallets.map((wallet) => [wallet, spendableOf(state, wallet, date)])),
    tier: levelOf(state, terms, date).level,
    lifetime: withoutZeros(entriesOf(state.lifetime)),
    badges: [...new Set(held)].toSorted(),
    memberships: [...membershipsOf(state, date)].toSorted(),
    overdraft: withoutZeros(entriesOf(state.overdrafts ?? {})),
  };
}

/** Undefined where the till knows nobody of that id. */
export function viewAtTill(parts: EngineParts, member: MemberId, date: BusinessDate): ReplicaView | undefined {
  const known = parts.members.find(member);
  return known && viewOf(known.state, parts.programmes.terms, date);
}

export function viewAtHeadOffice(view: HeadOfficeView): ReplicaView {
  const { state, balances, spendable, tier, lifetime, badges, memberships } = view;
  return {
    balance: withoutZeros(entriesOf(balances)),
    spendable: withoutZeros(entriesOf(spendable)),
    tier,
    lifetime: withoutZeros(entriesOf(lifetime)),
    badges: [...badges].toSorted(),
    memberships: [...memberships].toSorted(),
    overdraft: withoutZeros(entriesOf(state.overdrafts ?? {})),
  };
}

/** What a step reports of the account that it was about; nothing where it was about none. */
export function balanceAndTier(
  parts: EngineParts,
  member: MemberId | null,
  date: BusinessDate,
): Pick<Actual, 'balance' | 'tier'> {
  const view = member === null ? undefined : viewAtTill(parts, member, date);
  return view === undefined ? {} : { balance: view.balance, tier: view.tier };
}

/** A wallet without an amount counts 0, so that replicas that know of a wallet and those that do not agree. */
function withoutZeros(amounts: readonly (readonly [string, number])[]): Record<string, number> {
  return Object.fromEntries(amounts.filter(([, amount]) => amount !== 0).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

export function mapOf(
  amounts: readonly { readonly wallet: string; readonly amount: number }[],
): Record<string, number> {
  const sums = new Map<string, number>();
  for (const { wallet, amount } of amounts) sums.set(wallet, (sums.get(wallet) ?? 0) + amount);
  return withoutZeros([...sums]);
}
