import { minor } from '../../base/numbers.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import type { EarnContext } from '../earning/context.ts';
import type { RuleEarning } from '../earning/earn.ts';
import { earnFor } from '../earning/earn-for.ts';
import type { EarningLine } from '../earning/earning-line.ts';
import type { MemberFacts } from '../member-facts.ts';
import type { Programme } from '../programme/programme.ts';
import type { AppliedReward, RewardRefusal } from '../rewards/applied.ts';
import { applyRewards } from '../rewards/apply.ts';
import type { BasketLine } from '../rewards/kinds/kind.ts';
import { planRewards } from '../rewards/plan.ts';
import { sumByWallet } from '../wallet-amounts.ts';
import { checkSaleRequest } from './check.ts';
import type { EvaluatedLine, SaleEvaluation } from './evaluation.ts';
import { checkPartner } from '../partners/check-partner.ts';
import { priceLines } from './price.ts';
import type { SaleRequest } from './request.ts';
import { situationOf } from './situation.ts';
import { taxIn } from './tax.ts';

/**
 * What a sale comes to, under the version in effect on its business date; `member` is undefined for an anonymous sale, which
 * earns nothing and takes no rewards. Deterministic: the same arguments give the same answer, at a quote and at its commit.
 *
 * Refuses, in the order of fine print 41, with `invalid-request`, `bad-quantity`, `partner-number`, `not-eligible`, `limit-reached`,
 * `approval-required`, `nothing-to-discount` and `insufficient-balance`. The programme uses nothing that `findUnbuilt` names.
 */
export function evaluateSale(
  programme: Programme,
  member: MemberFacts | undefined,
  request: SaleRequest,
): Result<SaleEvaluation, RewardRefusal> {
  const invalid = checkSaleRequest(programme, request);
  if (invalid !== undefined) return failed(invalid);
  const priced = priceLines(request.lines);
  if (!priced.ok) return failed(priced.error);
  const wrongNumber = checkPartner(programme, request.partner);
  if (wrongNumber !== undefined) return failed(wrongNumber);
  const situation = situationOf(request, member);
  const roles = [request.operatorRole, request.approverRole];
  const applied = applyRewards(planRewards(programme, request.redeem), { lines: priced.value, situation, roles });
  if (!applied.ok) return failed(applied.error);
  const { basket, rewards } = applied.value;
  const earned = earnFor(programme, member, situation.occasion, basket.map(earningLine));
  return earned.ok ? ok(assembled(programme, request, { basket, rewards, ...earned.value })) : failed(earned.error);
}

function earningLine({ line, cost, freeUnits }: BasketLine): EarningLine {
  const { sku, category, tags, list, wholeUnits, taxRate } = line;
  return { sku, category, tags, list, paid: cost, net: cost - taxIn(cost, taxRate), wholeUnits, freeUnits };
}

type Parts = {
  readonly basket: readonly BasketLine[];
  readonly rewards: readonly AppliedReward[];
  readonly rules: readonly RuleEarning[];
  readonly context: EarnContext;
};

function assembled(
  { id, version }: Programme,
  { partner }: SaleRequest,
  { basket, rewards, rules, context }: Parts,
): SaleEvaluation {
  const lines = evaluatedLines(basket, rewards);
  const sum = (value: (line: EvaluatedLine) => number) => minor(lines.reduce((total, line) => total + value(line), 0));
  const totals = {
    list: sum(({ list }) => list),
    discount: sum(({ list, paid }) => list - paid),
    due: sum(({ paid }) => paid),
    tax: sum(({ tax }) => tax),
  };
  const spent = sumByWallet(rewards.flatMap(({ cost }) => (cost === null ? [] : [cost])));
  const evaluation = {
    programme: { id, version },
    lines,
    rewards,
    rules,
    earned: sumByWallet(rules),
    spent,
    totals,
    context,
  };
  return partner === undefined ? evaluation : { ...evaluation, partner };
}

function evaluatedLines(basket: readonly BasketLine[], rewards: readonly AppliedReward[]): EvaluatedLine[] {
  const discounts = basket.map((): EvaluatedLine['discounts'][number][] => []);
  for (const [application, { lines }] of rewards.entries()) {
    for (const { line, discount, freeUnits } of lines) {
      discounts[line]?.push({ application, discount: minor(discount), freeUnits });
    }
  }
  return basket.map(({ line, cost, freeUnits }, index) => ({
    list: line.list,
    paid: minor(cost),
    tax: taxIn(cost, line.taxRate),
    freeUnits,
    discounts: discounts[index] ?? [],
  }));
}
