import type { RuleId } from '../../base/ids.ts';
import { frequentFor, type FrequentLookup } from '../conditions/frequent.ts';
import { asksOfMember, memberHolds, type Occasion, weekdayOf } from '../conditions/when.ts';
import type { MemberFacts } from '../member-facts.ts';
import type { SaleRecord } from '../sale/record.ts';
import type { EarnRule } from './rule.ts';

/**
 * What earning asks about a sale beside its lines. At the sale the member answers; at its refund what the sale recorded does, so
 * that one engine computes both.
 */
export type Circumstances = {
  readonly occasion: Occasion;
  readonly memberHolds: (rule: EarnRule) => boolean;
  readonly isFrequent: FrequentLookup;
  /** What a rule gave in the member's other sales of the date. */
  readonly today: (rule: RuleId) => number;
};

export function circumstancesOf(member: MemberFacts, occasion: Occasion): Circumstances {
  const { date } = occasion;
  return {
    occasion,
    memberHolds: ({ when }) => memberHolds(when, member, date),
    isFrequent: frequentFor(member, date),
    today: (rule) => member.earnedToday.get(rule) ?? 0,
  };
}

/** As the sale saw them (fine print 27). */
export function recordedCircumstances(record: SaleRecord): Circumstances {
  const { held, frequent, today } = record.context;
  const heldRules = new Set(held);
  const amounts = new Map(today.map(({ rule, amount }) => [rule, amount]));
  return {
    occasion: occasionOf(record),
    memberHolds: ({ id, when }) => heldRules.has(id) || !asksOfMember(when),
    isFrequent: ({ times, within }, sku) =>
      frequent.some((entry) => entry.times === times && entry.within === within && entry.skus.includes(sku)),
    today: (rule) => amounts.get(rule) ?? 0,
  };
}

export function occasionOf({ date, minute, channel, store }: Omit<Occasion, 'weekday'>): Occasion {
  return { date, minute, weekday: weekdayOf(date), channel, store };
}
