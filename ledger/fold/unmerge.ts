/** The undoing of a merge: what is left of what the account brought goes back to it; what it did meanwhile stays where it was done. */
import { entriesOf } from '../../base/records.ts';
import type { MemberId, SaleId } from '../../base/ids.ts';
import type { EntryOf } from '../entry.ts';
import { type Merged, type MemberState } from '../member-state.ts';
import { talliesWithout } from '../past/tallies.ts';
import { tallyOf } from '../tallies.ts';
import { programmeOf, type Terms } from '../terms.ts';
import { splitWallet } from '../wallet-state.ts';
import { type Accounts, type Draft, draftOf } from './accounts.ts';
import { listsWithout, sentWithout, usesWithout, without, withoutNone } from './joined.ts';
import { settleLevels } from './levels.ts';
import { dropOverdrafts } from './overdrafts.ts';
import { renamed } from './renamed.ts';
import { newestMonths } from './uses.ts';
import { gain, prune, setWallet } from './wallets.ts';

export function applyUnmerge(accounts: Accounts, entry: EntryOf<'unmerge'>, terms: Terms): void {
  const { member, bd: date, body } = entry;
  if (member === null) return;
  const draft = accounts.draft(member);
  const merge = draft.merged.find(({ account }) => account === body.from);
  if (merge === undefined) return;
  settleLevels(draft, terms, date);
  const from = accounts.own(body.from);
  Object.assign(from, draftOf(asItIsNow(merge, draft)));
  const through = throughOf(merge.was);
  for (const [wallet, held] of entriesOf(draft.wallets)) {
    const names = { through, shift: merge.shifts[wallet] ?? 0, next: merge.was.wallets[wallet]?.next ?? 1 };
    const { left, gone } = splitWallet(held, body.from, names);
    setWallet(draft, wallet, left, date);
    setWallet(from, wallet, gone, date);
  }
  // The two are no one person, so each may have had it.
  for (const { wallet, amount } of merge.gaveUp ?? [])
    gain(from, programmeOf(terms, entry), { wallet, amount, date, sale: null });
  takeOut(draft, merge);
  draft.merged = draft.merged.filter((known) => known !== merge);
  settleLevels(from, terms, date);
  prune(draft, date);
  prune(from, date);
}

/** The account as it was, less what happened to its sales since. */
function asItIsNow({ was, shifts }: Merged, draft: Draft): MemberState {
  const notes = new Map(draft.sales.map((note) => [note.sale, note]));
  const sales = was.sales.flatMap((note) => {
    const now = notes.get(note.sale);
    if (now !== undefined) return [renamed(now, (wallet) => -(shifts[wallet] ?? 0))];
    return draft.voided.includes(note.sale) ? [] : [note]; // else it was let go meanwhile
  });
  const voided = was.sales.length - sales.length;
  const { paid } = was.referral;
  return {
    ...was,
    wallets: {},
    visits: was.visits - voided,
    sales,
    badges: was.badges.filter(({ badge, sale }) =>
      draft.badges.some((held) => held.badge === badge && held.sale === sale),
    ),
    memberships: keptOf(was.memberships, draft.memberships),
    referral: { ...was.referral, paid: paid !== null && draft.referral.paid === null ? null : paid },
    voided: [...new Set([...was.voided, ...was.sales.flatMap(({ sale }) => draft.voided.filter((id) => id === sale))])],
    into: null,
  };
}

/** Purchases of the account as refunds have left them. */
function keptOf(was: Draft['memberships'], now: Draft['memberships']): Draft['memberships'] {
  const lists = Object.entries(was).map(([id, purchases]) => {
    const sales = new Set<SaleId>(purchases.map(({ sale }) => sale));
    return [id, (now[id] ?? []).filter(({ sale }) => sales.has(sale))] as const;
  });
  return Object.fromEntries(lists.filter(([, purchases]) => purchases.length > 0));
}

function takeOut(draft: Draft, { was, ladder, joined, goals, referral }: Merged): void {
  const sales = new Set(was.sales.map(({ sale }) => sale));
  const here = new Set(draft.sales.map(({ sale }) => sale));
  const voided = was.sales.filter(({ sale }) => draft.voided.includes(sale));
  const letGo = was.sales.filter((note) => !here.has(note.sale) && !voided.includes(note));
  draft.past = {
    ...draft.past,
    tallies: talliesWithout(draft.past.tallies, [...was.past.tallies, ...letGo.map(tallyOf)]),
  };
  draft.sales = draft.sales.filter(({ sale }) => !sales.has(sale));
  draft.visits = Math.max(0, draft.visits - was.visits + voided.length);
  draft.lifetime = withoutNone(without(draft.lifetime, was.lifetime));
  draft.badges = draft.badges.filter(
    ({ badge, sale }) => !was.badges.some((own) => own.badge === badge && own.sale === sale),
  );
  draft.memberships = listsWithout(draft.memberships, was.memberships, (left, right) => left.sale === right.sale);
  draft.clubs = listsWithout(draft.clubs, was.clubs, (left, right) => left.from === right.from);
  draft.uses = usesWithout(draft.uses, was.uses);
  draft.sent = sentWithout(draft.sent, was.sent);
  dropOverdrafts(draft, was);
  draft.goals = draft.goals.filter((goal) => goals.includes(goal) || !was.goals.includes(goal));
  draft.referral = {
    by: referral.by,
    paid: draft.referral.paid === was.referral.paid ? referral.paid : draft.referral.paid,
    brought: newestMonths(without(draft.referral.brought, was.referral.brought)),
  };
  draft.undone = draft.undone.filter((sale) => !was.undone.includes(sale));
  // A level that came or moved since was reached by both together, and stays.
  if (JSON.stringify(draft.ladder) === JSON.stringify(joined)) draft.ladder = ladder;
}

/** Accounts whose lots came to it before. */
function throughOf(was: MemberState): ReadonlySet<MemberId> {
  const accounts = was.merged.flatMap((merge) => [merge.account, ...throughOf(merge.was)]);
  return new Set(accounts);
}
