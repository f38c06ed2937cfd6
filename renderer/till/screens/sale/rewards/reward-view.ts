/** What a reward says about itself for this member and this basket. Pure. */
import type { Unmet } from '../../../../../loyalty/conditions/unmet.ts';
import type { MemberView, Quote } from '../../../../../till/contract/shapes.ts';

export type RewardView = {
  readonly reward: string;
  readonly name: string;
  readonly cost: { readonly wallet: string; readonly amount: number | null } | null;
  readonly state:
    | { readonly kind: 'applied'; readonly discount: number; readonly cost: Cost | null; readonly cut: boolean }
    /** Applied without being asked for: it cannot be taken off. */
    | { readonly kind: 'automatic'; readonly discount: number }
    | { readonly kind: 'possible'; readonly discount: number }
    /** The cost can be paid, but there is no basket to say what it does. */
    | { readonly kind: 'affordable' }
    | { readonly kind: 'short'; readonly missing: Cost }
    /** The balance covers it, and without a connection no more than `left` of it may be spent here. */
    | { readonly kind: 'offline'; readonly left: Cost }
    /** `because`: the conditions that fail, where it is they that refuse it. */
    | {
        readonly kind: 'refused';
        readonly code: string;
        readonly message: string;
        readonly because: readonly Unmet[];
      };
  /** What it does instead of taking something off; undefined where it does, or where there is no basket to say so. */
  readonly gives?: Gives | undefined;
  /** The cashier says how much. */
  readonly spends: boolean;
};

export type Gives =
  | { readonly kind: 'voucher' }
  /** Null until it is on the sale. */
  | { readonly kind: 'donation'; readonly donation: Donation | null };
type Donation = NonNullable<Quote['redeemed'][number]['donation']>;

type Cost = { readonly wallet: string; readonly amount: number };

/**
 * From the quote where there is a basket, and otherwise from what the member can pay. The order follows the member's balance before the
 * sale alone (what they can pay first, then the nearest; standing benefits, which only a basket brings up, last), so that nothing moves
 * under the finger while the basket changes.
 */
export function rewardViews(member: MemberView | null, quote: Quote | null): readonly RewardView[] {
  if (member === null) return [];
  const views =
    quote === null ? member.rewards.map(outlookView) : quote.rewards.map((option) => optionView(option, quote));
  const missing = new Map(member.rewards.map((outlook) => [outlook.reward, outlook.missing]));
  const placeOf = ({ reward }: RewardView): number => missing.get(reward) ?? Number.MAX_SAFE_INTEGER;
  return views.toSorted((a, b) => placeOf(a) - placeOf(b));
}

function outlookView(outlook: MemberView['rewards'][number]): RewardView {
  const { reward, name, cost, affordable, missing } = outlook;
  const state: RewardView['state'] =
    affordable || cost === null
      ? { kind: 'affordable' }
      : { kind: 'short', missing: { wallet: cost.wallet, amount: missing } };
  return { reward, name, cost, state, spends: false };
}

type Option = Quote['rewards'][number];

function optionView(option: Option, quote: Quote): RewardView {
  const { reward, name, cost, kind } = option;
  return {
    reward,
    name,
    cost,
    state: optionState(option, quote),
    gives: givesOf(option, quote),
    spends: kind === 'spend',
  };
}

function givesOf({ reward, kind }: Option, { redeemed }: Quote): Gives | undefined {
  if (kind === 'voucher') return { kind };
  if (kind !== 'donation') return undefined;
  return { kind, donation: redeemed.find((other) => other.reward === reward)?.donation ?? null };
}

function optionState({ reward, cost, outcome }: Option, quote: Quote): RewardView['state'] {
  const applied = quote.redeemed.filter((other) => other.reward === reward);
  const discount = applied.reduce((sum, other) => sum + other.discount, 0);
  const [first] = applied;
  if (first?.auto === true) return { kind: 'automatic', discount };
  if (first !== undefined) {
    return { kind: 'applied', discount, cost: first.cost, cut: applied.some((other) => other.cut) };
  }
  if (outcome.possible) return { kind: 'possible', discount: outcome.discount };
  if (outcome.missing !== null && cost !== null) {
    return { kind: 'short', missing: { wallet: cost.wallet, amount: outcome.missing } };
  }
  if (outcome.code === 'offline-limit' && outcome.left !== null && cost !== null) {
    return { kind: 'offline', left: { wallet: cost.wallet, amount: outcome.left } };
  }
  return { kind: 'refused', code: outcome.code, message: outcome.message, because: outcome.because };
}
