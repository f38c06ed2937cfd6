import type { RewardId, WalletId } from '../../base/ids.ts';
import { minor, points } from '../../base/numbers.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import type { OperatorRole } from '../roles.ts';
import type { PricedLine } from '../sale/price.ts';
import type { Situation } from '../sale/situation.ts';
import type { AppliedReward, RewardRefusal } from './applied.ts';
import { tryReward } from './checks.ts';
import type { BasketLine, LineDiscount } from './kinds/kind.ts';
import { costOfPlanned, type PlannedReward } from './plan.ts';

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

export function applyRewards(
  plan: readonly PlannedReward[],
  lines: readonly PricedLine[],
  situation: Situation,
  roles: readonly (OperatorRole | undefined)[],
): Result<Applied, RewardRefusal> {
  let basket: readonly BasketLine[] = lines.map((line) => ({ line, cost: line.list, freeUnits: 0 }));
  const rewards: AppliedReward[] = [];
  const uses = new Map<RewardId, number>();
  const purse = openPurse(plan, situation);
  for (const planned of plan) {
    const { id } = planned.reward;
    const usesInSale = uses.get(id) ?? 0;
    const turn = { situation, roles, basket, usesInSale, available: purse.available(planned) };
    const outcome = tryReward(planned, turn);
    if (!outcome.ok && planned.auto) continue;
    if (!outcome.ok) return failed(outcome.error);
    purse.take(planned);
    uses.set(id, usesInSale + 1);
    basket = discounted(basket, outcome.value);
    rewards.push(appliedReward(planned, outcome.value, situation));
  }
  return ok({ rewards, basket, left: purse.left });
}

/** The balances before the sale: a sale's own earnings cannot pay for its rewards. */
function openPurse(plan: readonly PlannedReward[], { member }: Situation) {
  const left = new Map<WalletId, number>();
  const reserved = new Map<WalletId, number>();
  for (const planned of plan) {
    const cost = costOfPlanned(planned);
    if (cost === undefined) continue;
    left.set(cost.wallet, member?.spendable.get(cost.wallet) ?? 0);
    if (!planned.auto) reserved.set(cost.wallet, (reserved.get(cost.wallet) ?? 0) + cost.amount);
  }
  return {
    left,
    /** Asked-for rewards see what is left in the wallet; `auto` ones what no asked-for reward still needs. */
    available(planned: PlannedReward): number {
      const cost = costOfPlanned(planned);
      if (cost === undefined) return 0;
      return (left.get(cost.wallet) ?? 0) - (planned.auto ? (reserved.get(cost.wallet) ?? 0) : 0);
    },
    take(planned: PlannedReward): void {
      const cost = costOfPlanned(planned);
      if (cost === undefined) return;
      left.set(cost.wallet, (left.get(cost.wallet) ?? 0) - cost.amount);
      if (!planned.auto) reserved.set(cost.wallet, (reserved.get(cost.wallet) ?? 0) - cost.amount);
    },
  };
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
