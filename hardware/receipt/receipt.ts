import { z } from 'zod';

/**
 * What a receipt says, as data. It is stored as JSON with its print job when the sale is made, and every later print, copy or
 * preview comes from this very document: names, prices and balances on a copy are those of the first print, whatever has
 * changed since. All times are text in the store's own zone, since paper has no zone.
 */
export const RECEIPT_VERSION = 1;
export const RECEIPT_TEXT_CHARS_MAX = 400;
export const RECEIPT_LINES_MAX = 1_000;
export const RECEIPT_QR_CHARS_MAX = 512;
/** Fifteen digits: below it a double writes every decimal of an amount exactly. */
const AMOUNT_ABS_MAX = 999_999_999_999_999;

const text = z.string().max(RECEIPT_TEXT_CHARS_MAX);
const name = text.min(1);
const amount = z.int().min(-AMOUNT_ABS_MAX).max(AMOUNT_ABS_MAX);

const moneySchema = z.strictObject({
  /** ISO 4217, e.g. `EUR`. */
  currency: z.string().regex(/^[A-Z]{3}$/),
  minorDigits: z.int().min(0).max(4),
});

/** Text in the store's zone, already in the store's form, e.g. `25/11/2026` and `14:05`. */
const localTimeSchema = z.strictObject({ date: name, time: name });

const receiptLineSchema = z.strictObject({
  name,
  /** As the customer reads it: `1`, `2`, `0.350 kg`. */
  quantity: name,
  unitPriceMinor: amount,
  amountMinor: amount,
});

const discountSchema = z.strictObject({
  /** Name of the reward that gave it. */
  name,
  /** What it takes off, as a positive amount. */
  amountMinor: amount,
});

const taxLineSchema = z.strictObject({
  /** e.g. `VAT 20%`. */
  label: name,
  netMinor: amount,
  taxMinor: amount,
});

const receiptWalletSchema = z.strictObject({
  label: name,
  /** Absent: whole units (points, stamps). Present: minor units of that currency. */
  money: moneySchema.optional(),
  earned: amount,
  spent: amount,
  balance: amount,
  /** What of it ends next, and the last day on which it can be spent. */
  ending: z.strictObject({ amount, lastDay: name }).optional(),
  /** When the balance was last known whole; absent where it is known as of this receipt. */
  asOf: localTimeSchema.optional(),
});

const receiptMemberSchema = z.strictObject({
  displayName: name,
  /** The level that is held after this receipt, and the last day of it where it has one. */
  level: z.strictObject({ name, lastDay: name.optional() }).optional(),
  /** Badges that this sale earned. */
  badges: z.array(name).max(20).optional(),
  wallets: z.array(receiptWalletSchema).max(20),
});

const headSchema = z.strictObject({
  version: z.literal(RECEIPT_VERSION),
  /** BCP 47 tag of the store, for numbers and words on paper, e.g. `de-DE`. */
  locale: z.string().max(35).refine(isLocale, 'not a language tag'),
  store: z.strictObject({ name, header: z.array(text).max(10) }),
  till: name,
  operator: text.optional(),
  issued: localTimeSchema,
  /** Present on every print after the first: when that copy was made. */
  copy: localTimeSchema.optional(),
  footer: z.array(text).max(20),
});

export const saleReceiptSchema = headSchema.extend({
  kind: z.literal('sale'),
  number: name,
  money: moneySchema,
  lines: z.array(receiptLineSchema).max(RECEIPT_LINES_MAX),
  discounts: z.array(discountSchema).max(100),
  totalMinor: amount,
  taxes: z.array(taxLineSchema).max(20),
  member: receiptMemberSchema.optional(),
  /** One-time codes that rewards of this sale gave, each with its last day. */
  vouchers: z
    .array(z.strictObject({ name, code: name, lastDay: name }))
    .max(100)
    .optional(),
  /** Lets an anonymous customer claim what this sale earned. */
  claimCode: name.optional(),
  qr: z.string().min(1).max(RECEIPT_QR_CHARS_MAX).optional(),
});

export const voidReceiptSchema = headSchema.extend({
  kind: z.literal('void'),
  number: name,
  /** Number of the receipt that it takes back. */
  voidedNumber: name,
  reason: text.optional(),
  money: moneySchema,
  totalMinor: amount,
  member: receiptMemberSchema.optional(),
});

/** Goods that came back: what each brings, and the sum as a negative total. */
export const refundReceiptSchema = headSchema.extend({
  kind: z.literal('refund'),
  number: name,
  /** Number of the receipt of the sale. */
  refundedNumber: name,
  money: moneySchema,
  lines: z.array(z.strictObject({ name, quantity: name, amountMinor: amount })).max(RECEIPT_LINES_MAX),
  totalMinor: amount,
  member: receiptMemberSchema.optional(),
});

/** Printed from the settings screen: a ruler, the letters that go wrong most, a QR code and a cut. */
export const testReceiptSchema = headSchema.extend({
  kind: z.literal('test'),
  printer: name,
});

export const receiptSchema = z.discriminatedUnion('kind', [
  saleReceiptSchema,
  voidReceiptSchema,
  refundReceiptSchema,
  testReceiptSchema,
]);

export type LocalTimeText = z.infer<typeof localTimeSchema>;
export type ReceiptMoney = z.infer<typeof moneySchema>;
export type ReceiptLine = z.infer<typeof receiptLineSchema>;
export type ReceiptWallet = z.infer<typeof receiptWalletSchema>;
export type ReceiptMember = z.infer<typeof receiptMemberSchema>;
export type SaleReceipt = z.infer<typeof saleReceiptSchema>;
export type VoidReceipt = z.infer<typeof voidReceiptSchema>;
export type RefundReceipt = z.infer<typeof refundReceiptSchema>;
export type TestReceipt = z.infer<typeof testReceiptSchema>;
export type Receipt = z.infer<typeof receiptSchema>;

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false; // RangeError is how Intl says no
  }
}

/** The same receipt, marked as a copy made at that time; a copy of a copy keeps one mark, the newest. */
export function asCopy<Kind extends Receipt>(receipt: Kind, madeAt: LocalTimeText): Kind {
  return { ...receipt, copy: madeAt };
}
