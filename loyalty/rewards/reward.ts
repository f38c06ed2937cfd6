import { z } from 'zod';
import type { RewardId, WalletId } from '../../base/ids.ts';
import { whenSchema } from '../conditions/when-schema.ts';
import { dateField, idField, nameField, pointsField, wholeNumber } from '../programme/fields.ts';
import { giveSchema } from './kinds/table.ts';

const LIMIT_SPANS = ['sale', 'day', 'month', 'ever'] as const;

const costSchema = z.strictObject({ wallet: idField<WalletId>(), amount: pointsField(1).optional() }).nullable();

export const rewardSchema = z
  .strictObject({
    id: idField<RewardId>(),
    /** What people call it on screens and receipts; absent: its id. */
    name: nameField().optional(),
    /** Null: a standing benefit, such as gold members' 5 % off. */
    cost: costSchema,
    give: giveSchema,
    when: whenSchema.optional(),
    limit: z.strictObject({ times: wholeNumber(1), per: z.enum(LIMIT_SPANS) }).optional(),
    approval: z.literal('manager').optional(),
    auto: z.boolean().default(false),
    validFrom: dateField().optional(),
    validUntil: dateField().optional(),
  })
  .superRefine(({ cost, give, validFrom, validUntil }, context) => {
    const refuse = (path: string[], message: string) =>
      void context.issues.push({ code: 'custom', path, message, input: give });
    if (validFrom !== undefined && validUntil !== undefined && validFrom > validUntil) {
      refuse(['validUntil'], 'must not be before validFrom');
    }
    if (give.kind === 'spend') {
      if (cost === null) refuse(['cost'], 'a spend reward needs the wallet that it spends from');
      else if (cost.amount !== undefined) refuse(['cost', 'amount'], 'the caller of a spend reward names the points');
    } else if (cost !== null && cost.amount === undefined) refuse(['cost', 'amount'], 'must say how much it costs');
  });
export type Reward = z.output<typeof rewardSchema>;
