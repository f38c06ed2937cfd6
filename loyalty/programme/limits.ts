import { z } from 'zod';
import { pointsField } from './fields.ts';

/** How far tills and operators may go on their own. */
export const limitsSchema = z.strictObject({
  offlineRedeem: z
    .strictObject({ policy: z.enum(['strict', 'tolerant']), perMember: pointsField(0).optional() })
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
