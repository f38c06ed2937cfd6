import { z } from 'zod';
import { divide, multiply, rational, ZERO } from '../../../base/rational.ts';
import { decimalField } from '../../programme/fields.ts';
import type { EarnAmount } from './amount.ts';

export const shareAmountSchema = z.strictObject({ per: z.literal('share'), percent: decimalField({ above: ZERO }) });

/** A percentage of spend, for a money wallet. */
export function shareAmount({ percent }: z.output<typeof shareAmountSchema>): EarnAmount {
  const share = divide(percent, rational(100));
  return { measure: 'money', give: (sum) => multiply(sum, share) };
}
