import { z } from 'zod';
import { divide, multiply, rational } from '../../../base/rational.ts';
import { halfUp } from '../../../base/rounding.ts';
import { lineFilterSchema } from '../../conditions/lines.ts';
import { minorField, percentField } from '../../programme/fields.ts';
import { costOf, splitOver } from '../split.ts';
import type { RewardKind } from './kind.ts';

export const percentOffSchema = z.strictObject({
  kind: z.literal('percent-off'),
  percent: percentField(),
  max: minorField(1).optional(),
  lines: lineFilterSchema.optional(),
});

/** A percentage of what the matching lines cost together, half up; then `max`; then split (fine print 2). */
export function percentOff({ percent, max, lines }: z.output<typeof percentOffSchema>): RewardKind {
  const share = divide(percent, rational(100));
  return {
    lines,
    discount: (matching) => {
      const discount = Number(halfUp(multiply(rational(costOf(matching)), share)));
      return splitOver(matching, max === undefined ? discount : Math.min(discount, max));
    },
  };
}
