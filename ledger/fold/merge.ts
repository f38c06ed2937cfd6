/** Accounts that become one: a claim brings an unclaimed account, a merge another record of the same person, and an unmerge undoes that. */
import type { BusinessDate } from '../../base/business-date.ts';
import type { MemberId, RewardId, WalletId } from '../../base/ids.ts';
import { points, type Points } from '../../base/numbers.ts';
import { mergedLadder } from '../../loyalty/tiers/merged.ts';
import type { EntryOf } from '../entry.ts';
import { entriesOf, NEW_MEMBER_STATE, type Merged, type MemberState } from '../member-state.ts';
import { joinedPast, letGo } from '../past.ts';
import type { SaleNote } from '../sale-note.ts';
import type { Terms } from '../terms.ts';
import { joinWallets, settleBelow, splitWallet } from '../wallet-state.ts';
import type { Accounts, Draft } from './accounts.ts';
import { settleLevels } from './levels.ts';
import { newestMonths } from './uses.ts';
import { heldIn, prune, setWallet } from './wallets.ts';

/** Of two claims the first in the total order stands. */
export function applyClaim(accounts: Accounts, { member, bd, body }: EntryOf<'claim'>, terms: Terms): void {
  if (member === null || accounts.own(body.account).into !== null) return;
  const into = accounts.ownerOf(member);
  if (into !== body.account) bringOver(accounts, body.account, into, { date: bd, terms });
}

export function applyMerge(accounts: Accounts, { member, bd, body }: EntryOf<'merge'>, terms: Terms): void {
  if (member === null || accounts.own(body.from).into !== null) return;
  const into = accounts.ownerOf(member);
  if (into === body.from) return;
  const was: MemberState = { ...accounts.own(body.from) };
  const { ladder } = accounts.own(into);
  const shifts = bringOver(accounts, body.from, into, { date: bd, terms });
  const draft = accounts.own(into);
  draft.merged = [...draft.merged, { account: body.from, was, ladder, joined: draft.ladder, shifts }];
}

/** Lots, sales, badges, memberships, clubs, a balance below zero and the higher level move; nothing is judged (fine print 38). */
function bringOver(
  accounts: Accounts,
  account: MemberId,
  into: MemberId,
  { date, terms }: { date: BusinessDate; terms: Terms },
): Merged['shifts'] {
  const from = accounts.own(account);
  const draft = accounts.own(into);
  settleLevels(from, terms, date);
  settleLevels(draft, terms, date);
  const shifts = bringWallets(draft, from, account, date);
  bringSales(draft, from, shifts);
  bringStanding(draft, from);
  const { merged } = from;
  Object.assign(from, { ...NEW_MEMBER_STATE, into, merged } satisfies MemberState);
  prune(draft, date);
  return shifts;
}

function bringWallets(draft: Draft, from: Draft, account: MemberId, date: BusinessDate): Merged['shifts'] {
  const shifts: Record<WalletId, number> = {};
  for (const [wallet, held] of entriesOf(from.wallets)) {
    const { state, shift } = joinWallets(heldIn(draft, wallet), held, account);
    shifts[wallet] = shift;
    setWallet(draft, wallet, settleBelow(state, date), date);
  }
  draft.lifetime = summed(draft.lifetime, from.lifetime);
  return shifts;
}

function bringSales(draft: Draft, from: Draft, shifts: Merged['shifts']): void {
  const renamed = from.sales.map((note) => withNames(note, (wallet, lot) => lot + (shifts[wallet] ?? 0)));
  const together = [...draft.sales, ...renamed].toSorted(byDate);
  const { sales, past } = letGo(together, joinedPast(draft.past, from.past));
  draft.sales = sales;
  draft.past = past;
  draft.visits += from.visits;
}

function bringStanding(draft: Draft, from: Draft): void {
  draft.ladder = mergedLadder(draft.ladder, from.ladder);
  draft.undone = [...new Set([...draft.undone, ...from.undone])];
  draft.badges = [...draft.badges, ...from.badges].toSorted(byDate);
  draft.memberships = joinedLists(draft.memberships, from.memberships, byDate);
  draft.clubs = joinedLists(draft.clubs, from.clubs, (left, right) => (left.from < right.from ? -1 : 1));
  draft.goals = [...new Set([...draft.goals, ...from.goals])];
  draft.uses = joinedUses(draft.uses, from.uses);
  draft.sent = joinedSent(draft.sent, from.sent);
  draft.referral = {
    by: draft.referral.by ?? from.referral.by,
    paid: draft.referral.paid ?? from.referral.paid,
    brought: newestMonths(summed(draft.referral.brought, from.referral.brought)),
  };
}

