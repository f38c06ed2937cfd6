/** A quote: what a basket comes to, without side effect. A commit evaluates the same way, so it gives what the quote promised. */
import { NO_MONEY, minor } from '../../base/numbers.ts';
import { failed, ok, refused, type Refusal, type Result } from '../../base/result.ts';
import type { RewardId } from '../../base/ids.ts';
import type { Channel } from '../../loyalty/roles.ts';
import type { Reward } from '../../loyalty/rewards/reward.ts';
import { describeRewards, type RewardOffer } from '../../loyalty/rewards/describe.ts';
import type { AppliedReward } from '../../loyalty/rewards/applied.ts';
import { checkSaleRequest } from '../../loyalty/sale/check.ts';
import { evaluateSale } from '../../loyalty/sale/evaluate.ts';
import type { SaleEvaluation } from '../../loyalty/sale/evaluation.ts';
import { saleLinesSchema, redeemListSchema, type SaleRequest } from '../../loyalty/sale/request.ts';
import type { Basket, Quote } from '../contract/shapes.ts';
import type { Caller, TillContext } from './context.ts';
import { memberFacts, type KnownMember, type MemberBook } from './member-book.ts';
import type { Moment } from './moment.ts';
import type { KnownProgramme } from './programme-book.ts';
import { balancesAfter, rewardName, walletBalances } from './views.ts';

/** A basket that was evaluated: all that a quote shows and a commit writes. */
export type PricedSale = {
  readonly known: KnownProgramme;
  readonly member: KnownMember | undefined;
  readonly request: SaleRequest;
  readonly evaluation: SaleEvaluation;
  readonly channel: Channel;
};

type Parts = Pick<TillContext, 'programmes' | 'stream'> & { readonly members: MemberBook };

/** Refuses with the codes of programme.md, in the order of its fine print 41. */
export function priceSale(
  parts: Parts,
  basket: Basket & { readonly channel?: Channel },
  caller: Caller,
  moment: Moment,
): Result<PricedSale, Refusal> {
  const stream = parts.stream();
  if (stream === undefined) return refused('not-enrolled', 'This till is not enrolled with head office yet.');
  const known = parts.programmes.inEffect(moment.local.date);
  if (known === undefined) return refused('invalid-request', noProgramme(parts));
  const request = saleRequest(basket, caller, moment, stream.store);
  if (!request.ok) return failed(request.error);
  const invalid = checkSaleRequest(known.programme, request.value);
  if (invalid !== undefined) return failed(invalid);
  const member = basket.member === null ? undefined : parts.members.trading(basket.member);
  if (member !== undefined && !member.ok) return failed(member.error);
  const facts = member && memberFacts(member.value, known.programme, moment.local.date);
  const evaluation = evaluateSale(known.programme, facts, request.value);
  if (!evaluation.ok) return failed(evaluation.error);
  return ok({
    known,
    member: member?.value,
    request: request.value,
    evaluation: evaluation.value,
    channel: request.value.channel,
  });
}

function noProgramme({ programmes }: Parts): string {
  const [unusable] = programmes.unusable();
  if (unusable !== undefined) {
    return `Version ${unusable.version} of the programme needs a newer till: ${unusable.reason}.`;
  }
  return 'No programme is in effect on this date. Head office publishes one.';
}

function saleRequest(
  basket: Basket & { readonly channel?: Channel },
  { actor, approver }: Caller,
  { local }: Moment,
  store: SaleRequest['store'],
): Result<SaleRequest, Refusal> {
  const lines = saleLinesSchema.safeParse(basket.lines.map(({ name: _name, ...line }) => line));
  if (!lines.success) return wrongField('lines', lines.error.issues[0]);
  const redeem = redeemListSchema.safeParse(basket.redeem);
  if (!redeem.success) return wrongField('redeem', redeem.error.issues[0]);
  return ok({
    local,
    channel: basket.channel ?? 'store',
    store,
    lines: lines.data,
    redeem: redeem.data,
    operatorRole: actor.role,
    approverRole: approver?.role,
  });
}

