import { z } from 'zod';
import { SALE_LINES_MAX } from '../sale/request.ts';

/** What is to be returned of a sale. A void asks for `all` (programme.md, "Refund, void, adjustment, transfer"). */

const QUANTITY_CHARS_MAX = 100;

export const refundLineSchema = z.strictObject({
  /** The index of the line in the sale. */
  line: z
    .int()
    .min(0)
    .max(SALE_LINES_MAX - 1),
  /** A decimal string; what it says is judged by the evaluation, which answers `bad-quantity`. */
  quantity: z.string().max(QUANTITY_CHARS_MAX),
});

export const refundRequestSchema = z.union([
  z.strictObject({ all: z.literal(true) }),
  z.strictObject({ lines: z.array(refundLineSchema).min(1, 'a refund names at least one line').max(SALE_LINES_MAX) }),
]);
export type RefundRequest =
  /** All that is left of the sale. */
  { readonly all: true } | { readonly lines: readonly { readonly line: number; readonly quantity: string }[] };
