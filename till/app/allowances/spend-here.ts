/**
 * What evaluation asks of allowances when a reward's turn comes (E1, fine print 41): whether this till may spend so much of the wallet, and
 * under the tolerant policy whether a manager lets it go beyond.
 */
import type { BusinessDate } from '../../../base/business-date.ts';
import type { WalletId } from '../../../base/ids.ts';
import { points } from '../../../base/numbers.ts';
import type { Refusal } from '../../../base/result.ts';
import { RULES } from '../../../ledger/allowances/rules.ts';
import { overdraftLeft, refuseOverdraft } from '../../../ledger/allowances/tolerant.ts';
import type { Programme } from '../../../loyalty/programme/programme.ts';
import { refusal } from '../../../loyalty/refusals.ts';
import type { SpendHere, SpendRefusal } from '../../../loyalty/rewards/spend-here.ts';
import type { Caller, TillContext } from '../context.ts';
import type { KnownMember } from '../member-book.ts';
import { type HeldParts, offlineLeft } from './held-parts.ts';
import { overdraftUse } from './overdraft-use.ts';
import { redemptionStop } from './redemption-stop.ts';

const HOUR_MS = 3_600_000;

export type SpendingParts = HeldParts & Pick<TillContext, 'clock'>;

type Spender = Pick<KnownMember, 'member' | 'state'>;

/** Read when it is asked for: most sales spend nothing. */
export function spendHereOf(
  parts: SpendingParts,
  spender: Spender,
  programme: Programme,
  { actor, approver }: Caller,
  date: BusinessDate,
): SpendHere {
  const tooOld = outOfTouch(parts, programme);
  const left = tooOld === undefined ? kept(offlineLeft(parts, spender.member, date)) : () => 0;
  const caseOf = kept((wallet: WalletId) => overdraftCase(parts, spender, programme, wallet));
  const isManager = actor.role === 'manager' || approver?.role === 'manager';
  const most = (wallet: WalletId): number =>
    left(wallet) +
    (isManager && tooOld === undefined && redemptionStop(parts) === undefined ? overdraftLeft(caseOf(wallet)) : 0);
  return {
    left: (wallet) => (RULES.E1 ? left(wallet) : Number.POSITIVE_INFINITY),
    most: (wallet) => (RULES.E1 ? most(wallet) : Number.POSITIVE_INFINITY),
    refuse: (wallet, total, auto): SpendRefusal | undefined => {
      const here = RULES.E1 ? left(wallet) : Number.POSITIVE_INFINITY;
      if (total <= here) return undefined;
      const stopped = redemptionStop(parts) ?? tooOld;
      if (stopped !== undefined) return { ...stopped, left: 0 };
      if (auto) return { ...refusal('offline-limit'), left: here };
      const short = points(total - here);
      const refused = refuseOverdraft({ ...caseOf(wallet), short, role: actor.role, approver: approver?.role });
      return refused && { ...refused, left: most(wallet) };
    },
  };
}

/** What a wallet's overdraft is judged by, but for who asks and how much. */
function overdraftCase(parts: SpendingParts, { member, state }: Spender, { limits }: Programme, wallet: WalletId) {
  const { ofMember, here } = overdraftUse(parts, member, wallet);
  const below = state.wallets[wallet]?.below ?? 0;
  return {
    limits: limits?.offlineRedeem,
    usedByMember: ofMember + below,
    usedHere: here,
    hoursOffline: hoursSinceContact(parts),
  };
}

/** Who has not heard from head office for too long sells and earns, and spends nothing: what it knows of rewards may be long gone. */
function outOfTouch(parts: SpendingParts, { limits }: Programme): Refusal<'offline-limit'> | undefined {
  const days = limits?.offlineRedeem?.days;
  const hours = hoursSinceContact(parts);
  if (days === undefined || hours === null || hours <= days * 24) return undefined;
  return refusal(
    'offline-limit',
    `This till has not heard from head office for ${days} days. Connect it, then points can be spent here.`,
  );
}

/** By head office's clock of the last page; the enrolment was a contact too. */
function hoursSinceContact({ store, stream, clock }: SpendingParts): number | null {
  const last = store.members.lastCursor().asOf ?? stream()?.enrolledAt;
  return last === undefined ? null : (clock.wall() - last) / HOUR_MS;
}

/** Asked once for each wallet. */
function kept<Value>(of: (wallet: WalletId) => Value): (wallet: WalletId) => Value {
  const known = new Map<WalletId, Value>();
  return (wallet) => {
    const before = known.get(wallet);
    if (before !== undefined) return before;
    const value = of(wallet);
    known.set(wallet, value);
    return value;
  };
}

/** Lets everything through, and notes what it would take: before head office is asked. */
export function noteSpending(): { readonly spendHere: SpendHere; readonly totals: ReadonlyMap<WalletId, number> } {
  const totals = new Map<WalletId, number>();
  const everything = (): number => Number.POSITIVE_INFINITY;
  const spendHere: SpendHere = {
    left: everything,
    most: everything,
    refuse: (wallet, total) => {
      totals.set(wallet, Math.max(total, totals.get(wallet) ?? 0));
      return undefined;
    },
  };
  return { spendHere, totals };
}
