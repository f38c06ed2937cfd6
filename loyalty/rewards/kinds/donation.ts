import { z } from 'zod';
import { minorField, nameField } from '../../programme/fields.ts';
import type { RewardKind } from './kind.ts';

export const donationSchema = z.strictObject({ kind: z.literal('donation'), to: nameField(), money: minorField(1) });

/** Head office gives money to a cause; the sale costs what it costs without it (fine print 5). */
export function donation({ to, money }: z.output<typeof donationSchema>): RewardKind {
  return { lines: undefined, extras: () => ({ donation: { to, money } }) };
}
