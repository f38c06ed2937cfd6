import { failed, ok, type Result } from '../../base/result.ts';
import { lineMatches } from '../conditions/lines.ts';
import type { Unmet } from '../conditions/unmet.ts';
import { refusal } from '../refusals.ts';
import type { OperatorRole } from '../roles.ts';
import type { Situation } from '../sale/situation.ts';
import type { RewardRefusal } from './applied.ts';
import type { BasketLine, LineDiscount } from './kinds/kind.ts';
import { costOfPlanned, type PlannedReward } from './plan.ts';
import { costOf } from './split.ts';
import { unmetReward } from './unmet-reward.ts';

/** Whether a reward can be applied when its turn comes, and what refuses it, in the order of fine print 41. */

export type RewardTurn = {
  readonly situation: Situation;
  readonly roles: readonly (OperatorRole | undefined)[];
  readonly basket: readonly BasketLine[];
  /** Applications of the same reward earlier in this sale. */
  readonly usesInSale: number;
  /** What its wallet has left for it, of the balance before the sale. */
  readonly available: number;
};

export function tryReward(planned: PlannedReward, turn: RewardTurn): Result<readonly LineDiscount[], RewardRefusal> {
  const { reward, kind } = planned;
  if (!pointsAreValid(planned)) {
    return refuse(planned, 'invalid-request', { message: pointsSentence(planned) });
  }
  const matching = matchingLines(planned, turn);
  const unmet = unmetReward(reward, turn.situation, costOf(matching));
  if (unmet.length > 0) return refuse(planned, 'not-eligible', { because: unmet });
  const points = planned.points ?? 0;
  const limit = unmetLimit(planned, turn);
  if (limit !== undefined) return refuse(planned, 'limit-reached', { because: [limit] });
  if (kind.exceedsLimit?.(costOf(turn.basket), points) === true) return refuse(planned, 'limit-reached');
  if (lacksApproval(planned, turn)) return refuse(planned, 'approval-required');
  const lines = kind.discount?.(matching, points) ?? NO_DISCOUNT;
  if (lines !== NO_DISCOUNT && lines.every(({ discount }) => discount === 0))
    return refuse(planned, 'nothing-to-discount');
  const unpaid = unpayable(planned, turn);
  return unpaid === undefined ? ok(lines) : failed({ ...unpaid, reward: reward.id });
}

/** The balance does not cover it; or it does, and this till may not know all of what that stands for. */
function unpayable(
  planned: PlannedReward,
  { situation: { member }, available }: RewardTurn,
): RewardRefusal | undefined {
  const { wallet, amount } = costOfPlanned(planned) ?? NOTHING;
  if (wallet === undefined || amount === 0) return undefined;
  if (amount > available) return { ...refusal('insufficient-balance'), missing: amount - available };
  const taken = (member?.spendable.get(wallet) ?? 0) - available;
  return member?.spendHere?.refuse(wallet, taken + amount, planned.auto);
}

const NOTHING = { wallet: undefined, amount: 0 };

/** Of a reward that takes nothing off: what it gives is elsewhere. */
const NO_DISCOUNT: readonly LineDiscount[] = [];

function matchingLines({ kind }: PlannedReward, { basket, situation }: RewardTurn): readonly BasketLine[] {
  const { lines } = kind;
  return lines === undefined ? basket : basket.filter(({ line }) => lineMatches(lines, line, situation.isFrequent));
}

function pointsAreValid({ kind: { pointsStep }, points }: PlannedReward): boolean {
  if (pointsStep === undefined) return points === undefined;
  return points !== undefined && Number.isSafeInteger(points) && points > 0 && points % pointsStep === 0;
}

function pointsSentence({ kind: { pointsStep } }: PlannedReward): string {
  return pointsStep === undefined ? 'This reward takes no points.' : `Points must be a multiple of ${pointsStep}.`;
}

/** As the till knew the member's other uses (fine print 12, 22). */
function unmetLimit(
  { reward: { id, limit } }: PlannedReward,
  { situation, usesInSale }: RewardTurn,
): Unmet | undefined {
  if (limit === undefined) return undefined;
  const earlier = limit.per === 'sale' ? 0 : (situation.member?.rewardUses.get(id)?.[limit.per] ?? 0);
  const uses = earlier + usesInSale;
  return uses < limit.times ? undefined : { condition: 'limit', wanted: limit.times, has: uses };
}

/** The operator's own role counts as much as that of whoever approved. */
function lacksApproval({ reward: { approval } }: PlannedReward, { roles }: RewardTurn): boolean {
  return approval !== undefined && !roles.includes(approval);
}

function refuse(
  { reward }: PlannedReward,
  code: 'invalid-request' | 'not-eligible' | 'limit-reached' | 'approval-required' | 'nothing-to-discount',
  more: { readonly message?: string; readonly because?: readonly Unmet[] } = {},
): Result<never, RewardRefusal> {
  return failed({ ...refusal(code), ...more, reward: reward.id });
}
