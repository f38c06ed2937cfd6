import { z } from 'zod';
import { pointsField } from './fields.ts';

/** How far tills and operators may go on their own. */
export const limitsSchema = z.strictObject({
  offlineRedeem: z
    .strictObject({
      policy: z.enum(['strict', 'tolerant']),
      perMember: pointsField(0).optional(),
      /** Of a wallet, all members together, at one till since its last contact. */
      perTill: pointsField(0).optional(),
      /** Since the last contact; later nothing is overdrawn. */
      hours: z.int().min(1).max(8_760).optional(),
      /** Since the last contact; later nothing is spent, by either policy: rewards and prices may be others by now. */
      days: z.int().min(1).max(3_650).optional(),
    })
    .optional(),
  transfer: z.strictObject({ perMonth: pointsField(0).optional() }).optional(),
  adjust: z
    .strictObject({
      cashier: pointsField(0).optional(),
      supervisor: pointsField(0).optional(),
      manager: pointsField(0).optional(),
    })
    .optional(),
});
