import { z } from 'zod';
import { multiply, rational } from '../../../base/rational.ts';
import { pointsField } from '../../programme/fields.ts';
import type { EarnAmount } from './amount.ts';

export const saleAmountSchema = z.strictObject({ per: z.literal('sale'), give: pointsField(1) });

/** `give` once, when at least one line matches, free or not (fine print 7). */
export function saleAmount({ give }: z.output<typeof saleAmountSchema>): EarnAmount {
  const once = rational(give);
  return { measure: 'sale', give: (sum) => multiply(sum, once) };
}
