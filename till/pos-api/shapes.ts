/** What a POS sends and gets, version 1. The schemas parse requests, make answers, and are what /openapi.json is generated from. */
import { z } from 'zod';
import type { OperatorId } from '../../base/ids.ts';
import { refundRequestSchema } from '../../loyalty/refunds/request.ts';
import * as shapes from '../contract/shapes.ts';

const operator = z
  .strictObject({
    id: z.string().min(1).max(64) as unknown as z.ZodType<OperatorId, string>, // the POS knows its people; we record whom it named
    role: z.enum(['cashier', 'supervisor', 'manager']),
  })
  .describe('Who stands at the till, as the POS knows them.');

export type Operator = z.infer<typeof operator>;

export const memberQuery = z.strictObject({ card: shapes.typedText.describe('Number of a loyalty card, as scanned.') });

const customer = {
  member: z.string().min(1).max(128).optional().describe('Id of the member, from GET /v1/members.'),
  card: shapes.typedText.optional().describe('Instead of the member: a card number.'),
};
const basket = {
  lines: z.array(shapes.basketLine).min(1).max(shapes.BASKET_LINES_MAX),
  redeem: shapes.basket.shape.redeem.optional(),
  partner: shapes.partnerNumber.optional().describe("The member's number in a partner programme."),
  operator: operator.optional(),
  approvedBy: operator.optional(),
  reference: z.string().min(1).max(64).optional().describe("The POS's own name of the sale, unique at this till."),
};

export const quoteRequest = z.strictObject({
  ...customer,
  ...basket,
  present: z.boolean().default(false).describe('Show the basket on the screen of the till, to be finished there.'),
});
export type QuoteRequest = z.infer<typeof quoteRequest>;

export const saleRequest = z.strictObject({
  ...customer,
  ...basket,
  register: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .describe(
      'Number of the register that the reference is of. With it, a receipt that is entered at two tills earns once.',
    ),
  expectedDue: z
    .int()
    .optional()
    .describe('The total that the customer agreed to, minor units. Another one: 409, nothing is sold.'),
  print: z
    .boolean()
    .default(false)
    .describe('Print the receipt at the till; leave it out where the POS prints its own.'),
});
export type SaleRequestBody = z.infer<typeof saleRequest>;

export const saleParams = z.strictObject({
  id: z
    .string()
    .min(1)
    .max(128)
    .describe('Our id of the sale, the number on its receipt, or the reference of the POS.'),
});
export const voidRequest = z
  .strictObject({ operator: operator.optional(), print: z.boolean().default(false) })
  .nullish();

export const refundRequest = z.strictObject({
  what: refundRequestSchema.describe('Quantities of lines, by their index in the sale; or all that is left.'),
  operator: operator.optional(),
  print: z.boolean().default(false),
});
export const attachRequest = z.strictObject({ ...customer, operator: operator.optional() });
export const claimRequest = z.strictObject({
  ...customer,
  code: z.string().min(1).max(64).describe('As it was typed from the receipt.'),
  sale: z.string().min(1).max(128).optional().describe('Our id of the sale or its receipt number, if it is known.'),
  operator: operator.optional(),
});

export const voucherRequest = z.strictObject({
  code: z.string().min(1).max(64).describe('As it was typed or scanned from the receipt.'),
  reference: z.string().min(1).max(64).optional().describe("The POS's own name of what it is given for."),
  operator: operator.optional(),
});

export const memberParams = z.strictObject({ id: z.string().min(1).max(128).describe('Id of the member.') });
const own = { operator: operator.optional() };
export const adjustRequest = shapes.adjust
  .omit({ command: true, member: true, card: true })
  .extend({ ...own, amount: z.int().describe('Signed whole units.') });
export const transferRequest = shapes.transfer.omit({ command: true, from: true }).extend(own);
export const cardRequest = shapes.card.omit({ command: true, member: true }).extend(own);
export const clubRequest = shapes.club.omit({ command: true, member: true, card: true }).extend(own);
export const enrolRequest = shapes.enrolMember.omit({ command: true }).partial().extend(own);

export const commandHeaders = z.object({
  'idempotency-key': z
    .string()
    .min(8)
    .max(128)
    .regex(/^[A-Za-z0-9._:-]+$/)
    .describe('Names the command. Same key and body: the same answer. Same key, other body: 409.'),
});

const money = { currency: z.string(), minorDigits: z.int() };
export const memberAnswer = shapes.memberView.extend(money);
export const quoteAnswer = shapes.quote.extend({ ...money, member: shapes.memberId.nullable() });
export const saleAnswer = shapes.committedSale.extend(money);
export const attachAnswer = shapes.attachedSale.extend(money);
export const refundAnswer = shapes.refundedSale.extend(money);

export const receiptAnswer = z.object({
  columns: z.int(),
  lines: z.array(z.string()).describe('For a POS that prints them itself; none is wider than the columns.'),
});

export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    path: z.string().optional(),
  })
  .describe('RFC 9457. `code` is stable, `detail` is a sentence for the cashier.');
