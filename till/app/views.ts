/** What screens and the POS API see of members and sales, made from what the engine knows. Pure. */
import { NO_POINTS } from '../../base/numbers.ts';
import type { BusinessDate } from '../../base/business-date.ts';
import { balanceOf, spendableOf, type MemberState } from '../../ledger/member-state.ts';
import { isBirthday } from '../../loyalty/conditions/birthday.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import type { Reward } from '../../loyalty/rewards/reward.ts';
import type { WalletAmount } from '../../loyalty/wallet-amounts.ts';
import { amountIn } from '../../loyalty/wallet-amounts.ts';
import type { MemberView, TillStatus } from '../contract/shapes.ts';
import type { KnownMember } from './member-book.ts';

export type WalletBalanceView = MemberView['balances'][number];

export function walletName({ id, name }: Programme['wallets'][number]): string {
  return name ?? id;
}

export function rewardName({ id, name }: Pick<Reward, 'id' | 'name'>): string {
  return name ?? id;
}

/** Every wallet of the programme, also those that the member never had anything in. */
export function walletBalances(state: MemberState, { wallets }: Programme): WalletBalanceView[] {
  return wallets.map((wallet) => ({
    wallet: wallet.id,
    name: walletName(wallet),
    kind: wallet.kind,
    balance: balanceOf(state, wallet.id),
    spendable: spendableOf(state, wallet.id),
  }));
}

/** Balances after a sale that spends and earns so much, for a quote; a credit repays what is below zero by itself. */
export function balancesAfter(
  before: readonly WalletBalanceView[],
  spent: readonly WalletAmount[],
  earned: readonly WalletAmount[],
): WalletBalanceView[] {
  return before.map((view) => {
    const wallet = view.wallet as WalletAmount['wallet']; // made from a wallet of the programme, above
    const balance = view.balance - amountIn(spent, wallet) + amountIn(earned, wallet);
    return { ...view, balance, spendable: Math.max(0, balance) };
  });
}

export function memberView(known: KnownMember, programme: Programme | undefined, date: BusinessDate): MemberView {
  const { member, profile, cards, state, waitingEntries, asOf } = known;
  return {
    member,
    displayName: profile.displayName,
    cards: [...cards()],
    joined: profile.joined,
    blocked: profile.blocked,
    birthdayToday: isBirthday('day', profile.birthday ?? undefined, date),
    balances: programme === undefined ? [] : walletBalances(state, programme),
    asOf,
    waitingEntries,
    rewards: (programme?.rewards ?? []).flatMap((reward) => rewardOutlook(reward, state)),
    visits: state.visits,
  };
}

/** Before there is a basket: whether its cost can be paid. A standing benefit is no choice, so it is not listed. */
function rewardOutlook(reward: Reward, state: MemberState): MemberView['rewards'] {
  const { cost, give } = reward;
  if (cost === null || reward.auto) return [];
  const least = give.kind === 'spend' ? (give.step ?? give.points) : (cost.amount ?? NO_POINTS);
  const missing = Math.max(0, least - spendableOf(state, cost.wallet));
  return [
    {
      reward: reward.id,
      name: rewardName(reward),
      cost: { wallet: cost.wallet, amount: cost.amount ?? null },
      affordable: missing === 0,
      missing,
    },
  ];
}

export function programmeView(programme: Programme | undefined): TillStatus['programme'] {
  if (programme === undefined) return null;
  const { id, version, currency, minorDigits, wallets } = programme;
  return {
    id,
    version,
    currency,
    minorDigits,
    wallets: wallets.map((wallet) => ({ wallet: wallet.id, name: walletName(wallet), kind: wallet.kind })),
  };
}
