/** A sale's state as text and its shape, for rows and wires. */
import { z } from 'zod';
import { earningsFields, saleV2 } from './bodies/sale.ts';
import { amount, count, date, hash, id, quantity } from './bodies/fields.ts';
import type { SaleState } from './sale-state.ts';

/** One writer makes it, always in the same order of fields, so that the same state gives the same text. */
export function encodeSaleState(state: SaleState): string {
  return JSON.stringify(state);
}

/** For rows that come over the wire. */
export const saleStateSchema = z.strictObject({
  sale: id,
  inc: id,
  seq: z.int().min(1),
  store: id,
  till: id,
  receipt: z.string().max(64).nullable(),
  reference: z.string().nullable(),
  prog: hash.nullable(),
  hlc: z.string().regex(/^[0-9a-f]{16}$/),
  wall: z.int(),
  member: id.nullable(),
  unclaimed: z.strictObject({ account: id, code: hash }).nullable(),
  record: z.strictObject({
    date,
    minute: z.int().min(0).max(1439),
    channel: z.enum(['store', 'online']),
    store: id,
    lines: saleV2.shape.lines,
    redeemed: saleV2.shape.redeemed,
    ...earningsFields,
  }),
  gifts: saleV2.shape.gifts,
  list: amount,
  discount: amount,
  due: amount,
  returned: z.strictObject({
    lines: z.array(z.strictObject({ quantity, freeUnits: count, money: amount })),
    redeemed: z.array(amount),
    earned: z.array(amount),
  }),
  voided: z.boolean(),
  vouchers: z.array(hash).optional(),
}) as unknown as z.ZodType<SaleState>; // the schema checks shapes; brands have no run-time form
