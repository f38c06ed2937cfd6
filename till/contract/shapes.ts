/** The shapes of calls and events: what a screen sees of the till. Money is in minor units, points in whole units, times in ms since 1970. */
import { z } from 'zod';
import { catalogueItemSchema } from '../../base/catalogue.ts';
import type { CommandId, MemberId, SaleId } from '../../base/ids.ts';

export const typedText = z.string().min(1).max(128);
const id = z.string().min(1).max(128);
export const memberId = id as unknown as z.ZodType<MemberId, string>; // ids that the engine gave out; it looks them up
export const saleId = id as unknown as z.ZodType<SaleId, string>; // likewise
/** UUID made by the caller: the same command twice gives the same answer and one entry. */
export const commandId = z.uuid() as unknown as z.ZodType<CommandId, string>; // a caller's UUID is a command id

export const catalogueItem = catalogueItemSchema;

export const connection = z.discriminatedUnion('state', [
  z.object({ state: z.literal('online') }),
  z.object({ state: z.literal('connecting') }),
  /** `since`: last contact, null where there was none; `reason`: a sentence. */
  z.object({ state: z.literal('offline'), since: z.int().nullable(), reason: z.string() }),
]);

export const printerStatus = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['virtual', 'tcp', 'file']),
  state: z.enum(['ready', 'unknown', 'failing']),
  /** A sentence with the next step where it is failing. */
  message: z.string().nullable(),
  waitingJobs: z.int(),
});

export const tillStatus = z.object({
  enrolled: z
    .object({ org: z.string(), store: z.string(), till: z.string(), headOffice: z.string(), receiptPrefix: z.string() })
    .nullable(),
  connection,
  /** Own entries that head office has not confirmed. */
  waiting: z.object({ entries: z.int(), oldest: z.int().nullable() }),
  printer: printerStatus,
  locale: z.string(),
  timeZone: z.string(),
  /** Null until the first programme has come. */
  programme: z
    .object({
      id: z.string(),
      version: z.int(),
      currency: z.string(),
      minorDigits: z.int(),
      wallets: z.array(z.object({ wallet: z.string(), name: z.string(), kind: z.enum(['points', 'stamps', 'money']) })),
    })
    .nullable(),
  businessDate: z.string(),
  /** Example card numbers, where the data are the shipped example. */
  exampleCards: z.array(z.object({ card: z.string(), label: z.string() })),
  /** Sentences for the people at the till: a `warning` wants something done, a `note` is how this till is set up. */
  warnings: z.array(z.object({ code: z.string(), severity: z.enum(['warning', 'note']), message: z.string() })),
});
export type TillStatus = z.infer<typeof tillStatus>;

export const walletBalance = z.object({
  wallet: z.string(),
  name: z.string(),
  kind: z.enum(['points', 'stamps', 'money']),
  balance: z.int(),
  spendable: z.int(),
});

/** A reward as a member sees it before there is a basket: can its cost be paid, and what is missing. */
export const rewardOutlook = z.object({
  reward: z.string(),
  name: z.string(),
  cost: z.object({ wallet: z.string(), amount: z.int().nullable() }).nullable(),
  affordable: z.boolean(),
  /** Units to go where it is not affordable. */
  missing: z.int(),
});

export const memberView = z.object({
  member: memberId,
  displayName: z.string().nullable(),
  /** Active cards, newest first. */
  cards: z.array(z.string()),
  joined: z.string(),
  blocked: z.boolean(),
  birthdayToday: z.boolean(),
  balances: z.array(walletBalance),
  /** When head office last said so, ms; null where all that is known was written at this till. */
  asOf: z.int().nullable(),
  /** Own entries on this member that head office has not confirmed. */
  waitingEntries: z.int(),
  rewards: z.array(rewardOutlook),
  visits: z.int(),
});
export type MemberView = z.infer<typeof memberView>;

export const memberHit = z.object({
  member: memberId,
  displayName: z.string().nullable(),
  card: z.string().nullable(),
});

/** Phone in any spelling with or without country code, checked and normalised by the engine. */
export const enrolMember = z.strictObject({
  command: commandId,
  card: typedText,
  firstName: z.string().trim().min(1).max(80).nullable(),
  phone: z.string().trim().min(1).max(40).nullable(),
  email: z.string().trim().min(1).max(254).nullable(),
  /** `YYYY-MM-DD` or `MM-DD`. */
  birthday: z.string().max(10).nullable(),
});

export const basketLine = z.strictObject({
  sku: z.string().min(1).max(64),
  /** Printed on the receipt; the ledger keeps the sku only. */
  name: z.string().max(80).optional(),
  category: z.string().max(64).optional(),
  tags: z.array(z.string().max(64)).max(20).optional(),
  /** Decimal above 0 with at most 4 places. */
  quantity: z.string().max(24),
  /** Minor units, tax included. */
  unitPrice: z.number(),
  taxRate: z.string().max(12).optional(),
});