function wrongField(part: string, issue: { path: PropertyKey[]; message: string } | undefined) {
  const path = [part, ...(issue?.path ?? [])].map(String).join('.');
  return refused('invalid-request', `${path} ${issue?.message ?? 'is wrong'}.`, path);
}

export function quoteView(sale: PricedSale): Quote {
  const { known, member, request } = sale;
  const facts = member && memberFacts(member, known.programme, request.local.date);
  return { ...promiseView(sale), rewards: rewardOptions(sale, facts) };
}

/** What a quote promises and its commit keeps; the choices beside it cost more than all of this. */
export function promiseView(sale: PricedSale): Omit<Quote, 'rewards'> {
  const { known, member, evaluation } = sale;
  const { totals, earned, spent } = evaluation;
  const before = member === undefined ? [] : walletBalances(member.state, known.programme);
  return {
    lines: evaluation.lines.map(({ list, paid, tax }, line) => ({ line, list, discount: list - paid, paid, tax })),
    list: totals.list,
    discount: totals.discount,
    due: totals.due,
    tax: taxByRate(sale),
    redeemed: evaluation.rewards.map((applied) => appliedView(applied, rewardOf(sale, applied.reward))),
    earned: [...earned],
    spent: [...spent],
    balanceAfter: balancesAfter(before, spent, earned),
  };
}

function taxByRate({ request, evaluation }: PricedSale): Quote['tax'] {
  const rates = new Map<string, { tax: number; gross: number }>();
  for (const [index, { paid, tax }] of evaluation.lines.entries()) {
    const rate = request.lines[index]?.taxRate ?? '0';
    const sum = rates.get(rate) ?? { tax: 0, gross: 0 };
    rates.set(rate, { tax: sum.tax + tax, gross: sum.gross + paid });
  }
  return [...rates].map(([rate, sum]) => ({ rate, ...sum }));
}

function rewardOf({ known }: PricedSale, id: RewardId): Reward | undefined {
  return known.programme.rewards.find((reward) => reward.id === id);
}

function appliedView(applied: AppliedReward, reward: Reward | undefined): Quote['redeemed'][number] {
  const whole = reward === undefined ? NO_MONEY : wholeDiscount(reward, applied);
  return {
    reward: applied.reward,
    name: reward === undefined ? applied.reward : rewardName(reward),
    cost: applied.cost,
    discount: applied.discount,
    cut: applied.discount < whole,
    auto: applied.auto,
  };
}

/** What it would take off a basket that costs enough; the kinds that depend on the basket are never cut. */
function wholeDiscount({ give }: Reward, { cost }: AppliedReward): number {
  if (give.kind === 'amount-off') return give.amount;
  if (give.kind === 'spend') return minor((BigInt(cost?.amount ?? 0) * BigInt(give.money)) / BigInt(give.points));
  return NO_MONEY;
}

function rewardOptions(
  { known, request }: PricedSale,
  facts: ReturnType<typeof memberFacts> | undefined,
): Quote['rewards'] {
  const offers = describeRewards(known.programme, facts, request);
  if (!offers.ok) return [];
  return offers.value.flatMap((offer) => {
    const reward = known.programme.rewards.find((candidate) => candidate.id === offer.reward);
    return reward === undefined ? [] : [rewardOption(offer, reward)];
  });
}

function rewardOption({ kind, asked, outcome }: RewardOffer, reward: Reward): Quote['rewards'][number] {
  const shared = {
    reward: reward.id,
    name: rewardName(reward),
    kind,
    cost: reward.cost === null ? null : { wallet: reward.cost.wallet, amount: reward.cost.amount ?? null },
    applied: asked > 0 || outcome.state === 'applied',
  };
  switch (outcome.state) {
    case 'available':
      return {
        ...shared,
        outcome: { possible: true, discount: outcome.discount, spends: outcome.cost },
        spend: outcome.points ?? null,
      };
    case 'applied':
      return { ...shared, outcome: { possible: true, discount: outcome.discount, spends: outcome.cost }, spend: null };
    case 'refused': {
      const { code, message, missing } = outcome;
      return { ...shared, outcome: { possible: false, code, message, missing: missing ?? null }, spend: null };
    }
    default:
      return outcome satisfies never;
  }
}
