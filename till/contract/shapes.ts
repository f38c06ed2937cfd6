/** The shapes of calls and events: what a screen sees of the till. Money is in minor units, points in whole units, times in ms since 1970. */
import { z } from 'zod';
import { catalogueItemSchema } from '../../base/catalogue.ts';
import type { CommandId, MemberId, SaleId } from '../../base/ids.ts';
import type { Unmet } from '../../loyalty/conditions/unmet.ts';
import { refundRequestSchema } from '../../loyalty/refunds/request.ts';

export { tillStatus, type TillStatus } from './status-shape.ts';

export const typedText = z.string().min(1).max(128);
const id = z.string().min(1).max(128);
export const memberId = id as unknown as z.ZodType<MemberId, string>; // ids that the engine gave out; it looks them up
export const saleId = id as unknown as z.ZodType<SaleId, string>; // likewise
/** UUID made by the caller: the same command twice gives the same answer and one entry. */
export const commandId = z.uuid() as unknown as z.ZodType<CommandId, string>; // a caller's UUID is a command id

export const catalogueItem = catalogueItemSchema;

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

export const badgeProgress = z.object({
  badge: z.string(),
  /** How often it was earned and kept. */
  held: z.int(),
  /** Units of what it counts, towards the next award. */
  count: z.int(),
  at: z.int(),
  /** Null: it is held and is earned once only. */
  missing: z.int().nullable(),
});

