import { z } from 'zod';
import { isTimeZone } from '../../base/business-date.ts';
import type { ProgrammeId } from '../../base/ids.ts';
import { earnRuleSchema } from '../earning/rule.ts';
import { rewardSchema } from '../rewards/reward.ts';
import { badgeSchema } from './badges.ts';
import { clubSchema } from './clubs.ts';
import { clockField, dateField, idField, wholeNumber } from './fields.ts';
import { limitsSchema } from './limits.ts';
import { membershipSchema } from './memberships.ts';
import { notifySchema } from './notify.ts';
import { partnerSchema } from './partners.ts';
import { referralSchema } from './referral.ts';
import { tiersSchema } from './tiers.ts';
import { walletSchema } from './wallet.ts';

/**
 * The whole programme document (../shared/contracts/programme.md). It parses even where its evaluation is not built yet;
 * unbuilt.ts names those fields. Each part has its schema in a module of its own; references between parts are checked in
 * references.ts.
 */

export const EARN_RULES_MAX = 10_000;
export const REWARDS_MAX = 500;
const PARTS_MAX = 1_000;

export const programmeSchema = z.strictObject({
  id: idField<ProgrammeId>(),
  version: wholeNumber(1),
  effectiveFrom: dateField(),
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code like EUR'),
  minorDigits: wholeNumber(0, 4),
  timezone: z.string().refine(isTimeZone, 'must be a time zone like Europe/Berlin'),
  /** Minutes since midnight at which a business date begins. */
  dayStart: clockField().prefault('00:00'),
  enrolment: z.enum(['opt-in', 'automatic']).default('opt-in'),
  combine: z.enum(['highest', 'add', 'multiply']).default('highest'),
  wallets: z.array(walletSchema).max(PARTS_MAX),
  tiers: tiersSchema.optional(),
  earn: z.array(earnRuleSchema).max(EARN_RULES_MAX),
  rewards: z.array(rewardSchema).max(REWARDS_MAX).default([]),
  badges: z.array(badgeSchema).max(PARTS_MAX).default([]),
  referral: referralSchema.optional(),
  memberships: z.array(membershipSchema).max(PARTS_MAX).default([]),
  clubs: z.array(clubSchema).max(PARTS_MAX).default([]),
  partners: z.array(partnerSchema).max(PARTS_MAX).default([]),
  notify: z.array(notifySchema).max(PARTS_MAX).default([]),
  limits: limitsSchema.optional(),
});
export type Programme = z.output<typeof programmeSchema>;
