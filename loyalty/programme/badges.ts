import { z } from 'zod';
import { lineFilterSchema } from '../conditions/lines.ts';
import { durationField, nameField, wholeNumber } from './fields.ts';
import { giftSchema } from './gift.ts';

export const COUNTED = ['visits', 'spend', 'items', 'stores'] as const;

/** What members collect, judged after each sale. */
export const badgeSchema = z.strictObject({
  id: nameField(),
  when: z.strictObject({
    count: z.strictObject({
      of: z.enum(COUNTED),
      lines: lineFilterSchema.optional(),
      at: wholeNumber(1),
      within: durationField().optional(),
    }),
  }),
  give: giftSchema.optional(),
  again: z.boolean().default(false),
});
