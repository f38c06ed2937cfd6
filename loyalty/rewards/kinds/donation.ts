import { z } from 'zod';
import { minorField, nameField } from '../../programme/fields.ts';

/** Head office gives money to a cause (fine print 5). Its evaluation is not built; findUnbuilt names it. */
export const donationSchema = z.strictObject({ kind: z.literal('donation'), to: nameField(), money: minorField(1) });
