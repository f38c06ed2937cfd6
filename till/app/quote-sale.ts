/** A quote: what a basket comes to, without side effect. A commit evaluates the same way, so it gives what the quote promised. */
import { NO_MONEY, minor } from '../../base/numbers.ts';
import type { RewardId, MemberId, SaleId } from '../../base/ids.ts';
import type { EntryOf } from '../../ledger/entry.ts';
import { applyEntry } from '../../ledger/fold/apply.ts';
import type { MemberState } from '../../ledger/member-state.ts';
import type { Reward } from '../../loyalty/rewards/reward.ts';
import { describeRewards, type RewardOffer } from '../../loyalty/rewards/describe.ts';
import type { AppliedReward } from '../../loyalty/rewards/applied.ts';
import type { Quote } from '../contract/shapes.ts';
import type { Office } from './allowances/bring.ts';
import { giftView } from './gift-view.ts';
import type { PricedSale, PricingParts } from './price-sale.ts';
import { saleBody } from './sale-body.ts';
import { levelView } from './tier-view.ts';
import { rewardName, walletBalances } from './views.ts';

export type QuotingParts = PricingParts & { readonly office: Pick<Office, 'isThere'> };

export function quoteView(parts: QuotingParts, sale: PricedSale): Quote {
  return { ...promiseView(parts, sale, stateAfter(parts, sale)), rewards: rewardOptions(parts, sale) };
}

/** Of the account that the sale earns for, as its commit would leave it. */
function stateAfter({ members, programmes, stream }: PricingParts, sale: PricedSale): MemberState | undefined {
  if (sale.member === undefined && !sale.unclaimed) return undefined;
  const member = sale.member?.member ?? ('unclaimed' as MemberId); // no id of anyone
  const names = { sale: '' as SaleId, reference: null, vouchers: [], claim: null }; // no id of any sale
  const entry = {
    kind: 'sale',
    member,
    bd: sale.request.local.date,
    store: stream()?.store,
    prog: sale.known.hash,
    body: saleBody(sale, names),
  } as unknown as EntryOf<'sale'>; // all of an entry that the fold looks at
  return applyEntry({ get: members.stateOf }, entry, programmes.terms).get(member);
}

/** What a quote promises and its commit keeps; the choices beside it cost more than all of this. */
export function promiseView(
  { programmes }: PricingParts,
  sale: PricedSale,
  after: MemberState | undefined,
): Omit<Quote, 'rewards'> {
  const { known, evaluation, request, gifts } = sale;
  const { totals, earned, spent } = evaluation;
  const { date } = request.local;
  return {
    lines: evaluation.lines.map(({ list, paid, tax }, line) => ({ line, list, discount: list - paid, paid, tax })),
    list: totals.list,
    discount: totals.discount,
    due: totals.due,
    tax: taxByRate(sale),
    redeemed: evaluation.rewards.map((applied) => appliedView(applied, rewardOf(sale, applied.reward))),
    earned: [...earned],
    spent: [...spent],
    gifts: gifts.map(giftView),
    balanceAfter: after === undefined ? [] : walletBalances(after, known.programme, date),
    tierAfter: after === undefined ? null : levelView(after, programmes.terms, date),
    claimable: sale.unclaimed,
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
    ...(applied.donation === undefined ? {} : { donation: applied.donation }),
  };
}

/** What it would take off a basket that costs enough; the kinds that depend on the basket are never cut. */
function wholeDiscount({ give }: Reward, { cost }: AppliedReward): number {
  if (give.kind === 'amount-off') return give.amount;
  if (give.kind === 'spend') return minor((BigInt(cost?.amount ?? 0) * BigInt(give.money)) / BigInt(give.points));
  return NO_MONEY;
}

/** Where head office can be asked for more, that is done once a reward is chosen. */
function rewardOptions({ office }: QuotingParts, { known, request, facts }: PricedSale): Quote['rewards'] {
  const member = facts !== undefined && office.isThere() ? { ...facts, spendHere: undefined } : facts;
  const offers = describeRewards(known.programme, member, request);
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
      const { code, message, missing, left, because } = outcome;
      const refusal = { code, message, missing: missing ?? null, left: left ?? null, because: [...(because ?? [])] };
      return { ...shared, outcome: { possible: false, ...refusal }, spend: null };
    }
    default:
      return outcome satisfies never;
  }
}
