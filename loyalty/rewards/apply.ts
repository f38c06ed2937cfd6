import { present } from '../../base/assert.ts';
import type { WalletId } from '../../base/ids.ts';
import { minor, points } from '../../base/numbers.ts';
import { ok, type Result } from '../../base/result.ts';
import type { OperatorRole } from '../roles.ts';
import type { PricedLine } from '../sale/price.ts';
import type { Situation } from '../sale/situation.ts';
import type { AppliedReward, RewardRefusal } from './applied.ts';
import { tryReward } from './checks.ts';
import type { BasketLine, LineDiscount } from './kinds/kind.ts';
import { costOfPlanned, type PlannedReward } from './plan.ts';
import { availableFor, openPurse, type Purse, takenFrom, purseAfterSame } from './purse.ts';

/**
 * Applies rewards one after the other. What was asked for is paid for first: an `auto` reward takes from what all asked-for
 * ones leave, wherever its turn comes, and is skipped in silence when it cannot be applied (fine print 21).
 */

export type Applied = {
  readonly rewards: readonly AppliedReward[];
  /** What each line costs after all rewards. */
  readonly basket: readonly BasketLine[];
  /** What is left of each wallet that a reward took from. */
  readonly left: ReadonlyMap<WalletId, number>;
};

/** What a plan is applied to. */
export type RewardedSale = {
  readonly lines: readonly PricedLine[];
  readonly situation: Situation;
  readonly roles: readonly (OperatorRole | undefined)[];
};

/** A plan that was applied, with how things stood on the way. */
export type RewardRun = {
  readonly plan: readonly PlannedReward[];
  /** Before each reward's turn, to the one that was refused or to the end. */
  readonly steps: readonly [Step, ...Step[]];
  readonly outcome: Result<Applied, RewardRefusal>;
};

type Step = {
  readonly basket: readonly BasketLine[];
  readonly rewards: readonly AppliedReward[];
  readonly purse: Purse;
};

export function applyRewards(plan: readonly PlannedReward[], sale: RewardedSale): Result<Applied, RewardRefusal> {
  return runRewards(plan, sale).outcome;
}

export function runRewards(plan: readonly PlannedReward[], sale: RewardedSale): RewardRun {
  const steps: [Step, ...Step[]] = [firstStep(plan, sale)];
  return { plan, steps, outcome: applyRest(plan, steps[0], sale, (step) => steps.push(step)) };
}

/** What `applyRewards` answers. What the plan begins with as another one for the same sale did is taken over from there. */
export function applyLike(
  earlier: RewardRun,
  plan: readonly PlannedReward[],
  sale: RewardedSale,
): Result<Applied, RewardRefusal> {
  const first = firstStep(plan, sale);
  const differs = plan.findIndex((planned, index) => !isSame(planned, earlier.plan[index]));
  const same = Math.min(differs === -1 ? plan.length : differs, earlier.steps.length - 1);
  const step = present(earlier.steps[same], `step ${same}`);
  const purse = purseAfterSame(step.purse, earlier.steps[0].purse, first.purse);
  return purse === undefined ? applyRest(plan, first, sale) : applyRest(plan.slice(same), { ...step, purse }, sale);
}

function firstStep(plan: readonly PlannedReward[], { lines, situation }: RewardedSale): Step {
  const basket = lines.map((line) => ({ line, cost: line.list, freeUnits: 0 }));
  return { basket, rewards: [], purse: openPurse(plan, situation) };
}

function applyRest(
  plan: readonly PlannedReward[],
  from: Step,
  sale: RewardedSale,
  onStep?: (step: Step) => void,
): Result<Applied, RewardRefusal> {
  let now = from;
  for (const planned of plan) {
    const next = stepAfter(now, planned, sale);
    if (!next.ok) return next;
    now = next.value;
    onStep?.(now);
  }
  return ok({ rewards: now.rewards, basket: now.basket, left: now.purse.left });
}

function stepAfter(
  before: Step,
  planned: PlannedReward,
  { situation, roles }: RewardedSale,
): Result<Step, RewardRefusal> {
  const { basket, rewards, purse } = before;
  const usesInSale = rewards.reduce((uses, { reward }) => uses + (reward === planned.reward.id ? 1 : 0), 0);
  const turn = { situation, roles, basket, usesInSale, available: availableFor(planned, purse) };
  const outcome = tryReward(planned, turn);
  if (!outcome.ok) return planned.auto ? ok(before) : outcome;
  return ok({
    basket: discounted(basket, outcome.value),
    rewards: [...rewards, appliedReward(planned, outcome.value, situation)],
    purse: takenFrom(purse, planned),
  });
}

function isSame(planned: PlannedReward, other: PlannedReward | undefined): boolean {
  return planned.reward === other?.reward && planned.auto === other.auto && planned.points === other.points;
}

function discounted(basket: readonly BasketLine[], discounts: readonly LineDiscount[]): readonly BasketLine[] {
  const next = [...basket];
  for (const { line, discount, freeUnits } of discounts) {
    const before = next[line];
    if (before !== undefined) {
      next[line] = { line: before.line, cost: before.cost - discount, freeUnits: before.freeUnits + freeUnits };
    }
  }
  return next;
}

function appliedReward(planned: PlannedReward, lines: readonly LineDiscount[], { occasion }: Situation): AppliedReward {
  const cost = costOfPlanned(planned);
  return {
    reward: planned.reward.id,
    kind: planned.reward.give.kind,
    auto: planned.auto,
    cost: cost === undefined ? null : { wallet: cost.wallet, amount: points(cost.amount) },
    discount: minor(lines.reduce((sum, { discount }) => sum + discount, 0)),
    lines,
    ...planned.kind.extras?.(occasion.date),
  };
}
