/**
 * E2: what head office may promise. It holds the lock of the account that others lead to, counts what is out at all tills, and grants only
 * what stays covered on every date up to the grant's end. Pure; the caller holds the lock.
 */
import type { BusinessDate } from '../../base/business-date.ts';
import { points, type Points } from '../../base/numbers.ts';
import type { WalletState } from '../wallet-state.ts';
import { byEnd, isOpen } from './part.ts';
import { RULES } from './rules.ts';

/** Amounts by end: of lots, or of what is out. */
export type ByEnd = { readonly end: BusinessDate | null; readonly amount: number };

/** One wallet of an account, all ids that lead to it together. */
export type Standing = {
  /** The fold's, today: pending left out, below zero included. */
  readonly balance: number;
  /** Lots that can be spent today. */
  readonly lots: readonly ByEnd[];
  /** Rights outstanding at all incarnations, ended ones and fenced tills' included. */
  readonly out: readonly ByEnd[];
};

export function standingOf(wallet: WalletState | undefined, out: readonly ByEnd[], today: BusinessDate): Standing {
  const lots = (wallet?.lots ?? []).filter(
    (lot) => isOpen(lot, today) && (lot.from === null || lot.from <= today) && lot.amount > 0,
  );
  const sum = lots.reduce((total, { amount }) => total + amount, 0);
  return { balance: sum - (wallet?.below ?? 0), lots, out: out.filter(({ amount }) => amount > 0) };
}

/** `free(m)`: what nobody holds; a central debit may take it. */
export function freeOf({ balance, out }: Standing): Points {
  const held = RULES.E2 ? out.reduce((sum, { amount }) => sum + amount, 0) : 0;
  return points(Math.max(0, balance - held));
}

/** At most `want`, by end, earliest first: each amount is covered by lots on every date until its end. */
export function planGrant(
  standing: Standing,
  want: number,
  today: BusinessDate,
): readonly { end: BusinessDate | null; amount: Points }[] {
  const granted: { end: BusinessDate | null; amount: Points }[] = [];
  const ends = distinctEnds(standing.lots);
  let free = Math.min(want, freeOf(standing));
  for (const end of ends) {
    const most = Math.min(free, coveredUntil(standing, [...standing.out, ...granted], end, today));
    if (most <= 0) continue;
    granted.push({ end, amount: points(most) });
    free -= most;
  }
  return granted;
}

/** The least, over every date up to the end, by which the lots of that date exceed what is out on it. */
function coveredUntil(
  { lots }: Standing,
  out: readonly ByEnd[],
  end: BusinessDate | null,
  today: BusinessDate,
): number {
  if (!RULES.E2) return Number.POSITIVE_INFINITY;
  const steps = distinctEnds([...lots, ...out, { end, amount: 0 }]).filter(
    (step) => isOpen({ end: step }, today) && byEnd({ end: step }, { end }) <= 0,
  );
  return Math.min(...steps.map((step) => lastingUntil(lots, step) - lastingUntil(out, step)));
}

/** All whose end is that one or later. */
function lastingUntil(amounts: readonly ByEnd[], end: BusinessDate | null): number {
  return amounts.reduce((sum, part) => (byEnd(part, { end }) >= 0 ? sum + part.amount : sum), 0);
}

function distinctEnds(amounts: readonly ByEnd[]): readonly (BusinessDate | null)[] {
  return [...new Set(amounts.map(({ end }) => end))].toSorted((left, right) => byEnd({ end: left }, { end: right }));
}
