import { present } from '../../base/assert.ts';
import type { RewardId, WalletId } from '../../base/ids.ts';
import { type Minor, minor, type Points, points } from '../../base/numbers.ts';
import { failed, ok, type Refusal, type Result } from '../../base/result.ts';
import type { MemberFacts } from '../member-facts.ts';
import type { Programme } from '../programme/programme.ts';
import type { RefusalCode } from '../refusals.ts';
import { checkSaleRequest } from '../sale/check.ts';
import { priceLines } from '../sale/price.ts';
import type { SaleRequest } from '../sale/request.ts';
import { situationOf } from '../sale/situation.ts';
import type { WalletAmount } from '../wallet-amounts.ts';
import type { RewardRefusal } from './applied.ts';
import { applyLike, type RewardedSale, type RewardRun, runRewards } from './apply.ts';
import type { RewardExtras } from './kinds/kind.ts';
import type { GiveKind } from './kinds/table.ts';
import { rewardKind } from './kinds/table.ts';
import { planRewards } from './plan.ts';
import type { Reward } from './reward.ts';
import { costOf } from './split.ts';

/** What a reward would do for a basket now, in addition to what was asked for. */
export type RewardOffer = {
  readonly reward: RewardId;
  readonly kind: GiveKind;
  /** How often it was asked for already. */
  readonly asked: number;
  readonly outcome:
    | (RewardExtras & {
        readonly state: 'available';
        /** Shown before the customer agrees: an amount that is cut at the total still costs its full price. */
        readonly cost: WalletAmount | null;
        readonly discount: Minor;
        /** What the whole sale would cost then. */
        readonly due: Minor;
        /** Only of kind spend: the most that can be spent, which cost and discount are for, and the step below it. */
        readonly points?: { readonly most: Points; readonly step: Points };
      })
    /** Applied without being asked for. */
    | { readonly state: 'applied'; readonly cost: WalletAmount | null; readonly discount: Minor }
    | (Pick<RewardRefusal, 'code' | 'message' | 'missing' | 'left' | 'because'> & { readonly state: 'refused' });
};

type Basket = {
  readonly programme: Programme;
  readonly request: SaleRequest;
  readonly sale: RewardedSale;
  /** With just what is asked for. Each offer begins like it. */
  readonly now: RewardRun;
};

/**
 * An offer for every reward, in the order of the document. Refuses with `invalid-request` or `bad-quantity` where the basket
 * itself is wrong. Where something that was asked for is refused, so is every offer, with that refusal.
 */
export function describeRewards(
  programme: Programme,
  member: MemberFacts | undefined,
  request: SaleRequest,
): Result<readonly RewardOffer[], Refusal<RefusalCode>> {
  const invalid = checkSaleRequest(programme, request);
  if (invalid !== undefined) return failed(invalid);
  const priced = priceLines(request.lines);
  if (!priced.ok) return failed(priced.error);
  const roles = [request.operatorRole, request.approverRole];
  const sale = { lines: priced.value, situation: situationOf(request, member), roles };
  const now = runRewards(planRewards(programme, request.redeem), sale);
  const basket = { programme, request, sale, now };
  const applications = now.outcome.ok ? now.outcome.value.rewards : [];
  const auto = new Map(applications.flatMap((entry) => (entry.auto ? [[entry.reward, entry] as const] : [])));
  return ok(
    programme.rewards.map((reward): RewardOffer => {
      const asked = request.redeem.filter((entry) => entry.reward === reward.id).length;
      const already = auto.get(reward.id);
      const outcome: RewardOffer['outcome'] =
        already === undefined
          ? outcomeOf(basket, reward)
          : { state: 'applied', cost: already.cost, discount: already.discount };
      return { reward: reward.id, kind: reward.give.kind, asked, outcome };
    }),
  );
}

function outcomeOf(basket: Basket, reward: Reward): RewardOffer['outcome'] {
  const { programme, request, sale, now } = basket;
  const spending = spendingOf(basket, reward);
  const asked = spending === undefined ? { reward: reward.id } : { reward: reward.id, points: spending.most };
  // Last among its own, so that it comes on top of what was asked for.
  const outcome = applyLike(now, planRewards(programme, [...request.redeem, asked]), sale);
  if (!outcome.ok) return refusedOffer(outcome.error);
  const { rewards, basket: after } = outcome.value;
  const own = present(
    rewards.findLast((entry) => entry.reward === reward.id),
    `${reward.id} was asked for`,
  );
  const offer = {
    state: 'available',
    cost: own.cost,
    discount: own.discount,
    due: minor(costOf(after)),
    ...rewardKind(reward.give).extras?.(sale.situation.occasion.date),
  } as const;
  return spending === undefined
    ? offer
    : { ...offer, points: { most: points(spending.most), step: points(spending.step) } };
}

/**
 * The most points that a spend reward could take now; where none, its least, so that what refuses them says why. Undefined for
 * the other kinds.
 */
function spendingOf(basket: Basket, { cost, give }: Reward): { most: number; step: number } | undefined {
  const kind = rewardKind(give);
  if (kind.pointsStep === undefined || kind.mostPoints === undefined || cost === null) return undefined;
  const step = kind.pointsStep;
  const { outcome } = basket.now;
  const total = outcome.ok ? costOf(outcome.value.basket) : 0;
  const affordable = Math.floor(availableTo(basket, cost.wallet) / step) * step;
  return { most: Math.max(Math.min(kind.mostPoints(total), affordable), step), step };
}

/** Of a wallet, what the asked-for rewards leave. */
function availableTo({ sale, now }: Basket, wallet: WalletId): number {
  const needed = now.steps[0].purse.reserved.get(wallet) ?? 0;
  const { spendable, spendHere } = sale.situation.member ?? {};
  const balance = spendable?.get(wallet) ?? 0;
  return Math.min(balance, spendHere?.most(wallet) ?? balance) - needed;
}

function refusedOffer({ code, message, missing, left, because }: RewardRefusal): RewardOffer['outcome'] {
  return {
    state: 'refused',
    code,
    message,
    ...(missing === undefined ? {} : { missing }),
    ...(left === undefined ? {} : { left }),
    ...(because === undefined ? {} : { because }),
  };
}
