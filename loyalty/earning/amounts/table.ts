import { z } from 'zod';
import type { EarnAmount } from './amount.ts';
import { itemAmount, itemAmountSchema } from './item.ts';
import { saleAmount, saleAmountSchema } from './sale.ts';
import { shareAmount, shareAmountSchema } from './share.ts';
import { spendAmount, spendAmountSchema } from './spend.ts';

/** The one place where kinds of earning amount are registered. */
export const amountSchema = z.discriminatedUnion('per', [
  spendAmountSchema,
  itemAmountSchema,
  saleAmountSchema,
  shareAmountSchema,
]);
export type Amount = z.output<typeof amountSchema>;

export function earnAmount(amount: Amount): EarnAmount {
  switch (amount.per) {
    case 'spend':
      return spendAmount(amount);
    case 'item':
      return itemAmount(amount);
    case 'sale':
      return saleAmount(amount);
    case 'share':
      return shareAmount(amount);
    default:
      return amount satisfies never;
  }
}
