import { z } from 'zod';
import { amountOff, amountOffSchema } from './amount-off.ts';
import { donation, donationSchema } from './donation.ts';
import { freeItem, freeItemSchema } from './free-item.ts';
import type { RewardKind } from './kind.ts';
import { percentOff, percentOffSchema } from './percent-off.ts';
import { spend, spendSchema } from './spend.ts';
import { voucher, voucherSchema } from './voucher.ts';

/** The one place where kinds of reward are registered. */
export const giveSchema = z.discriminatedUnion('kind', [
  freeItemSchema,
  percentOffSchema,
  amountOffSchema,
  spendSchema,
  voucherSchema,
  donationSchema,
]);
export type Give = z.output<typeof giveSchema>;
export type GiveKind = Give['kind'];

/** Within a sale: free items, then percent, then amounts, then spend (programme.md); what discounts nothing comes last. */
export const APPLICATION_ORDER: readonly GiveKind[] = [
  'free-item',
  'percent-off',
  'amount-off',
  'spend',
  'voucher',
  'donation',
];

export function rewardKind(give: Give): RewardKind {
  switch (give.kind) {
    case 'free-item':
      return freeItem(give);
    case 'percent-off':
      return percentOff(give);
    case 'amount-off':
      return amountOff(give);
    case 'spend':
      return spend(give);
    case 'voucher':
      return voucher(give);
    case 'donation':
      return donation(give);
    default:
      return give satisfies never;
  }
}
