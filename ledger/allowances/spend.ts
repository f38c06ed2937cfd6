/** What a till does with the parts that it holds: it spends them (E1), and what it takes back burns them (E9). Pure. */
import type { BusinessDate } from '../../base/business-date.ts';
import { points, type Points } from '../../base/numbers.ts';
import { type AllowancePart, byEnd, isOpen, type PartKey } from './part.ts';
import { RULES } from './rules.ts';

/** A part with what is left of it, above 0. */
export type HeldPart = PartKey & { readonly left: Points };

/** Of one wallet: what may be spent of it on the date. */
export function openLeft(held: readonly HeldPart[], date: BusinessDate): Points {
  return points(held.reduce((sum, part) => (isOpen(part, date) ? sum + part.left : sum), 0));
}

/**
 * E1: the parts of one wallet that cover a redemption, those that end first before the others, none that has ended. `short` is what no part
 * covers: without it the redemption may not be made.
 */
export function coverSpend(
  held: readonly HeldPart[],
  amount: Points,
  date: BusinessDate,
): { readonly parts: readonly AllowancePart[]; readonly short: Points } {
  if (!RULES.E1) return { parts: [], short: points(0) };
  const parts = take(held.filter((part) => isOpen(part, date)).toSorted(byEnd), amount);
  return { parts, short: points(amount - parts.reduce((sum, part) => sum + part.amount, 0)) };
}

/**
 * E9: an involuntary debit burns what the till itself holds, whatever its end. The last to end goes first: it is what other lots are least
 * able to stand for. What is left uncovered is a debit that nobody could prevent.
 */
export function burn(held: readonly HeldPart[], amount: Points): readonly AllowancePart[] {
  if (!RULES.E9) return [];
  return take(
    held.toSorted((left, right) => byEnd(right, left)),
    amount,
  );
}

function take(held: readonly HeldPart[], amount: Points): readonly AllowancePart[] {
  const parts: AllowancePart[] = [];
  let rest: number = amount;
  for (const { account, wallet, end, left } of held) {
    const taken = Math.min(left, rest);
    if (taken <= 0) continue;
    parts.push({ account, wallet, end, amount: points(taken) });
    rest -= taken;
  }
  return parts;
}
