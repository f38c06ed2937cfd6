/**
 * What a member has and has done, as the fold over the entries that name them leaves it (fold/). All that evaluation at a till needs is in
 * it. Dates decide what of it counts: lots end, levels fall and memberships run out without an entry, so every view takes a date.
 */
import type { BusinessDate } from '../base/business-date.ts';
import { entriesOf } from '../base/records.ts';
import type { MemberId, RewardId, RuleId, SaleId, WalletId } from '../base/ids.ts';
import { points, type Points } from '../base/numbers.ts';
import type { BadgeAward } from '../loyalty/badges/award.ts';
import { type MembershipPurchase, runningOn } from '../loyalty/memberships/runs.ts';
import type { HeldLevel } from '../loyalty/tiers/ladder.ts';
import { levelOn } from '../loyalty/tiers/settle.ts';
import { NOTHING_PAST, type Past } from './past.ts';
import { dueLeft, givenBy, hasSome, type SaleNote } from './sale-note.ts';
import type { WalletAmount } from '../loyalty/wallet-amounts.ts';
import { talliesOf } from './tallies.ts';
import type { Terms } from './terms.ts';
import { balanceIn, spendableIn, type WalletState } from './wallet-state.ts';

export type RewardUses = {
  readonly ever: number;
  /** Uses in the two newest calendar months with any, by `YYYY-MM`. */
  readonly months: Readonly<Record<string, number>>;
};

/** A time in a club; the date of leaving is not in it. */
export type ClubStay = { readonly from: BusinessDate; readonly until: BusinessDate | null };

export type Referral = {
  /** Who brought the member. */
  readonly by: MemberId | null;
  /** The member's sale that paid it. */
  readonly paid: SaleId | null;
  /** Members that this one brought, paid for, by `YYYY-MM` of the sale. */
  readonly brought: Readonly<Record<string, number>>;
};

/** An account that leads here since a merge, and both as they were, so that the merge can be undone. */
export type Merged = {
  readonly account: MemberId;
  readonly was: MemberState;
  /** The remaining member's, before. */
  readonly ladder: readonly HeldLevel[];
  readonly goals: readonly string[];
  readonly referral: Referral;
  /** The ladder that the merge made. */
  readonly joined: readonly HeldLevel[];
  /** By how much the names of its lots rose, by wallet. */
  readonly shifts: Readonly<Record<WalletId, number>>;
  /** What it gave up of what a member can have once; left out where that is nothing. */
  readonly gaveUp?: readonly WalletAmount[];
};

export type MemberState = {
  /** Those with anything in them. */
  readonly wallets: Readonly<Record<WalletId, WalletState>>;
  /** What rules earned, less what refunds took back. */
  readonly lifetime: Readonly<Record<WalletId, Points>>;
  /** Sales that were not voided. */
  readonly visits: number;
  /** The newest sales that were not voided, in the total order. */
  readonly sales: readonly SaleNote[];
  /** What older sales left. */
  readonly past: Past;
  /** The newest sales that were voided: a refund or void that another till wrote of them undoes nothing more. */
  readonly voided: readonly SaleId[];
  /** Rewards with any use. */
  readonly uses: Readonly<Record<RewardId, RewardUses>>;
  /** Levels above the lowest, the one that is held last; as of the last entry, see `levelOf`. */
  readonly ladder: readonly HeldLevel[];
  /** Sales that reached a level of the ladder and were refunded or voided since (fine print 18). */
  readonly undone: readonly SaleId[];
  readonly badges: readonly BadgeAward[];
  readonly memberships: Readonly<Record<string, readonly MembershipPurchase[]>>;
  readonly clubs: Readonly<Record<string, readonly ClubStay[]>>;
  /** Goals of clubs that were reached and gave the member their share, as `club/goal`. */
  readonly goals: readonly string[];
  readonly referral: Referral;
  /** What was sent to other members in the two newest calendar months with any, by `YYYY-MM` and wallet. */
  readonly sent: Readonly<Record<string, Readonly<Record<WalletId, Points>>>>;
  readonly merged: readonly Merged[];
  /** Spent without a line beyond an allowance, by wallet with any; left out where nothing ever was. */
  readonly overdrafts?: Readonly<Record<WalletId, Points>>;
  /** Where this account leads since it was merged or claimed; null: it is a member's own. */
  readonly into: MemberId | null;
  /** Nobody has claimed it yet: the hash of the claim code. */
  readonly claim: string | null;
};

