/** Accounts that become one: a claim brings an unclaimed account, a merge another record of the same person. Its undoing is in unmerge.ts. */
import { entriesOf } from '../../base/records.ts';
import type { BusinessDate } from '../../base/business-date.ts';
import type { MemberId, WalletId } from '../../base/ids.ts';
import { mergedLadder } from '../../loyalty/tiers/merged.ts';
import type { EntryOf } from '../entry.ts';
import { NEW_MEMBER_STATE, type Merged, type MemberState } from '../member-state.ts';
import { joinedPast, letGo } from '../past.ts';
import { programmeOf, type Terms } from '../terms.ts';
import { joinWallets, settleBelow } from '../wallet-state.ts';
import { type Accounts, type Draft, draftOf } from './accounts.ts';
import { byDate, joinedLists, joinedSent, joinedUses, summed } from './joined.ts';
import { settleLevels } from './levels.ts';
import { giveUpDoubles } from './once.ts';
import { noteOverdrafts } from './overdrafts.ts';
import { renamed } from './renamed.ts';
import { newestMonths } from './uses.ts';
import { heldIn, prune, setWallet } from './wallets.ts';

/** Of two claims the first in the total order stands. */
export function applyClaim(accounts: Accounts, { member, bd, body }: EntryOf<'claim'>, terms: Terms): void {
  if (member === null || accounts.own(body.account).into !== null) return;
  const into = accounts.ownerOf(member);
  if (into !== body.account) bringOver(accounts, body.account, into, { date: bd, terms });
}

export function applyMerge(accounts: Accounts, entry: EntryOf<'merge'>, terms: Terms): void {
  const { member, bd, body } = entry;
  if (member === null || accounts.own(body.from).into !== null) return;
  const into = accounts.ownerOf(member);
  if (into === body.from) return;
  settleLevels(accounts.own(body.from), terms, bd);
  settleLevels(accounts.own(into), terms, bd);
  const was: MemberState = { ...accounts.own(body.from) };
  const { ladder, goals, referral } = accounts.own(into);
  const gaveUp =
    body.once === true ? giveUpDoubles(accounts.own(body.from), accounts.own(into), programmeOf(terms, entry), bd) : [];
  const shifts = bringOver(accounts, body.from, into, { date: bd, terms });
  const draft = accounts.own(into);
  const { ladder: joined } = draft;
  const merged = { account: body.from, was, ladder, goals, referral, joined, shifts };
  draft.merged = [...draft.merged, gaveUp.length === 0 ? merged : { ...merged, gaveUp }];
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
  bringStanding(draft, from, terms, date);
  bringSales(draft, from, { shifts, terms, date });
  const { merged } = from;
  Object.assign(from, draftOf({ ...NEW_MEMBER_STATE, into, merged }));
  delete from.overdrafts; // brought over; a new state has none
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

function bringSales(
  draft: Draft,
  from: Draft,
  { shifts, terms, date }: { shifts: Merged['shifts']; terms: Terms; date: BusinessDate },
): void {
  const brought = from.sales.map((note) => renamed(note, (wallet) => shifts[wallet] ?? 0));
  const together = [...draft.sales, ...brought].toSorted(byDate);
  const facts = { programme: terms.on(date), awards: draft.badges };
  const { sales, past } = letGo(together, joinedPast(draft.past, from.past), facts);
  draft.sales = [...sales];
  draft.past = past;
  draft.visits += from.visits;
  draft.voided = [...new Set([...draft.voided, ...from.voided])];
}

function bringStanding(draft: Draft, from: Draft, terms: Terms, date: BusinessDate): void {
  draft.ladder = mergedLadder(draft.ladder, from.ladder, terms.on(date)?.tiers);
  draft.undone = [...new Set([...draft.undone, ...from.undone])];
  draft.badges = [...draft.badges, ...from.badges].toSorted(byDate);
  draft.memberships = joinedLists(draft.memberships, from.memberships, byDate);
  draft.clubs = joinedLists(draft.clubs, from.clubs, (left, right) =>
    left.from < right.from ? -1 : left.from > right.from ? 1 : 0,
  );
  draft.goals = [...new Set([...draft.goals, ...from.goals])];
  draft.uses = joinedUses(draft.uses, from.uses);
  draft.sent = joinedSent(draft.sent, from.sent);
  noteOverdrafts(draft, entriesOf(from.overdrafts ?? {}));
  draft.referral = {
    by: draft.referral.by ?? from.referral.by,
    paid: draft.referral.paid ?? from.referral.paid,
    brought: newestMonths(summed(draft.referral.brought, from.referral.brought)),
  };
}
