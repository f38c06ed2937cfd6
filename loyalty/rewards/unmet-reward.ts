import type { BusinessDate } from '../../base/business-date.ts';
import { type Unmet, unmetMember, unmetOccasion, unmetSpend } from '../conditions/unmet.ts';
import type { Situation } from '../sale/situation.ts';
import type { Reward } from './reward.ts';

/** Why a reward is not open to a sale whose matching lines cost so much, in minor units; empty where it is. */
export function unmetReward(reward: Reward, { occasion, member }: Situation, spend: number): readonly Unmet[] {
  if (member === undefined || member.unclaimed) return [{ condition: 'member' }];
  const { when } = reward;
  return [
    ...unmetDates(reward, occasion.date),
    ...unmetOccasion(when, occasion),
    ...unmetMember(when, member, occasion.date),
    ...unmetSpend(when, spend),
  ];
}

function unmetDates({ validFrom, validUntil }: Reward, date: BusinessDate): readonly Unmet[] {
  const unmet: Unmet[] = [];
  if (validFrom !== undefined && date < validFrom) unmet.push({ condition: 'validFrom', wanted: validFrom, has: date });
  if (validUntil !== undefined && validUntil < date) {
    unmet.push({ condition: 'validUntil', wanted: validUntil, has: date });
  }
  return unmet;
}
