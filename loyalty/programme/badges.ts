import { z } from 'zod';
import { countedSchema } from '../badges/counted/table.ts';
import { lineFilterSchema } from '../conditions/lines.ts';
import { nameField, someTimeField, wholeNumber } from './fields.ts';
import { giftSchema } from './gift.ts';

/** What members collect, judged after each sale. */
export const badgeSchema = z.strictObject({
  id: nameField(),
  when: z.strictObject({
    count: z.strictObject({
      of: countedSchema,
      lines: lineFilterSchema.optional(),
      at: wholeNumber(1),
      within: someTimeField().optional(),
    }),
  }),
  give: giftSchema.optional(),
  again: z.boolean().default(false),
});
export type Badge = z.output<typeof badgeSchema>;