/** What is left of what the account brought goes back to it; what it did meanwhile stays where it was done. */
export function applyUnmerge(accounts: Accounts, { member, bd, body }: EntryOf<'unmerge'>, terms: Terms): void {
  if (member === null) return;
  const draft = accounts.draft(member);
  const merge = draft.merged.find(({ account }) => account === body.from);
  if (merge === undefined) return;
  settleLevels(draft, terms, bd);
  const from = accounts.own(body.from);
  const sales = new Set(merge.was.sales.map(({ sale }) => sale));
  const back = draft.sales.filter(({ sale }) => sales.has(sale));
  Object.assign(from, {
    ...merge.was,
    wallets: {},
    sales: back.map((note) => withNames(note, (wallet, lot) => lot - (merge.shifts[wallet] ?? 0))),
    into: null,
  } satisfies MemberState);
  for (const [wallet, held] of entriesOf(draft.wallets)) {
    const { left, gone } = splitWallet(held, body.from, merge.shifts[wallet] ?? 0);
    setWallet(draft, wallet, left, bd);
    setWallet(from, wallet, gone, bd);
  }
  takeStanding(draft, merge, sales);
  draft.merged = draft.merged.filter((known) => known !== merge);
}

function takeStanding(draft: Draft, { was, ladder, joined }: Merged, sales: ReadonlySet<string>): void {
  draft.sales = draft.sales.filter(({ sale }) => !sales.has(sale));
  draft.visits = Math.max(0, draft.visits - was.visits);
  draft.lifetime = lessened(draft.lifetime, was.lifetime);
  draft.badges = draft.badges.filter(({ sale }) => !sales.has(sale));
  draft.memberships = Object.fromEntries(
    Object.entries(draft.memberships)
      .map(([id, purchases]) => [id, purchases.filter(({ sale }) => !sales.has(sale))] as const)
      .filter(([, purchases]) => purchases.length > 0),
  );
  // A level that came or moved since was reached by both together, and stays.
  if (JSON.stringify(draft.ladder) === JSON.stringify(joined)) draft.ladder = ladder;
}

function withNames(note: SaleNote, name: (wallet: WalletId, lot: number) => number): SaleNote {
  const took = entriesOf(note.took).map(
    ([wallet, parts]) => [wallet, parts.map((part) => ({ ...part, lot: name(wallet, part.lot) }))] as const,
  );
  return took.length === 0 ? note : { ...note, took: Object.fromEntries(took) };
}

function joinedUses(left: Draft['uses'], right: Draft['uses']): Draft['uses'] {
  const uses: Record<RewardId, Draft['uses'][RewardId]> = { ...left };
  for (const [reward, { ever, months }] of entriesOf(right)) {
    const before = uses[reward] ?? { ever: 0, months: {} };
    uses[reward] = { ever: before.ever + ever, months: newestMonths(summed(before.months, months)) };
  }
  return uses;
}

function joinedSent(left: Draft['sent'], right: Draft['sent']): Draft['sent'] {
  const months: Record<string, Readonly<Record<WalletId, Points>>> = { ...left };
  for (const [month, amounts] of Object.entries(right)) months[month] = summed(months[month] ?? {}, amounts);
  const newest = Object.entries(months).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(newest.slice(-2));
}

function joinedLists<Item>(
  left: Readonly<Record<string, readonly Item[]>>,
  right: Readonly<Record<string, readonly Item[]>>,
  order: (a: Item, b: Item) => number,
): Readonly<Record<string, readonly Item[]>> {
  const lists: Record<string, readonly Item[]> = { ...left };
  for (const [id, items] of Object.entries(right)) lists[id] = [...(lists[id] ?? []), ...items].toSorted(order);
  return lists;
}

function summed<Key extends string, Units extends number>(
  left: Readonly<Record<Key, Units>>,
  right: Readonly<Record<Key, Units>>,
): Record<Key, Units> {
  const sums: Record<Key, Units> = { ...left };
  for (const [key, amount] of entriesOf(right)) sums[key] = points((sums[key] ?? 0) + amount) as number as Units; // the same brand
  return sums;
}

function lessened(left: Draft['lifetime'], right: Draft['lifetime']): Draft['lifetime'] {
  const rest = entriesOf(left).map(
    ([wallet, amount]) => [wallet, points(Math.max(0, amount - (right[wallet] ?? 0)))] as const,
  );
  return Object.fromEntries(rest);
}

function byDate(left: { readonly date: BusinessDate }, right: { readonly date: BusinessDate }): number {
  return left.date < right.date ? -1 : left.date > right.date ? 1 : 0;
}
