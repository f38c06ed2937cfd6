/** What screens and the POS API see of members, made from what the engine knows. Pure. */
import { entriesOf } from '../../base/records.ts';
import { addDuration, type BusinessDate, type DateDuration } from '../../base/business-date.ts';
import type { WalletId } from '../../base/ids.ts';
import { NO_POINTS } from '../../base/numbers.ts';
import { balanceOf, clubsOf, membershipsOf, spendableOf, type MemberState } from '../../ledger/member-state.ts';
import { countedSale } from '../../ledger/sale-note.ts';
import type { Terms } from '../../ledger/terms.ts';
import { isLive } from '../../ledger/wallet-state.ts';
import { badgeProgress } from '../../loyalty/badges/judge.ts';
import { isBirthday } from '../../loyalty/conditions/birthday.ts';
import { runsUntil } from '../../loyalty/memberships/runs.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import type { Reward } from '../../loyalty/rewards/reward.ts';
import type { MemberView, TillStatus } from '../contract/shapes.ts';
import type { KnownMember } from './member-book.ts';
import { tierView } from './tier-view.ts';

export type WalletBalanceView = Omit<MemberView['balances'][number], 'offline'>;

/** Lots that end within this time are worth a word to the customer. */
const SOON = 'P30D' as DateDuration; // in its form

export function walletName({ id, name }: Programme['wallets'][number]): string {
  return name ?? id;
}

export function rewardName({ id, name }: Pick<Reward, 'id' | 'name'>): string {
  return name ?? id;
}

/** Every wallet of the programme, also those that the member never had anything in. */
export function walletBalances(state: MemberState, { wallets }: Programme, date: BusinessDate): WalletBalanceView[] {
  return wallets.map((wallet) => ({
    wallet: wallet.id,
    name: walletName(wallet),
    kind: wallet.kind,
    balance: balanceOf(state, wallet.id, date),
    spendable: spendableOf(state, wallet.id, date),
  }));
}

/** `offline`: what of a wallet may be spent here without a connection, the balance aside. */
export function memberView(
  known: KnownMember,
  terms: Terms,
  date: BusinessDate,
  offline: (wallet: WalletId) => number,
): MemberView {
  const { member, profile, cards, state, waitingEntries, asOf } = known;
  const programme = terms.on(date);
  return {
    member,
    displayName: profile.displayName,
    cards: [...cards()],
    joined: profile.joined,
    blocked: profile.blocked,
    birthdayToday: isBirthday('day', profile.birthday ?? undefined, date),
    balances: programme === undefined ? [] : balancesHere(walletBalances(state, programme, date), offline),
    asOf,
    waitingEntries,
    rewards: (programme?.rewards ?? []).flatMap((reward) => rewardOutlook(reward, state, date)),
    visits: state.visits,
    tier: tierView(state, terms, date),
    endingSoon: endingSoon(state, date),
    pending: pendingIn(state, date),
    badges: badgesIn(state, programme, date),
    memberships: membershipsIn(state, date),
    clubs: [...clubsOf(state, date)],
  };
}

function balancesHere(
  balances: readonly WalletBalanceView[],
  offline: (wallet: WalletId) => number,
): MemberView['balances'] {
  return balances.map((balance) => {
    const wallet = balance.wallet as WalletId; // the programme's own
    return { ...balance, offline: Math.min(balance.spendable, offline(wallet)) };
  });
}

/** Before there is a basket: whether its cost can be paid. A standing benefit is no choice, so it is not listed. */
function rewardOutlook(reward: Reward, state: MemberState, date: BusinessDate): MemberView['rewards'] {
  const { cost, give } = reward;
  if (cost === null || reward.auto) return [];
  const least = give.kind === 'spend' ? (give.step ?? give.points) : (cost.amount ?? NO_POINTS);
  const missing = Math.max(0, least - spendableOf(state, cost.wallet, date));
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

/** Asked for at every scan, and a till is at one date for long. */
let soon: { readonly date: BusinessDate; readonly until: BusinessDate } | undefined;

function soonAfter(date: BusinessDate): BusinessDate {
  if (soon?.date !== date) soon = { date, until: addDuration(date, SOON) };
  return soon.until;
}

/** By wallet and end, the next one first. */
export function endingSoon(state: MemberState, date: BusinessDate): MemberView['endingSoon'] {
  if (!entriesOf(state.wallets).some(([, { lots }]) => lots.some(({ end }) => end !== null))) return [];
  const until = soonAfter(date);
  return lotsBy(state, date, ({ end }) => (end !== null && end <= until ? end : null)).map(
    ({ wallet, amount, on: end }) => ({ wallet, amount, end }),
  );
}

function pendingIn(state: MemberState, date: BusinessDate): MemberView['pending'] {
  return lotsBy(state, date, ({ from }) => (from !== null && from > date ? from : null)).map(
    ({ wallet, amount, on: from }) => ({ wallet, amount, from }),
  );
}

type Lot = MemberState['wallets'][keyof MemberState['wallets']]['lots'][number];

function lotsBy(state: MemberState, date: BusinessDate, dateOf: (lot: Lot) => BusinessDate | null) {
  return entriesOf(state.wallets)
    .flatMap(([wallet, { lots }]) => {
      const sums = new Map<BusinessDate, number>();
      for (const lot of lots) {
        const on = dateOf(lot);
        if (on !== null && lot.amount > 0 && isLive(lot, date)) sums.set(on, (sums.get(on) ?? 0) + lot.amount);
      }
      return [...sums].map(([on, amount]) => ({ wallet, amount, on }));
    })
    .toSorted((left, right) => (left.on < right.on ? -1 : left.on > right.on ? 1 : 0));
}

export function badgesIn(
  { badges: awards, sales, past }: MemberState,
  programme: Programme | undefined,
  date: BusinessDate,
): MemberView['badges'] {
  const badges = programme?.badges ?? [];
  return badges.length === 0 ? [] : [...badgeProgress(badges, awards, sales.map(countedSale), date, past.counted)];
}

function membershipsIn(state: MemberState, date: BusinessDate): MemberView['memberships'] {
  return [...membershipsOf(state, date)].map((membership) => ({
    membership,
    end: runsUntil(state.memberships[membership] ?? []),
  }));
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
