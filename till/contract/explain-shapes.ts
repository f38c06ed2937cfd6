/** How numbers came about, as data: what screens, receipts and the API put into words. */
import { z } from 'zod';
import type { RuleExplanation } from '../../loyalty/explain/explain-rules.ts';
import * as shapes from './shapes.ts';

const lot = z.object({
  /** The sale whose rules gave it; null where none did: a gift, an adjustment, a transfer, or a return. */
  sale: shapes.saleId.nullable(),
  receipt: z.string().nullable(),
  earned: z.string(),
  /** First date on which it can be spent; null: at once. */
  from: z.string().nullable(),
  /** First date on which it is gone; null: never. */
  end: z.string().nullable(),
  amount: z.int(),
  state: z.enum(['spendable', 'pending', 'ended']),
});

export const memberExplanation = z.object({
  member: shapes.memberId,
  businessDate: z.string(),
  wallets: z.array(
    shapes.walletBalance.extend({
      /** What is missing below zero; credits repay it first. */
      below: z.int(),
      /** In spending order. */
      lots: z.array(lot),
    }),
  ),
  tier: z
    .object({
      level: z.string().nullable(),
      end: z.string().nullable(),
      measure: z.enum(['earned', 'spend', 'visits']),
      wallet: z.string().nullable(),
      window: z.string(),
      /** Sales from this date on count; null: all. */
      from: z.string().nullable(),
      measured: z.int(),
      counted: z.array(z.object({ date: z.string(), amount: z.int() })),
      next: z.object({ level: z.string(), at: z.int(), missing: z.int() }).nullable(),
    })
    .nullable(),
  badges: z.array(shapes.badgeProgress),
  memberships: z.array(
    z.object({
      membership: z.string(),
      runs: z.array(z.object({ from: z.string(), end: z.string() })),
      purchases: z.array(
        z.object({
          sale: shapes.saleId,
          receipt: z.string().nullable(),
          date: z.string(),
          units: z.int(),
          period: z.string(),
        }),
      ),
    }),
  ),
});
export type MemberExplanation = z.infer<typeof memberExplanation>;

/** See loyalty/explain/explain-rules.ts for what is in it, by kind of rule. */
const rule = z.looseObject({
  rule: z.string(),
  wallet: z.string(),
  kind: z.enum(['multiplier', 'amount']),
  held: z.boolean(),
}) as unknown as z.ZodType<RuleExplanation>; // made by one module of ours, which owns its shape

/** Of a basket: how it comes to earn what its quote says. */
export const basketExplanation = z.object({
  level: z.string().nullable(),
  /** Every rule and multiplier of the programme, held or not, and why; empty where it earns for nobody. */
  rules: z.array(rule),
});
export type BasketExplanation = z.infer<typeof basketExplanation>;

export const saleExplanation = z.object({
  sale: shapes.saleSummary,
  programme: z.object({ id: z.string(), version: z.int() }),
  /** The member's level before the sale. */
  level: z.string().nullable(),
  /** Every rule and multiplier of the programme, held or not, and why. */
  rules: z.array(rule),
  rewards: z.array(
    z.object({
      reward: z.string(),
      wallet: z.string().nullable(),
      cost: z.int(),
      discount: z.int(),
      lines: z.array(z.object({ line: z.int(), discount: z.int(), freeUnits: z.int() })),
      /** Of its cost, by refunds so far. */
      givenBack: z.int(),
    }),
  ),
  earned: z.array(
    z.object({
      rule: z.string(),
      wallet: z.string(),
      amount: z.int(),
      /** Of it, by refunds so far. */
      lost: z.int(),
    }),
  ),
  gifts: z.array(shapes.gift),
  lines: z.array(
    z.object({
      line: z.int(),
      sku: z.string(),
      quantity: z.string(),
      unitPrice: z.int(),
      list: z.int(),
      paid: z.int(),
      /** Decimal strings: what came back so far, and what can still come back. */
      returned: z.string(),
      left: z.string(),
      moneyBack: z.int(),
    }),
  ),
});
export type SaleExplanation = z.infer<typeof saleExplanation>;
