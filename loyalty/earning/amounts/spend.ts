import { z } from 'zod';
import { divide, multiply, rational } from '../../../base/rational.ts';
import { floor } from '../../../base/rounding.ts';
import { minorField, pointsField } from '../../programme/fields.ts';
import type { EarnAmount } from './amount.ts';

export const spendAmountSchema = z.strictObject({
  per: z.literal('spend'),
  give: pointsField(1),
  every: minorField(1),
  wholeSteps: z.boolean().default(false),
});

/** `give` for `every` minor units; with `wholeSteps` only for full steps of what all lines bring together (fine print 6). */
export function spendAmount({ give, every, wholeSteps }: z.output<typeof spendAmountSchema>): EarnAmount {
  const rate = rational(give, every);
  return {
    measure: 'money',
    give: (sum) => (wholeSteps ? rational(floor(divide(sum, rational(every))) * BigInt(give)) : multiply(sum, rate)),
  };
}
