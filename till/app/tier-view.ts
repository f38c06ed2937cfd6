/** A member's level as screens show it: which, until when, and what is missing for the next. */
import type { BusinessDate } from '../../base/business-date.ts';
import { levelOf, type MemberState } from '../../ledger/member-state.ts';
import { talliesOf } from '../../ledger/tallies.ts';
import type { Terms } from '../../ledger/terms.ts';
import { explainTier, type TierExplanation } from '../../loyalty/tiers/explain.ts';
import { levelOn } from '../../loyalty/tiers/settle.ts';
import type { MemberView, Quote } from '../contract/shapes.ts';

/** Null where the member holds none. */
export function levelView(state: MemberState, terms: Terms, date: BusinessDate): Quote['tierAfter'] {
  const { level, end } = levelOf(state, terms, date);
  return level === null ? null : { level, end };
}

/** Null where the programme has no levels. */
export function tierView(state: MemberState, terms: Terms, date: BusinessDate): MemberView['tier'] {
  const explained = tierExplanation(state, terms, date);
  if (explained === null) return null;
  const { level, end, measure, wallet, measured, next } = explained;
  return { level, end, measure, wallet, measured, next };
}

export function tierExplanation(state: MemberState, terms: Terms, date: BusinessDate): TierExplanation | null {
  const tiers = terms.on(date)?.tiers;
  if (tiers === undefined) return null;
  const tallies = talliesOf(state);
  const { ladder } = levelOn(state.ladder, (on) => terms.on(on)?.tiers, tallies, date);
  return explainTier(ladder, tiers, tallies, date);
}
