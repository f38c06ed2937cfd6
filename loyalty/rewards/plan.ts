import { present } from '../../base/assert.ts';
import type { WalletId } from '../../base/ids.ts';
import type { Programme } from '../programme/programme.ts';
import type { Redeem } from '../sale/request.ts';
import type { RewardKind } from './kinds/kind.ts';
import { APPLICATION_ORDER, rewardKind } from './kinds/table.ts';
import type { Reward } from './reward.ts';

/** One application of a reward to a sale. */
export type PlannedReward = {
  readonly reward: Reward;
  readonly kind: RewardKind;
  readonly auto: boolean;
  /** What the caller named, judged when its turn comes. */
  readonly points: number | undefined;
};

/**
 * What was asked for and every `auto` reward that was not: by kind, in the order of the document within a kind. Every reward
 * that is asked for exists.
 */
export function planRewards(programme: Programme, redeem: readonly Redeem[]): PlannedReward[] {
  const asked = new Map<string, Redeem[]>();
  for (const entry of redeem) asked.set(entry.reward, [...(asked.get(entry.reward) ?? []), entry]);
  return inOrder(programme).flatMap(({ reward, kind }): PlannedReward[] => {
    const entries = asked.get(reward.id);
    if (entries !== undefined) return entries.map(({ points }) => ({ reward, kind, auto: false, points }));
    return reward.auto ? [{ reward, kind, auto: true, points: undefined }] : [];
  });
}

type Ranked = Pick<PlannedReward, 'reward' | 'kind'>;
const known = new WeakMap<Programme, readonly Ranked[]>();

/** Once for each programme: a quote plans once for each reward that it offers. */
function inOrder(programme: Programme): readonly Ranked[] {
  const kept = known.get(programme);
  if (kept !== undefined) return kept;
  const ranked = programme.rewards
    .toSorted((left, right) => rank(left) - rank(right))
    .map((reward) => ({ reward, kind: rewardKind(reward.give) }));
  known.set(programme, ranked);
  return ranked;
}

/** What it takes from which wallet; undefined: nothing. Points that are no step of the reward are judged elsewhere. */
export function costOfPlanned({
  reward,
  kind,
  points,
}: PlannedReward): { wallet: WalletId; amount: number } | undefined {
  if (reward.cost === null) return undefined;
  const amount = kind.pointsStep === undefined ? reward.cost.amount : (points ?? 0);
  return { wallet: reward.cost.wallet, amount: present(amount, `reward ${reward.id} has no cost`) };
}

function rank({ give }: Reward): number {
  return APPLICATION_ORDER.indexOf(give.kind);
}