export const memberView = z.object({
  member: memberId,
  displayName: z.string().nullable(),
  /** Active cards, newest first. */
  cards: z.array(z.string()),
  joined: z.string(),
  blocked: z.boolean(),
  birthdayToday: z.boolean(),
  /** `offline`: what of it may be spent here without a connection. */
  balances: z.array(walletBalance.extend({ offline: z.int() })),
  /** When head office last said so, ms; null where all that is known was written at this till. */
  asOf: z.int().nullable(),
  /** Own entries on this member that head office has not confirmed. */
  waitingEntries: z.int(),
  rewards: z.array(rewardOutlook),
  visits: z.int(),
  /** Null where the programme has no levels. Dates of ends are the first on which it is over. */
  tier: z
    .object({
      /** Null: none is held. */
      level: z.string().nullable(),
      end: z.string().nullable(),
      measure: z.enum(['earned', 'spend', 'visits']),
      wallet: z.string().nullable(),
      /** Units of the measure in its window: points, minor units or visits. */
      measured: z.int(),
      /** Null: the highest is held. `missing` 0: the next sale reaches it. */
      next: z.object({ level: z.string(), at: z.int(), missing: z.int() }).nullable(),
    })
    .nullable(),
  /** What ends within 30 days, the next first. */
  endingSoon: z.array(z.object({ wallet: z.string(), amount: z.int(), end: z.string() })),
  /** What cannot be spent yet, and from when it can. */
  pending: z.array(z.object({ wallet: z.string(), amount: z.int(), from: z.string() })),
  badges: z.array(badgeProgress),
  /** Those that run. */
  memberships: z.array(z.object({ membership: z.string(), end: z.string().nullable() })),
  clubs: z.array(z.string()),
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
  /** An id that the caller has for the member; by default the till makes one. */
  member: memberId.nullish(),
  card: typedText.nullable(),
  firstName: z.string().trim().min(1).max(80).nullable(),
  phone: z.string().trim().min(1).max(40).nullable(),
  email: z.string().trim().min(1).max(254).nullable(),
  /** `YYYY-MM-DD` or `MM-DD`. */
  birthday: z.string().max(10).nullable(),
  /** The member who brought them, by id or card. */
  referredBy: z.strictObject({ member: memberId.nullish(), card: typedText.nullish() }).nullish(),
  clubs: z.array(z.string().min(1).max(128)).max(50).optional(),
  segments: z.array(z.string().min(1).max(64)).max(50).optional(),
  /** The customer says that they share their phone number or e-mail address with another member. */
  allowSharedContact: z.boolean().optional(),
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

export const partnerNumber = z.strictObject({ id: z.string().min(1).max(128), number: z.string().min(1).max(128) });

export const BASKET_LINES_MAX = 1_000;
export const basket = z.strictObject({
  member: memberId.nullable(),
  /** Instead of the member: a card that was scanned. */
  card: typedText.nullish(),
  /** The member's number in a partner programme. */
  partner: partnerNumber.nullish(),
  lines: z.array(basketLine).min(1).max(BASKET_LINES_MAX),
  /** `points` for a reward of kind spend: how many units to spend. */
  redeem: z.array(z.strictObject({ reward: z.string().min(1).max(128), points: z.number().optional() })).max(50),
});
export type Basket = z.infer<typeof basket>;

export const commit = basket.extend({
  command: commandId,
  /** The POS's own name of the sale. */
  reference: z.string().min(1).max(64).nullable(),
  /** The POS's register that the reference is of: with it, the same receipt entered at another till earns nothing a second time. */
  register: z.string().min(1).max(64).nullish(),
  /** The card by which the member was found: where it turns out to have been blocked, what the sale earns is held back. */
  scanned: typedText.nullish(),
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
  /** Head office gives the money, minor units. */
  donation: z.object({ to: z.string(), money: z.int() }).optional(),
});

/** What a sale gives beside its earnings; the wallet is null where a badge gives nothing else. `referrer`: to who brought the member. */
export const gift = z.object({
  reason: z.enum(['badge', 'referee', 'referrer']),
  badge: z.string().nullable(),
  wallet: z.string().nullable(),
  amount: z.int(),
});

/** A level and the first date on which it is gone; null: never. */
export const heldLevel = z.object({ level: z.string(), end: z.string().nullable() });

/** Why something does not hold: see loyalty/conditions/unmet.ts. */
export const unmet = z.looseObject({ condition: z.string() }) as unknown as z.ZodType<Unmet>; // made by one module of ours, which owns its shape

/** A reward for this basket: what it would do now in addition to what is asked for, or why it cannot be had. */
export const rewardOption = z.object({
  reward: z.string(),
  name: z.string(),
  kind: z.string(),
  cost: z.object({ wallet: z.string(), amount: z.int().nullable() }).nullable(),
  applied: z.boolean(),
  outcome: z.discriminatedUnion('possible', [
    z.object({ possible: z.literal(true), discount: z.int(), spends: walletAmount.nullable() }),
    z.object({
      possible: z.literal(false),
      code: z.string(),
      message: z.string(),
      missing: z.int().nullable(),
      /** With `offline-limit`: units that may be spent here without head office. */
      left: z.int().nullable(),
      /** Conditions that fail; empty where the refusal is of another kind. */
      because: z.array(unmet),
    }),
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
  gifts: z.array(gift),
  /** Balances after the sale; empty where it earns for nobody. */
  balanceAfter: z.array(walletBalance),
  tierAfter: heldLevel.nullable(),
  /** Without a card: its receipt will have a code with which the customer claims what it earns. */
  claimable: z.boolean(),
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
  refunded: z.enum(['none', 'part', 'whole']),
  /** By refunds and voids so far: money to the customer, what was spent and came back, what of the earnings was taken back. */
  undone: z.object({ money: z.int(), returned: z.array(walletAmount), takenBack: z.array(walletAmount) }),
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
  /** The account that nobody has claimed yet. */
  unclaimed: memberId.nullable(),
  /** Printed on the receipt; the till cannot show it again. */
  claimCode: z.string().nullable(),
  /** One-time codes; valid on business dates before `validBefore`. */
  vouchers: z.array(z.object({ reward: z.string(), name: z.string(), code: z.string(), validBefore: z.string() })),
  partner: partnerNumber.nullable(),
  printJob: printJobView.nullable(),
});
export type CommittedSale = z.infer<typeof committedSale>;

/** A refund, or a void, which is one of all that is left. */
export const refundedSale = z.object({
  sale: saleId,
  receipt: z.string(),
  member: memberId.nullable(),
  businessDate: z.string(),
  money: z.int(),
  lines: z.array(z.object({ line: z.int(), quantity: z.string(), money: z.int() })),
  /** What was spent and comes back; by how much balances fall for what was earned; gifts that go back. */
  returned: z.array(walletAmount),
  takenBack: z.array(walletAmount),
  gifts: z.array(gift),
  /** Nothing of the sale is left. */
  whole: z.boolean(),
  balances: z.array(walletBalance),
  tierAfter: heldLevel.nullable(),
  printJob: printJobView.nullable(),
});
export type RefundedSale = z.infer<typeof refundedSale>;

/** A sale whose card came late. */
export const attachedSale = z.object({
  sale: saleId,
  member: memberId,
  businessDate: z.string(),
  earned: z.array(walletAmount),
  gifts: z.array(gift),
  balances: z.array(walletBalance),
  tierAfter: heldLevel.nullable(),
});
export type AttachedSale = z.infer<typeof attachedSale>;

const customer = { member: memberId.nullish(), card: typedText.nullish() };
/** Our id of a sale, the number on its receipt, or the POS's reference of a sale of this till. */
export const saleName = id;

export const refund = z.strictObject({ command: commandId, sale: saleName, what: refundRequestSchema });
export const attach = z.strictObject({ command: commandId, sale: saleName, ...customer });
/** The code as it was typed from the receipt. */
export const claim = z.strictObject({
  command: commandId,
  code: z.string().min(1).max(64),
  sale: saleName.nullish(),
  ...customer,
});
export const redeemVoucher = z.strictObject({
  command: commandId,
  code: z.string().min(1).max(64),
  reference: z.string().min(1).max(64).nullish(),
});
export const redeemedVoucher = z.object({ reward: z.string(), name: z.string(), businessDate: z.string() });
export type RedeemedVoucher = z.infer<typeof redeemedVoucher>;

/** `amount` is signed. What it says is judged by the engine, which looks at the member first. */
export const adjust = z.strictObject({
  command: commandId,
  ...customer,
  wallet: id,
  amount: z.int(),
  reason: z.string().max(500),
});
export const transfer = z.strictObject({
  command: commandId,
  from: memberId,
  to: memberId,
  wallet: id,
  amount: z.int(),
});
export const card = z.strictObject({
  command: commandId,
  member: memberId,
  card: typedText,
  action: z.enum(['link', 'block', 'replace']),
  /** The new card, with `replace`. */
  new: typedText.nullish(),
});
export const club = z.strictObject({ command: commandId, ...customer, club: id, action: z.enum(['join', 'leave']) });

export const presentedBasket = z.object({ basket, reference: z.string().nullable(), member: memberView.nullable() });
