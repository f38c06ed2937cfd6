import { z } from 'zod';
import { multiply, rational } from '../../../base/rational.ts';
import { pointsField } from '../../programme/fields.ts';
import type { EarnAmount } from './amount.ts';

export const itemAmountSchema = z.strictObject({ per: z.literal('item'), give: pointsField(1) });

/** `give` for each whole unit of quantity. */
export function itemAmount({ give }: z.output<typeof itemAmountSchema>): EarnAmount {
  const each = rational(give);
  return { measure: 'units', give: (sum) => multiply(sum, each) };
}
