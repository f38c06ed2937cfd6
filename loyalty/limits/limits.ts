import type { Programme } from '../programme/programme.ts';
import type { OperatorRole } from '../roles.ts';

type Limits = Programme['limits'];

/**
 * Whether the operator's role allows an adjustment of so many units, up or down. A role that is not in `limits.adjust` may do
 * nothing; without it the manager may do anything, and nobody else (fine print 32).
 */
export function mayAdjust(limits: Limits, role: OperatorRole, amount: number): boolean {
  const adjust = limits?.adjust;
  if (adjust === undefined) return role === 'manager';
  return Math.abs(amount) <= (adjust[role] ?? 0);
}

/**
 * What a member may still send from one wallet in a calendar month in which they sent so much of it (fine print 33); never below
 * 0; null: no limit.
 */
export function transferLeft(limits: Limits, sentThisMonth: number): number | null {
  const perMonth = limits?.transfer?.perMonth;
  return perMonth === undefined ? null : Math.max(0, perMonth - sentThisMonth);
}
