import { type Situation, weekdayOf } from '../conditions/when.ts';
import type { MemberFacts } from '../member-facts.ts';
import type { SaleRequest } from './request.ts';

export function situationOf({ local, channel, store }: SaleRequest, member: MemberFacts | undefined): Situation {
  return { local, weekday: weekdayOf(local.date), channel, store, member };
}
