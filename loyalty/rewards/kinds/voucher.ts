import { z } from 'zod';
import { durationField } from '../../programme/fields.ts';

/** An experience, an event, early access: prints a one-time code. Its evaluation is not built; findUnbuilt names it. */
export const voucherSchema = z.strictObject({ kind: z.literal('voucher'), validFor: durationField() });
