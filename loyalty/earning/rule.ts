import { z } from 'zod';
import type { RuleId, WalletId } from '../../base/ids.ts';
import type { Rational } from '../../base/rational.ts';
import { ZERO } from '../../base/rational.ts';
import { type LineFilter, lineFilterSchema } from '../conditions/lines.ts';
import { type When, whenSchema } from '../conditions/when-schema.ts';
import { decimalField, idField, pointsField } from '../programme/fields.ts';
import { type Amount, amountSchema } from './amounts/table.ts';

/** An earning rule gives an amount, or multiplies what the other rules of its wallet give; never both. */

export const BASES = ['paid', 'list', 'net'] as const;
export type Basis = (typeof BASES)[number];

const capSchema = z.strictObject({ perSale: pointsField(0).optional(), perDay: pointsField(0).optional() });
export type Cap = z.output<typeof capSchema>;

type RuleCommon = {
  readonly id: RuleId;
  readonly wallet: WalletId;
  readonly lines?: LineFilter | undefined;
  readonly when?: When | undefined;
};
export type AmountRule = RuleCommon & {
  readonly amount: Amount;
  readonly multiply?: undefined;
  readonly basis: Basis;
  readonly cap?: Cap | undefined;
};
export type Multiplier = RuleCommon & { readonly multiply: Rational; readonly amount?: undefined };
export type EarnRule = AmountRule | Multiplier;

export const earnRuleSchema = z
  .strictObject({
    id: idField<RuleId>(),
    wallet: idField<WalletId>(),
    amount: amountSchema.optional(),
    multiply: decimalField({ least: ZERO }).optional(),
    basis: z.enum(BASES).optional(),
    lines: lineFilterSchema.optional(),
    when: whenSchema.optional(),
    cap: capSchema.optional(),
  })
  .transform(({ amount, multiply, basis, cap, ...common }, context): EarnRule => {
    const refuse = (field: string, message: string) =>
      void context.issues.push({ code: 'custom', path: [field], message, input: common });
    if (multiply === undefined) {
      if (amount !== undefined) return { ...common, amount, basis: basis ?? 'paid', cap };
      refuse('amount', 'a rule needs an amount or a multiply');
      return z.NEVER;
    }
    if (amount !== undefined) refuse('multiply', 'a rule has an amount or a multiply, not both');
    if (cap !== undefined) refuse('cap', 'a multiplier has no cap');
    if (basis !== undefined) refuse('basis', 'a multiplier has no basis');
    return { ...common, multiply };
  });
