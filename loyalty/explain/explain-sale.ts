import type { ProgrammeId } from '../../base/ids.ts';
import { present } from '../../base/assert.ts';
import { failed, ok, type Refusal, type Result } from '../../base/result.ts';
import { linesSold } from '../earning/earn-again.ts';
import type { EarningLine } from '../earning/earning-line.ts';
import type { MemberFacts } from '../member-facts.ts';
import type { Programme } from '../programme/programme.ts';
import type { AppliedReward } from '../rewards/applied.ts';
import { describeRewards, type RewardOffer } from '../rewards/describe.ts';
import type { RefusalCode } from '../refusals.ts';
import { evaluateSale } from '../sale/evaluate.ts';
import type { SaleEvaluation } from '../sale/evaluation.ts';
import { parseQuantity, wholeUnitsIn } from '../sale/price.ts';
import type { RecordedRedemption, SaleRecord } from '../sale/record.ts';
import type { SaleRequest } from '../sale/request.ts';
import { situationOf } from '../sale/situation.ts';
import { sumByWallet, type WalletAmount } from '../wallet-amounts.ts';
import { explainRules, type RuleExplanation } from './explain-rules.ts';
import { liveWitness, recordedWitness } from './witness.ts';

/**
 * How the numbers of a sale came about, computed when somebody asks: a quote does without. It is made of the same functions that
 * evaluate the sale, so that it cannot tell another story. Plain JSON.
 */
export type SaleExplanation = {
  readonly programme: { readonly id: ProgrammeId; readonly version: number };
  /** The level before the sale; null: none, or no member. */
  readonly level: string | null;
  /** Every rule and multiplier, in the order of the document; empty without a member, since nothing is earned then. */
  readonly rules: readonly RuleExplanation[];
  readonly earned: readonly WalletAmount[];
};

export type RequestExplanation = SaleExplanation & {
  /** As they were applied, with what each took off which line. */
  readonly rewards: readonly AppliedReward[];
  /** For every reward of the programme what it would do now, or what is missing. */
  readonly offers: readonly RewardOffer[];
};

export type RecordExplanation = SaleExplanation & {
  /** As the book has them. Why others were not applied is not in the book: it knows no balance of that moment. */
  readonly rewards: readonly RecordedRedemption[];
};

/** Of a sale that is being rung up. Refuses what `evaluateSale` refuses, with the same refusal. */
export function explainSale(
  programme: Programme,
  member: MemberFacts | undefined,
  request: SaleRequest,
): Result<RequestExplanation, Refusal<RefusalCode>> {
  const evaluation = evaluateSale(programme, member, request);
  if (!evaluation.ok) return failed(evaluation.error);
  const offers = describeRewards(programme, member, request);
  if (!offers.ok) return failed(offers.error);
  const { id, version } = programme;
  const { context, earned, rewards } = evaluation.value;
  const witness = member && liveWitness(member, situationOf(request, member));
  const lines = earningLines(request, evaluation.value);
  const rules = witness === undefined ? [] : explainRules(programme, witness, lines);
  return ok({ programme: { id, version }, level: context.level, rules, earned, rewards, offers: offers.value });
}

/** Of a sale in the book, as it was sold. `programme` is its own version; `hasMember` says whether the sale has one. */
export function explainRecordedSale(programme: Programme, record: SaleRecord, hasMember: boolean): RecordExplanation {
  const { id, version } = programme;
  return {
    programme: { id, version },
    level: record.context.level,
    rules: hasMember ? explainRules(programme, recordedWitness(record), linesSold(record)) : [],
    earned: sumByWallet(record.earned),
    rewards: record.redeemed,
  };
}

function earningLines({ lines }: SaleRequest, evaluation: SaleEvaluation): readonly EarningLine[] {
  return evaluation.lines.map(({ list, paid, tax, freeUnits }, index) => {
    const { sku, category, tags, quantity } = present(lines[index], `line ${index}`);
    const wholeUnits = wholeUnitsIn(present(parseQuantity(quantity), quantity));
    return { sku, category, tags, list, paid, net: paid - tax, wholeUnits, freeUnits };
  });
}
