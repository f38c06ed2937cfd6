import type { ProgrammeId } from '../../base/ids.ts';
import type { Minor } from '../../base/numbers.ts';
import type { EarnContext } from '../earning/context.ts';
import type { RuleEarning } from '../earning/earn.ts';
import type { AppliedReward } from '../rewards/applied.ts';
import type { PartnerNumber } from './request.ts';
import type { WalletAmount } from '../wallet-amounts.ts';

/** What a sale comes to: the answer to a quote, and what a commit writes. Plain JSON, exact: no bigint, no undefined. */
export type SaleEvaluation = {
  readonly programme: { readonly id: ProgrammeId; readonly version: number };
  /** One for each line of the request, in its order. */
  readonly lines: readonly EvaluatedLine[];
  /** In the order in which they were applied. */
  readonly rewards: readonly AppliedReward[];
  /** In the order of the document. */
  readonly rules: readonly RuleEarning[];
  /** The sum of the rules by wallet; wallets with 0 are left out. */
  readonly earned: readonly WalletAmount[];
  /** What rewards cost, by wallet; amounts above 0. */
  readonly spent: readonly WalletAmount[];
  /** Minor units: list − discount = due, of which tax. */
  readonly totals: { readonly list: Minor; readonly discount: Minor; readonly due: Minor; readonly tax: Minor };
  /** What a refund needs to compute the earning again; `NO_CONTEXT` without a member. */
  readonly context: EarnContext;
  /** As it was asked for: its number matches the partner's pattern. */
  readonly partner?: PartnerNumber;
};

export type EvaluatedLine = {
  readonly list: Minor;
  /** After discounts, tax included. */
  readonly paid: Minor;
  /** Of paid. */
  readonly tax: Minor;
  readonly freeUnits: number;
  /** `application` is the index in `rewards`: a reward can be applied more than once. */
  readonly discounts: readonly { readonly application: number; readonly discount: Minor; readonly freeUnits: number }[];
};
