import { type FrequentLookup, frequentFor } from '../conditions/frequent.ts';
import { type Occasion, weekdayOf } from '../conditions/when.ts';
import type { MemberFacts } from '../member-facts.ts';
import type { SaleRequest } from './request.ts';

/** What rewards look at beside the basket. */
export type Situation = {
  readonly occasion: Occasion;
  readonly member: MemberFacts | undefined;
  readonly isFrequent: FrequentLookup;
};

export function situationOf({ local, channel, store }: SaleRequest, member: MemberFacts | undefined): Situation {
  const { date, minuteOfDay: minute } = local;
  const occasion = { date, minute, weekday: weekdayOf(date), channel, store };
  return { occasion, member, isFrequent: frequentFor(member, date) };
}
