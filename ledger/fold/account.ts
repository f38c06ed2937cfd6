/** What happens to an account without a sale. */
import type { BusinessDate } from '../../base/business-date.ts';
import type { WalletId } from '../../base/ids.ts';
import { points, type Points } from '../../base/numbers.ts';
import { endOfLot } from '../../loyalty/wallets/ends.ts';
import type { TransferBody } from '../bodies/account.ts';
import type { EntryOf } from '../entry.ts';
import { type ClubStay, monthOf } from '../member-state.ts';
import { programmeOf, type Terms } from '../terms.ts';
import { credit, spend } from '../wallet-state.ts';
import type { Accounts, Draft } from './accounts.ts';
import { gain, heldIn, prune, setWallet, walletIn } from './wallets.ts';

/** A till with a wrong clock may be in next month already. */
const MONTHS_KEPT = 2;

export function applyEnrol(accounts: Accounts, { member, bd, body }: EntryOf<'enrol'>): void {
  if (member === null) return;
  const draft = accounts.draft(member);
  if (body.referredBy !== null) draft.referral = { ...draft.referral, by: draft.referral.by ?? body.referredBy };
  for (const club of body.clubs) join(draft, club, bd);
}

/** A positive one is a lot with the wallet's expiry and without pending; it is no activity (fine print 15, 32). */
export function applyAdjust(accounts: Accounts, entry: EntryOf<'adjust'>, terms: Terms): void {
  const { member, bd: date, body } = entry;
  if (member === null) return;
  const draft = accounts.draft(member);
  const { wallet, amount } = body;
  const held = heldIn(draft, wallet);
  const rule = walletIn(programmeOf(terms, entry), wallet);
  const end = rule === undefined ? null : endOfLot(rule, date);
  const after =
    amount < 0
      ? spend(held, points(-amount), date).state
      : credit(held, { sale: null, earned: date, from: null, end, amount });
  setWallet(draft, wallet, after, date);
  prune(draft, date);
}

/** A lot keeps its end and earned date, and is no longer its sale's (fine print 33). */
export function applyTransfer(accounts: Accounts, { member, bd: date, body }: EntryOf<'transfer'>): void {
  if (member === null) return;
  const { to, wallet, amount, lots } = body;
  const giver = accounts.draft(member);
  setWallet(giver, wallet, spend(heldIn(giver, wallet), amount, date).state, date);
  giver.sent = countedSent(giver.sent, wallet, date, amount);
  prune(giver, date);
  const receiver = accounts.draft(to);
  for (const { earned, end, amount: units } of named(lots, amount, date)) {
    const held = credit(heldIn(receiver, wallet), { sale: null, earned, from: null, end, amount: units });
    setWallet(receiver, wallet, held, date);
  }
  prune(receiver, date);
}

/** Lots for the amount to the unit, whatever was named: what posts is what arrives. */
function named(lots: TransferBody['lots'], amount: Points, date: BusinessDate): TransferBody['lots'] {
  let left: number = amount;
  const taken = lots.map((lot) => {
    const units = points(Math.min(left, lot.amount));
    left -= units;
    return { ...lot, amount: units };
  });
  return left === 0 ? taken : [...taken, { earned: date, end: null, amount: points(left) }];
}

export function applyClub(accounts: Accounts, { member, bd, body }: EntryOf<'club'>): void {
  if (member === null) return;
  const draft = accounts.draft(member);
  if (body.action === 'join') join(draft, body.club, bd);
  else leave(draft, body.club, bd);
}

export function applyGoal(accounts: Accounts, entry: EntryOf<'goal'>, terms: Terms): void {
  const { member, bd: date, body } = entry;
  if (member === null) return;
  const draft = accounts.draft(member);
  const goal = `${body.club}/${body.goal}`;
  if (draft.goals.includes(goal)) return;
  gain(draft, programmeOf(terms, entry), { ...body, date, sale: null });
  draft.goals = [...draft.goals, goal];
}

function join(draft: Draft, club: string, from: BusinessDate): void {
  const stays = draft.clubs[club] ?? [];
  if (stays.some(({ until }) => until === null)) return;
  draft.clubs = { ...draft.clubs, [club]: [...stays, { from, until: null }] };
}

/** Who left on the date of joining was never in it. */
function leave(draft: Draft, club: string, until: BusinessDate): void {
  const stays = (draft.clubs[club] ?? []).flatMap((stay): ClubStay[] => {
    if (stay.until !== null) return [stay];
    return stay.from === until ? [] : [{ from: stay.from, until }];
  });
  const { [club]: _before, ...others } = draft.clubs;
  draft.clubs = stays.length === 0 ? others : { ...others, [club]: stays };
}

function countedSent(sent: Draft['sent'], wallet: WalletId, date: BusinessDate, amount: number): Draft['sent'] {
  const month = sent[monthOf(date)];
  const sum = points((month?.[wallet] ?? 0) + amount);
  const months = Object.entries({ ...sent, [monthOf(date)]: { ...month, [wallet]: sum } });
  return Object.fromEntries(months.toSorted(([left], [right]) => (left < right ? -1 : 1)).slice(-MONTHS_KEPT));
}
