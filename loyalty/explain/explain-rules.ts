import type { RuleId, WalletId } from '../../base/ids.ts';
import { type Points, points } from '../../base/numbers.ts';
import { fraction } from '../../base/rational.ts';
import type { Rounding } from '../../base/rounding.ts';
import { linesMatching } from '../conditions/lines.ts';
import { type Unmet, unmetLines, unmetOccasion, unmetSpend } from '../conditions/unmet.ts';
import type { EarnAmount } from '../earning/amounts/amount.ts';
import { type Amount, earnAmount } from '../earning/amounts/table.ts';
import { type ExactEarning, ruleEarnings } from '../earning/earn.ts';
import { type EarningLine, moneyOf, paidOn, unitsOf } from '../earning/earning-line.ts';
import { linesOf } from '../earning/lines-of.ts';
import { type LineMultipliers, multipliersOf } from '../earning/multipliers.ts';
import type { AmountRule, Basis, Cap, EarnRule } from '../earning/rule.ts';
import type { Programme } from '../programme/programme.ts';
import type { Witness } from './witness.ts';

/** How each rule and multiplier of a programme came out in a sale, held or not. Plain JSON. */

export type RuleExplanation = RuleHead & ({ readonly held: false; readonly unmet: readonly Unmet[] } | HeldRule);

type RuleHead =
  | { readonly rule: RuleId; readonly wallet: WalletId; readonly kind: 'multiplier'; readonly multiplier: string }
  | { readonly rule: RuleId; readonly wallet: WalletId; readonly kind: 'amount'; readonly amount: AmountTerms };

/** The terms as the document has them; a percentage as a fraction. */
export type AmountTerms =
  | Exclude<Amount, { readonly per: 'share' }>
  | { readonly per: 'share'; readonly percent: string };

export type HeldRule = {
  readonly held: true;
  /** `line` is the index in the sale. Without `basis` for a multiplier and for `per: sale`, which sum nothing over lines. */
  readonly lines: readonly { readonly line: number; readonly basis?: number; readonly multiplier?: string }[];
  /** Not of a multiplier, which gives nothing alone. */
  readonly result?: RuleResult;
};

export type RuleResult = {
  readonly measure: EarnAmount['measure'];
  readonly basis: Basis;
  /** Before rounding, as a fraction: "91/5". */
  readonly exact: string;
  readonly rounding: Rounding;
  /** `today` beside `perDay`: what it gave in the member's other sales of the day. */
  readonly cap?: Cap & { readonly today?: Points };
  readonly cappedBy?: keyof Cap;
  readonly amount: Points;
};

/** In the order of the document. */
export function explainRules(
  programme: Programme,
  witness: Witness,
  lines: readonly EarningLine[],
): readonly RuleExplanation[] {
  const earnings = new Map<EarnRule, ExactEarning>();
  for (const earning of ruleEarnings(programme, witness.circumstances, lines)) earnings.set(earning.rule, earning);
  const multipliers = new Map<WalletId, LineMultipliers>();
  const factorsOf = (wallet: WalletId): LineMultipliers => {
    const known = multipliers.get(wallet) ?? multipliersOf(programme, wallet, lines, witness.circumstances);
    multipliers.set(wallet, known);
    return known;
  };
  const roundings = new Map(programme.wallets.map(({ id, rounding }) => [id, rounding]));
  const indexes = new Map(lines.map((line, index) => [line, index]));
  return programme.earn.map((rule): RuleExplanation => {
    const matching = linesOf(rule, witness.circumstances, lines);
    if (matching.length === 0) return { ...headOf(rule), held: false, unmet: unmetOf(rule, witness, lines) };
    const held = (line: EarningLine, more: object = {}) => ({ line: indexes.get(line) ?? -1, ...more });
    if (rule.multiply !== undefined) return { ...headOf(rule), held: true, lines: matching.map((line) => held(line)) };
    const factors = factorsOf(rule.wallet);
    return {
      ...headOf(rule),
      held: true,
      lines: matching.map((line) => held(line, weightOf(rule, line, factors))),
      result: resultOf(rule, witness, earnings.get(rule), roundings.get(rule.wallet) ?? 'down'),
    };
  });
}

function headOf(rule: EarnRule): RuleHead {
  const { id, wallet } = rule;
  if (rule.multiply !== undefined) return { rule: id, wallet, kind: 'multiplier', multiplier: fraction(rule.multiply) };
  const { amount } = rule;
  return {
    rule: id,
    wallet,
    kind: 'amount',
    amount: amount.per === 'share' ? { per: 'share', percent: fraction(amount.percent) } : amount,
  };
}

function unmetOf(
  rule: EarnRule,
  { circumstances, unmetMember }: Witness,
  lines: readonly EarningLine[],
): readonly Unmet[] {
  const { lines: filter, when } = rule;
  const noLines = unmetLines(filter, lines, circumstances.isFrequent);
  const spend = paidOn(linesMatching(filter, lines, circumstances.isFrequent));
  return [
    ...unmetOccasion(when, circumstances.occasion),
    ...(circumstances.memberHolds(rule) ? [] : unmetMember(rule)),
    ...noLines,
    ...(noLines.length > 0 ? [] : unmetSpend(when, spend)),
  ];
}

function weightOf({ amount, basis }: AmountRule, line: EarningLine, factors: LineMultipliers): object {
  const { measure } = earnAmount(amount);
  if (measure === 'sale') return {};
  const value = measure === 'money' ? moneyOf(line, basis) : unitsOf(line, basis);
  return { basis: value, multiplier: factors.lines.get(line)?.text ?? '1' };
}

function resultOf(
  { id, amount, basis, cap }: AmountRule,
  { circumstances }: Witness,
  earning: ExactEarning | undefined,
  rounding: Rounding,
): RuleResult {
  const today = cap?.perDay === undefined ? {} : { today: points(circumstances.today(id)) };
  const caps = cap === undefined ? {} : { cap: { ...cap, ...today } };
  const { measure } = earnAmount(amount);
  if (earning === undefined) return { measure, basis, exact: '0', rounding, ...caps, amount: points(0) };
  const { exact, cappedBy } = earning.explain;
  const cut = cappedBy === undefined ? {} : { cappedBy };
  return { measure, basis, exact, rounding, ...caps, ...cut, amount: points(earning.amount) };
}
