import { z } from 'zod';
import { addDuration } from '../../../base/business-date.ts';
import { someTimeField } from '../../programme/fields.ts';
import type { RewardKind } from './kind.ts';

export const voucherSchema = z.strictObject({ kind: z.literal('voucher'), validFor: someTimeField() });

/** An experience, an event, early access: a one-time code that is valid before the sale's date + `validFor`. */
export function voucher({ validFor }: z.output<typeof voucherSchema>): RewardKind {
  return { lines: undefined, extras: (date) => ({ voucher: { validBefore: addDuration(date, validFor) } }) };
}
