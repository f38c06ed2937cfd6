import { z } from 'zod';
import type { WalletId } from '../../base/ids.ts';
import { idField, pointsField } from './fields.ts';

/** What a badge, a referral or a club goal gives. */
export const giftSchema = z.strictObject({ wallet: idField<WalletId>(), amount: pointsField(1) });
export type Gift = z.output<typeof giftSchema>;