export const BASKET_LINES_MAX = 1_000;
export const basket = z.strictObject({
  member: memberId.nullable(),
  lines: z.array(basketLine).min(1).max(BASKET_LINES_MAX),
  /** `points` for a reward of kind spend: how many units to spend. */
  redeem: z.array(z.strictObject({ reward: z.string().min(1).max(128), points: z.number().optional() })).max(50),
});
export type Basket = z.infer<typeof basket>;

export const commit = basket.extend({
  command: commandId,
  /** The POS's own name of the sale. */
  reference: z.string().min(1).max(64).nullable(),
  /** The total that the customer agreed to: where the till comes to another one, nothing is sold. Null: no check. */
  expectedDue: z.int().nullable(),
});

export const walletAmount = z.object({ wallet: z.string(), amount: z.int() });
export const quotedLine = z.object({ line: z.int(), list: z.int(), discount: z.int(), paid: z.int(), tax: z.int() });

export const appliedReward = z.object({
  reward: z.string(),
  name: z.string(),
  cost: z.object({ wallet: z.string(), amount: z.int() }).nullable(),
  discount: z.int(),
  /** Its discount was cut, at full cost: must be said before the customer agrees. */
  cut: z.boolean(),
  auto: z.boolean(),
});

/** A reward for this basket: what it would do now in addition to what is asked for, or why it cannot be had. */
export const rewardOption = z.object({
  reward: z.string(),
  name: z.string(),
  kind: z.string(),
  cost: z.object({ wallet: z.string(), amount: z.int().nullable() }).nullable(),
  applied: z.boolean(),
  outcome: z.discriminatedUnion('possible', [
    z.object({ possible: z.literal(true), discount: z.int(), spends: walletAmount.nullable() }),
    z.object({ possible: z.literal(false), code: z.string(), message: z.string(), missing: z.int().nullable() }),
  ]),
  /** For a reward of kind spend: its step and the most that can be spent on this basket now, units. */
  spend: z.object({ step: z.int(), most: z.int() }).nullable(),
});

export const quote = z.object({
  lines: z.array(quotedLine),
  list: z.int(),
  discount: z.int(),
  due: z.int(),
  tax: z.array(z.object({ rate: z.string(), tax: z.int(), gross: z.int() })),
  redeemed: z.array(appliedReward),
  earned: z.array(walletAmount),
  spent: z.array(walletAmount),
  /** Balances after the sale; empty without a member. */
  balanceAfter: z.array(walletBalance),
  rewards: z.array(rewardOption),
});
export type Quote = z.infer<typeof quote>;

export const saleSummary = z.object({
  sale: saleId,
  receipt: z.string(),
  reference: z.string().nullable(),
  at: z.int(),
  businessDate: z.string(),
  member: memberId.nullable(),
  memberName: z.string().nullable(),
  due: z.int(),
  discount: z.int(),
  earned: z.array(walletAmount),
  spent: z.array(walletAmount),
  voided: z.boolean(),
  /** Head office has confirmed it. */
  synced: z.boolean(),
});

export const printJobView = z.object({
  job: z.string(),
  sale: saleId.nullable(),
  receipt: z.string().nullable(),
  printer: z.string(),
  copy: z.boolean(),
  /** `unknown`: it may have printed; never sent again by itself. */
  state: z.enum(['queued', 'sending', 'sent', 'unknown', 'failed', 'discarded']),
  message: z.string().nullable(),
  at: z.int(),
});

/** What the quote promised, without the choices that are over now. */
export const committedSale = quote.omit({ rewards: true }).extend({
  sale: saleId,
  receipt: z.string(),
  reference: z.string().nullable(),
  at: z.int(),
  businessDate: z.string(),
  member: memberId.nullable(),
  printJob: printJobView.nullable(),
});
export type CommittedSale = z.infer<typeof committedSale>;

export const voidedSale = z.object({
  sale: saleId,
  receipt: z.string(),
  money: z.int(),
  returned: z.array(walletAmount),
  takenBack: z.array(walletAmount),
  balances: z.array(walletBalance),
  printJob: printJobView.nullable(),
});
export type VoidedSale = z.infer<typeof voidedSale>;

/** A laid-out receipt, the very lines that the printer prints: the shape of ReceiptLayout in hardware/receipt/receipt-layout.ts. */
export const receiptView = z.object({
  columns: z.int(),
  elements: z.array(
    z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('text'),
        /** Columns are filled with spaces: show it with white-space preserved. */
        text: z.string(),
        align: z.enum(['left', 'center', 'right']),
        bold: z.boolean(),
        /** `tall`: twice as high; `double`: twice as high and wide. */
        size: z.enum(['normal', 'tall', 'double']),
        underline: z.boolean(),
      }),
      z.object({ kind: z.literal('rule') }),
      z.object({ kind: z.literal('qr'), content: z.string() }),
      z.object({ kind: z.literal('feed'), lines: z.int() }),
      z.object({ kind: z.literal('cut') }),
    ]),
  ),
});
export type ReceiptView = z.infer<typeof receiptView>;

export const presentedBasket = z.object({ basket, reference: z.string().nullable(), member: memberView.nullable() });
