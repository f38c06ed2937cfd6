import { z } from 'zod';
import { type DateDuration, parseBusinessDate } from '../../base/business-date.ts';
import { present } from '../../base/assert.ts';
import type { WalletId } from '../../base/ids.ts';
import { endOfLot, spendableFrom } from '../wallets/ends.ts';
import { expiryFromSchema } from '../wallets/ends/table.ts';
import { durationField, idField, nameField } from './fields.ts';

/** What a member can hold. */
const walletShape = z.strictObject({
  id: idField<WalletId>(),
  /** What people call it on screens and receipts; absent: its id. */
  name: nameField().optional(),
  kind: z.enum(['points', 'stamps', 'money']),
  rounding: z.enum(['down', 'half-up', 'up']).default('down'),
  expiry: z
    .strictObject({
      after: durationField(),
      from: expiryFromSchema,
      round: z.enum(['none', 'month-end']).default('none'),
    })
    .optional(),
  /** What is earned is spendable from business date + pending on. */
  pending: durationField().default('P0D' as DateDuration), // written in its form
  negative: z.enum(['allow', 'forgive']).default('allow'),
  spentOnRefund: z.enum(['prorate', 'full-only']).default('prorate'),
});
export type Wallet = z.output<typeof walletShape>;

export const walletSchema = walletShape.refine(isEverSpendable, {
  path: ['expiry', 'after'],
  message: 'must be longer than pending: nothing could ever be spent',
});

/** Months are of many lengths, so a lot of some first of the month must live long enough. */
function isEverSpendable(wallet: Wallet): boolean {
  return FIRSTS.some((date) => {
    const end = endOfLot(wallet, date);
    return end === null || spendableFrom(wallet, date) < end;
  });
}

/** Of a leap year and the one after. */
const FIRSTS = Array.from({ length: 24 }, (_, month) => {
  const text = `${2024 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
  return present(parseBusinessDate(text), text);
});
