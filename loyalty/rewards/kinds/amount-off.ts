import { z } from 'zod';
import { minorField } from '../../programme/fields.ts';
import { splitOver } from '../split.ts';
import type { RewardKind } from './kind.ts';

export const amountOffSchema = z.strictObject({ kind: z.literal('amount-off'), amount: minorField(1) });

/** An amount off the sale, cut at what it costs; the reward costs its full price all the same. */
export function amountOff({ amount }: z.output<typeof amountOffSchema>): RewardKind {
  return { lines: undefined, discount: (basket) => splitOver(basket, amount) };
}
