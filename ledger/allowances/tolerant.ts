/**
 * The policy for what no allowance covers, at a till without a line (programme.md, "limits"; fine print 33). `strict` refuses. `tolerant`, the owner's choice,
 * lets a manager approve it, within limits: what head office can lose is at most the sum of `perTill` over its tills, and it sees that number.
 */
import { points, type Points } from '../../base/numbers.ts';
import type { Refusal } from '../../base/result.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import { refusal } from '../../loyalty/refusals.ts';
import type { OperatorRole } from '../../loyalty/roles.ts';

/** Where the programme sets no cap for a till, as many members may use up theirs. */
export const MEMBERS_PER_TILL = 50;

type OfflineRedeem = NonNullable<NonNullable<Programme['limits']>['offlineRedeem']>;

export type OverdraftCase = {
  readonly limits: OfflineRedeem | undefined;
  /** What no allowance covers, above 0. */
  readonly short: Points;
  /** Overdrafts of this member and wallet at this till since its last contact, and by how much the shown balance is below zero. */
  readonly usedByMember: number;
  /** Overdrafts of all members at this till since its last contact, in this wallet. */
  readonly usedHere: number;
  readonly approver: OperatorRole | undefined;
  readonly role: OperatorRole;
  /** Hours since the last contact; null: never. */
  readonly hoursOffline: number | null;
};

/** Undefined: allowed. Refuses with `offline-limit`, and with `approval-required` where a manager's approval is all that is missing. */
export function refuseOverdraft(asked: OverdraftCase): Refusal<'offline-limit' | 'approval-required'> | undefined {
  const { limits, short, approver, role } = asked;
  if (limits?.policy !== 'tolerant') return refusal('offline-limit');
  if (short > overdraftLeft(asked)) return refusal('offline-limit');
  if (role !== 'manager' && approver !== 'manager')
    return refusal('approval-required', 'Without a connection a manager has to approve this.');
  return undefined;
}

/** How much more may be overdrawn, by either limit. */
export function overdraftLeft({
  limits,
  usedByMember,
  usedHere,
  hoursOffline,
}: Omit<OverdraftCase, 'short' | 'approver' | 'role'>): Points {
  if (limits?.policy !== 'tolerant') return points(0);
  const { perMember = 0, hours } = limits;
  if (hours !== undefined && hoursOffline !== null && hoursOffline > hours) return points(0);
  return points(Math.max(0, Math.min(perMember - usedByMember, capPerTill(limits) - usedHere)));
}

/** F: what one till may overdraw of one wallet before it meets head office again. */
export function capPerTill({ policy, perMember = points(0), perTill }: OfflineRedeem): Points {
  return policy === 'tolerant' ? (perTill ?? points(perMember * MEMBERS_PER_TILL)) : points(0);
}
