import type { BusinessDate } from '../../base/business-date.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { lineMatches } from '../conditions/lines.ts';
import { memberHolds, occasionHolds } from '../conditions/when.ts';
import { refusal } from '../refusals.ts';
import type { OperatorRole } from '../roles.ts';
import type { Situation } from '../sale/situation.ts';
import type { RewardRefusal } from './applied.ts';
import type { BasketLine, LineDiscount } from './kinds/kind.ts';
import { costOfPlanned, type PlannedReward } from './plan.ts';
import type { Reward } from './reward.ts';
import { costOf } from './split.ts';

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
  if (!pointsAreValid(planned)) return refuse(planned, 'invalid-request', pointsSentence(planned));
  const matching = matchingLines(planned, turn);
  if (!isEligible(planned, turn, matching)) return refuse(planned, 'not-eligible');
  const points = planned.points ?? 0;
  if (limitIsReached(planned, turn) || kind.exceedsLimit?.(costOf(turn.basket), points) === true) {
    return refuse(planned, 'limit-reached');
  }
  if (reward.approval !== undefined && !turn.roles.includes(reward.approval))
    return refuse(planned, 'approval-required');
  const lines = kind.discount?.(matching, points);
  if (lines?.every(({ discount }) => discount === 0) === true) return refuse(planned, 'nothing-to-discount');
  const missing = (costOfPlanned(planned)?.amount ?? 0) - turn.available;
  if (missing > 0) return failed({ ...refusal('insufficient-balance'), reward: reward.id, missing });
  return ok(lines ?? []);
}

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

/** An unclaimed account takes no rewards, as a sale without a member does not (fine print 19). */
function isEligible(
  { reward }: PlannedReward,
  { situation: { occasion, member } }: RewardTurn,
  matching: readonly BasketLine[],
): boolean {
  if (member === undefined || member.unclaimed) return false;
  if (!isValidOn(reward, occasion.date)) return false;
  const { when } = reward;
  if (!occasionHolds(when, occasion) || !memberHolds(when, member, occasion.date)) return false;
  return when?.minSpend === undefined || costOf(matching) >= when.minSpend;
}

/** Both dates included. */
export function isValidOn({ validFrom, validUntil }: Reward, date: BusinessDate): boolean {
  return (validFrom === undefined || validFrom <= date) && (validUntil === undefined || date <= validUntil);
}

function limitIsReached({ reward: { id, limit } }: PlannedReward, { situation, usesInSale }: RewardTurn): boolean {
  if (limit === undefined) return false;
  const earlier = limit.per === 'sale' ? 0 : (situation.member?.rewardUses.get(id)?.[limit.per] ?? 0);
  return earlier + usesInSale >= limit.times;
}

function refuse(
  { reward }: PlannedReward,
  code: 'invalid-request' | 'not-eligible' | 'limit-reached' | 'approval-required' | 'nothing-to-discount',
  sentence?: string,
): Result<never, RewardRefusal> {
  return failed({ ...refusal(code, sentence), reward: reward.id });
}
