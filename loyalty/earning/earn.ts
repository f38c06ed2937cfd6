import type { RuleId, WalletId } from '../../base/ids.ts';
import { type Points, points } from '../../base/numbers.ts';
import { fraction, ONE, type Rational, rational } from '../../base/rational.ts';
import { failed, ok, type Refusal, type Result } from '../../base/result.ts';
import { type Rounding, round } from '../../base/rounding.ts';
import type { Programme } from '../programme/programme.ts';
import { refusal } from '../refusals.ts';
import type { EarnAmount } from './amounts/amount.ts';
import type { Circumstances } from './circumstances.ts';
import { type EarningLine, moneyOf, unitsOf } from './earning-line.ts';
import { linesOf } from './lines-of.ts';
import { type LineMultiplier, type LineMultipliers, multipliersOf } from './multipliers.ts';
import type { AmountRule, Cap } from './rule.ts';
import { earnTerms } from './terms.ts';

/**
 * What a sale earns. A rule's result is the exact sum over its lines of (basis × multiplier × give / every), rounded once by the
 * wallet's rounding, then capped (programme.md, "Earn rule"). Nothing is rounded on the way.
 */

/** More than this in one wallet no sale earns: such a programme is a mistake, and amounts must stay exact in JSON and SQL. */
export const SALE_EARNED_MAX = 1_000_000_000_000;

/** The exact numbers behind an amount, so that a person can check it. */
export type EarnExplanation = {
  readonly measure: EarnAmount['measure'];
  /** What was summed, before multipliers: minor units, whole units, or 1 for a sale. */
  readonly basis: number;
  /** How much of the basis had which multiplier, as a fraction: "3/2". */
  readonly multipliers: readonly { readonly multiplier: string; readonly basis: number }[];
  /** The exact result before rounding, as a fraction: "91/5". */
  readonly exact: string;
  readonly rounding: Rounding;
  readonly cappedBy?: keyof Cap;
};

export type RuleEarning = {
  readonly rule: RuleId;
  readonly wallet: WalletId;
  /** 0 where rounding or a cap left nothing; a rule that gave nothing before rounding is not listed. */
  readonly amount: Points;
  readonly explain: EarnExplanation;
};

type Weighed = { readonly basis: number; readonly sum: Rational; readonly parts: EarnExplanation['multipliers'] };

/** For a sale with a member. Refuses with `invalid-request` only what no programme should give. */
export function earn(
  programme: Programme,
  circumstances: Circumstances,
  lines: readonly EarningLine[],
): Result<readonly RuleEarning[], Refusal<'invalid-request'>> {
  const earnings: RuleEarning[] = [];
  const totals = new Map<WalletId, bigint>();
  for (const { rule, amount, explain } of ruleEarnings(programme, circumstances, lines)) {
    const total = (totals.get(rule.wallet) ?? 0n) + amount;
    if (total > SALE_EARNED_MAX) return failed(tooMuch(rule));
    totals.set(rule.wallet, total);
    earnings.push({ rule: rule.id, wallet: rule.wallet, amount: points(amount), explain });
  }
  return ok(earnings);
}

export type ExactEarning = {
  readonly rule: AmountRule;
  /** Rounded and capped; of any size. */
  readonly amount: bigint;
  readonly explain: EarnExplanation;
};

/** One for each rule that holds and gives more than an exact 0, in the order of the document. */
export function* ruleEarnings(
  programme: Programme,
  circumstances: Circumstances,
  lines: readonly EarningLine[],
): Generator<ExactEarning> {
  const { rules } = earnTerms(programme);
  const multipliers = new Map<WalletId, LineMultipliers>();
  for (const { rule, amount: terms, rounding } of rules) {
    const matching = linesOf(rule, circumstances, lines);
    if (matching.length === 0) continue;
    const { wallet } = rule;
    const factors = multipliers.get(wallet) ?? multipliersOf(programme, wallet, lines, circumstances);
    multipliers.set(wallet, factors);
    const { measure, give } = terms;
    const { basis, sum, parts } = weigh(rule, measure, matching, factors);
    const exact = give(sum);
    if (exact.numerator === 0n) continue;
    const { amount, cappedBy } = capped(round(exact, rounding), rule.cap, circumstances.today(rule.id));
    const explain = { measure, basis, multipliers: parts, exact: fraction(exact), rounding };
    yield { rule, amount, explain: cappedBy === undefined ? explain : { ...explain, cappedBy } };
  }
}

function weigh(
  { basis }: AmountRule,
  measure: EarnAmount['measure'],
  lines: readonly EarningLine[],
  multipliers: LineMultipliers,
): Weighed {
  if (measure === 'sale') return { basis: 1, sum: ONE, parts: [{ multiplier: '1', basis: 1 }] };
  const valueOf = (line: EarningLine) => (measure === 'money' ? moneyOf(line, basis) : unitsOf(line, basis));
  if (multipliers.lines.size === 0) {
    const whole = lines.reduce((total, line) => total + valueOf(line), 0);
    return { basis: whole, sum: rational(whole), parts: [{ multiplier: '1', basis: whole }] };
  }
  // Whole sums by multiplier first: one exact product for each multiplier, not for each line.
  const sums = new Map<LineMultiplier | undefined, number>();
  for (const line of lines) {
    const multiplier = multipliers.lines.get(line);
    sums.set(multiplier, (sums.get(multiplier) ?? 0) + valueOf(line));
  }
  let [whole, scaled] = [0, 0n];
  for (const [multiplier, value] of sums) {
    whole += value;
    scaled += (multiplier?.scaled ?? multipliers.scale) * BigInt(value);
  }
  const parts = [...sums].map(([multiplier, value]) => ({ multiplier: multiplier?.text ?? '1', basis: value }));
  return { basis: whole, sum: rational(scaled, multipliers.scale), parts };
}

/** `perDay` counts what the rule still gives in the member's other sales of the date (fine print 12). */
function capped(amount: bigint, cap: Cap | undefined, today: number): { amount: bigint; cappedBy?: keyof Cap } {
  const perSale = cap?.perSale === undefined ? undefined : BigInt(cap.perSale);
  const left = cap?.perDay === undefined ? undefined : BigInt(Math.max(0, cap.perDay - today));
  if (left !== undefined && left < amount && (perSale === undefined || left <= perSale)) {
    return { amount: left, cappedBy: 'perDay' };
  }
  return perSale !== undefined && perSale < amount ? { amount: perSale, cappedBy: 'perSale' } : { amount };
}

function tooMuch({ id }: AmountRule): Refusal<'invalid-request'> {
  return refusal(
    'invalid-request',
    `With the rule "${id}" this sale would earn more than 10^12: the programme must be corrected.`,
  );
}
