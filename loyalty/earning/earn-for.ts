import { ok, type Refusal, type Result } from '../../base/result.ts';
import type { Occasion } from '../conditions/when.ts';
import type { MemberFacts } from '../member-facts.ts';
import type { Programme } from '../programme/programme.ts';
import type { SaleRecord } from '../sale/record.ts';
import { circumstancesOf, occasionOf } from './circumstances.ts';
import { type EarnContext, NO_CONTEXT } from './context.ts';
import { contextOf } from './context-of.ts';
import { earn, type RuleEarning } from './earn.ts';
import { linesSold } from './earn-again.ts';
import type { EarningLine } from './earning-line.ts';

/** What a sale gives its member, and what a refund has to know of them. */
export type SaleEarnings = { readonly rules: readonly RuleEarning[]; readonly context: EarnContext };

/** Without a member a sale earns nothing. */
export function earnFor(
  programme: Programme,
  member: MemberFacts | undefined,
  occasion: Occasion,
  lines: readonly EarningLine[],
): Result<SaleEarnings, Refusal<'invalid-request'>> {
  if (member === undefined) return ok({ rules: [], context: NO_CONTEXT });
  const circumstances = circumstancesOf(member, occasion);
  const earned = earn(programme, circumstances, lines);
  if (!earned.ok) return earned;
  return ok({ rules: earned.value, context: contextOf(programme, member, circumstances, lines) });
}

/**
 * What a recorded sale without a member gives the one whose card came late (fine print 39): at the sale's own time, with what was
 * paid and the units made free as recorded, and the member as they are now. `lines` is what earns, by default all that was sold;
 * after a refund, what is left (see `lineLeft`). `programme` is the sale's own version.
 */
export function earnForAttached(
  programme: Programme,
  member: MemberFacts,
  record: SaleRecord,
  lines: readonly EarningLine[] = linesSold(record),
): Result<SaleEarnings, Refusal<'invalid-request'>> {
  return earnFor(programme, member, occasionOf(record), lines);
}
