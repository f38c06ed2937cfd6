import { z } from 'zod';
import { countedSchema } from '../badges/counted/table.ts';
import { lineFilterSchema } from '../conditions/lines.ts';
import { dateField, nameField, wholeNumber } from './fields.ts';
import { giftSchema } from './gift.ts';

/** A goal that all members of a club reach together. */
const goalSchema = z
  .strictObject({
    id: nameField(),
    count: z.strictObject({ of: countedSchema, lines: lineFilterSchema.optional(), at: wholeNumber(1) }),
    from: dateField(),
    until: dateField(),
    give: giftSchema,
  })
  .refine(({ from, until }) => from <= until, { path: ['until'], message: 'must not be before from' });
export type Goal = z.output<typeof goalSchema>;

export const clubSchema = z.strictObject({ id: nameField(), goals: z.array(goalSchema).max(1_000).default([]) });
