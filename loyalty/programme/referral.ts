import { z } from 'zod';
import { minorField, wholeNumber } from './fields.ts';
import { giftSchema } from './gift.ts';

/** A member brings another: both are paid after the other's first sale that pays enough. */
export const referralSchema = z.strictObject({
  referrer: giftSchema,
  referee: giftSchema,
  minSpend: minorField(0).prefault(0),
  monthlyCap: wholeNumber(0).optional(),
});
export type Referral = z.output<typeof referralSchema>;