export const NEW_MEMBER_STATE: MemberState = {
  wallets: {},
  lifetime: {},
  visits: 0,
  sales: [],
  past: NOTHING_PAST,
  voided: [],
  uses: {},
  ladder: [],
  undone: [],
  badges: [],
  memberships: {},
  clubs: {},
  goals: [],
  referral: { by: null, paid: null, brought: {} },
  sent: {},
  merged: [],
  into: null,
  claim: null,
};

/** Units of the wallet on the date: all that has not ended, pending included, what is below zero taken off. */
export function balanceOf(state: MemberState, wallet: WalletId, date: BusinessDate): Points {
  const held = state.wallets[wallet];
  return held === undefined ? points(0) : balanceIn(held, date);
}

/** Units that can be spent on the date: without what is pending, never below zero. */
export function spendableOf(state: MemberState, wallet: WalletId, date: BusinessDate): Points {
  const held = state.wallets[wallet];
  return held === undefined ? points(0) : spendableIn(held, date);
}

/** The level that is held on the date, whether anybody has posted a fall or not (fine print 17). */
export function levelOf(
  state: MemberState,
  terms: Terms,
  date: BusinessDate,
): { readonly level: string | null; readonly end: BusinessDate | null } {
  return levelOn(state.ladder, (on) => terms.on(on)?.tiers, talliesOf(state), date);
}

export function membershipsOf(state: MemberState, date: BusinessDate): ReadonlySet<string> {
  return runningOn(state.memberships, date);
}

export function clubsOf(state: MemberState, date: BusinessDate): ReadonlySet<string> {
  const stays = Object.entries(state.clubs);
  return new Set(stays.flatMap(([club, times]) => (times.some((stay) => isIn(stay, date)) ? [club] : [])));
}

function isIn({ from, until }: ClubStay, date: BusinessDate): boolean {
  return from <= date && (until === null || date < until);
}

/** What rules still give in the member's sales of this business date; a cap per day counts it. */
export function givenOn(state: MemberState, date: BusinessDate): Map<RuleId, Points> {
  const sums = new Map<RuleId, Points>();
  for (const [rule, amount] of entriesOf(state.past.today[date]?.given ?? {})) sums.set(rule, amount);
  for (const note of state.sales) {
    if (note.date !== date) continue;
    for (const [rule, amount] of givenBy(note)) sums.set(rule, points((sums.get(rule) ?? 0) + amount));
  }
  return sums;
}

/** Uses of a reward that count on this business date against a limit per day, per month and ever. */
export function usesOn(
  state: MemberState,
  reward: RewardId,
  date: BusinessDate,
): { day: number; month: number; ever: number } {
  const uses = state.uses[reward];
  const before = state.past.today[date]?.uses[reward] ?? 0;
  return {
    day: state.sales.reduce((sum, note) => sum + (note.date === date ? (note.uses[reward] ?? 0) : 0), before),
    month: uses?.months[monthOf(date)] ?? 0,
    ever: uses?.ever ?? 0,
  };
}

/** By sku, the dates of sales of which the member still has some of it, one for each sale. */
export function purchasesOf(state: MemberState): Map<string, BusinessDate[]> {
  const purchases = new Map(Object.entries(state.past.bought).map(([sku, dates]) => [sku, [...dates]]));
  for (const { date, lines } of state.sales) {
    for (const sku of new Set(lines.filter(hasSome).map((line) => line.sku))) {
      const dates = purchases.get(sku);
      if (dates === undefined) purchases.set(sku, [date]);
      else dates.push(date);
    }
  }
  return purchases;
}

/** Paid and left, of a sale that is still known. */
export function spendOn(state: MemberState, sale: SaleId): Points | undefined {
  const note = state.sales.find((known) => known.sale === sale);
  return note && points(dueLeft(note));
}

/** Members that this one brought and was paid for in the calendar month. */
export function broughtIn({ referral }: MemberState, date: BusinessDate): number {
  return referral.brought[monthOf(date)] ?? 0;
}

export function sentIn(state: MemberState, wallet: WalletId, date: BusinessDate): Points {
  return state.sent[monthOf(date)]?.[wallet] ?? points(0);
}

export function monthOf(date: BusinessDate): string {
  return date.slice(0, 7);
}
