import { z } from 'zod';
import type { DateDuration } from '../../base/business-date.ts';
import type { WalletId } from '../../base/ids.ts';
import { expiryFromSchema } from '../wallets/ends/table.ts';
import { durationField, idField, nameField } from './fields.ts';

/** What a member can hold. */
export const walletSchema = z.strictObject({
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
export type Wallet = z.output<typeof walletSchema>;
