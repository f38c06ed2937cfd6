import { z } from 'zod';
import type { LocalTime } from '../../base/business-date.ts';
import type { RewardId, StoreId } from '../../base/ids.ts';
import { SALE_MINOR_MAX } from '../../base/numbers.ts';
import { idField, nameField, wholeNumber } from '../programme/fields.ts';
import type { Channel, OperatorRole } from '../roles.ts';

/** What a POS asks for: a basket, and the rewards to apply to it. Every edge parses lines and rewards with these schemas. */

export const SALE_LINES_MAX = 1_000;
export const SALE_REDEEM_MAX = 100;
const LINE_TAGS_MAX = 100;
const QUANTITY_CHARS_MAX = 100;

export const saleLineSchema = z.strictObject({
  sku: nameField(),
  category: nameField().optional(),
  tags: z.array(nameField()).max(LINE_TAGS_MAX).default([]),
  /** A decimal string; what it says is judged by the evaluation, which answers `bad-quantity`. */
  quantity: z.string().max(QUANTITY_CHARS_MAX),
  /** Minor units, tax included. */
  unitPrice: wholeNumber(0, SALE_MINOR_MAX),
  /** A decimal string: "0.19". Absent: 0. */
  taxRate: z
    .string()
    .regex(/^(?:0|[1-9]\d?)(?:\.\d{1,4})?$/, 'must be a decimal like 0.19')
    .optional(),
});
export type SaleLine = {
  readonly sku: string;
  readonly category?: string | undefined;
  readonly tags: readonly string[];
  readonly quantity: string;
  readonly unitPrice: number;
  readonly taxRate?: string | undefined;
};

export const redeemSchema = z.strictObject({
  reward: idField<RewardId>(),
  /** Only for a reward of kind spend: how many to spend. */
  points: z.int().min(-Number.MAX_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER).optional(),
});
export type Redeem = { readonly reward: RewardId; readonly points?: number | undefined };

export const saleLinesSchema = z.array(saleLineSchema).min(1, 'a sale has at least one line').max(SALE_LINES_MAX);
export const redeemListSchema = z.array(redeemSchema).max(SALE_REDEEM_MAX);

export type PartnerNumber = { readonly id: string; readonly number: string };

export type SaleRequest = {
  /** The recorded business date and the time on the shop's wall. */
  readonly local: LocalTime;
  readonly channel: Channel;
  readonly store: StoreId;
  readonly lines: readonly SaleLine[];
  /** The same reward may be asked for more than once. */
  readonly redeem: readonly Redeem[];
  readonly operatorRole: OperatorRole;
  readonly approverRole?: OperatorRole | undefined;
  /** The member's number in a partner programme, carried along and checked (`partner-number`). */
  readonly partner?: PartnerNumber | undefined;
};
