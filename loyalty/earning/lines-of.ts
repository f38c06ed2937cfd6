import { linesMatching } from '../conditions/lines.ts';
import { occasionHolds } from '../conditions/when.ts';
import type { Circumstances } from './circumstances.ts';
import { type EarningLine, paidOn } from './earning-line.ts';
import type { EarnRule } from './rule.ts';

/** The lines that a rule or multiplier works on: those that match, where all its conditions hold; otherwise none. */
export function linesOf(
  rule: EarnRule,
  circumstances: Circumstances,
  lines: readonly EarningLine[],
): readonly EarningLine[] {
  if (!occasionHolds(rule.when, circumstances.occasion) || !circumstances.memberHolds(rule)) return NONE;
  const matching = linesMatching(rule.lines, lines, circumstances.isFrequent);
  const least = rule.when?.minSpend;
  return least === undefined || paidOn(matching) >= least ? matching : NONE;
}

const NONE: readonly EarningLine[] = [];
