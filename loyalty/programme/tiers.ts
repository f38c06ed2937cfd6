import { z } from 'zod';
import type { WalletId } from '../../base/ids.ts';
import { keepSchema } from '../tiers/keeps/table.ts';
import { measureNamed, measureSchema } from '../tiers/measures/table.ts';
import { windowSchema } from '../tiers/windows/table.ts';
import { idField, nameField, wholeNumber } from './fields.ts';

/** Levels of membership, by what a member earned, spent or how often they came. */
export const tiersSchema = z
  .strictObject({
    measure: measureSchema,
    wallet: idField<WalletId>().optional(),
    window: windowSchema,
    keep: keepSchema.optional(),
    levels: z
      .array(z.strictObject({ id: nameField(), at: wholeNumber(0) }))
      .min(1, 'must have at least one level')
      .max(100, 'must have at most 100 levels'),
  })
  .superRefine(({ measure, wallet, levels }, context) => {
    if (measureNamed(measure).needsWallet && wallet === undefined) {
      context.issues.push({
        code: 'custom',
        path: ['wallet'],
        message: 'must say whose earnings count',
        input: wallet,
      });
    }
    const thresholds = new Map<number, string>();
    for (const [index, { id, at }] of levels.entries()) {
      const other = thresholds.get(at);
      thresholds.set(at, id);
      if (other === undefined) continue;
      const message = `begins where level "${other}" does`;
      context.issues.push({ code: 'custom', path: ['levels', index, 'at'], message, input: at });
    }
  });
export type Tiers = z.output<typeof tiersSchema>;
export type Level = Tiers['levels'][number];
