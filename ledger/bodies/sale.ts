import { z } from 'zod';
import type { BusinessDate } from '../../base/business-date.ts';
import type { CardCode, HashHex, MemberId, SaleId, WalletId } from '../../base/ids.ts';
import type { Minor, Points } from '../../base/numbers.ts';
import { type EarnContext, NO_CONTEXT } from '../../loyalty/earning/context.ts';
import type { Channel } from '../../loyalty/roles.ts';
import type { PartnerNumber } from '../../loyalty/sale/request.ts';
import type { RecordedEarning, RecordedLine, RecordedRedemption } from '../../loyalty/sale/record.ts';
import { amount, count, date, hash, id, key, quantity, units } from './fields.ts';

/** What a sale gave beside the earnings of its rules; a refund may take it back. Amounts above 0, or no wallet. */
export type SaleGift =
  | {
      readonly reason: 'badge';
      readonly badge: string;
      readonly wallet: WalletId | null;
      readonly amount: Points;
    }
  | { readonly reason: 'referee'; readonly wallet: WalletId; readonly amount: Points }
  | { readonly reason: 'referrer'; readonly member: MemberId; readonly wallet: WalletId; readonly amount: Points };

/** A one-time code that a reward printed: the code's hash, since the code itself is money. */
export type IssuedVoucher = {
  /** Index in `redeemed`. */
  readonly redemption: number;
  readonly code: HashHex;
  /** First date on which it is no longer valid. */
  readonly end: BusinessDate;
};

/** What a rule gave and saw, at the sale or when its card came late. */
export type Earnings = { readonly earned: readonly RecordedEarning[]; readonly context: EarnContext };

export type SaleBody = Earnings & {
  readonly sale: SaleId;
  /** The POS's own name of the sale, unique in its till. */
  readonly reference: string | null;
  /** The POS's register that the reference is of: with both, the same receipt is known at whatever till it is entered. */
  readonly register?: string;
  /** The card that was scanned, as far as the caller named the customer by one. */
  readonly card?: CardCode;
  readonly channel: Channel;
  /** Minutes since midnight on the shop's wall, recorded and never computed again. */
  readonly minute: number;
  readonly lines: readonly RecordedLine[];
  readonly redeemed: readonly RecordedRedemption[];
  readonly list: Minor;
  readonly discount: Minor;
  readonly due: Minor;
  readonly gifts: readonly SaleGift[];
  readonly vouchers: readonly IssuedVoucher[];
  readonly partner: PartnerNumber | null;
  /** Automatic enrolment: the entry's member is an account that nobody has claimed; the hash of the receipt's claim code. */
  readonly claim: HashHex | null;
};

const lineSchema = z.looseObject({
  sku: z.string(),
  category: z.string().nullable(),
  tags: z.array(z.string()),
  quantity,
  unitPrice: units,
  taxRate: z.string().nullable(),
  list: amount,
  paid: amount,
});

const redemptionSchema = z.looseObject({
  reward: key,
  wallet: key.nullable(),
  cost: amount,
  discount: amount,
  lines: z.array(z.looseObject({ line: count, discount: amount, freeUnits: count })),
});

export const giftSchema = z.discriminatedUnion('reason', [
  z.looseObject({ reason: z.literal('badge'), badge: key, wallet: key.nullable(), amount }),
  z.looseObject({ reason: z.literal('referee'), wallet: key, amount }),
  z.looseObject({ reason: z.literal('referrer'), member: id, wallet: key, amount }),
]);

export const earningsFields = {
  earned: z.array(z.looseObject({ rule: key, wallet: key, amount })),
  context: z.looseObject({
    level: z.string().nullable(),
    held: z.array(key),
    frequent: z.array(z.looseObject({ times: count, within: z.string(), skus: z.array(z.string()) })),
    today: z.array(z.looseObject({ rule: key, amount })),
  }),
};

export const saleV1 = z.looseObject({
  sale: id,
  reference: z.string().nullable(),
  channel: z.enum(['store', 'online']),
  minute: z.int().min(0).max(1439),
  lines: z.array(lineSchema),
  redeemed: z.array(redemptionSchema),
  earned: earningsFields.earned,
  list: amount,
  discount: amount,
  due: amount,
});
export const saleV2 = saleV1.extend({
  ...earningsFields,
  gifts: z.array(giftSchema),
  vouchers: z.array(z.looseObject({ redemption: count, code: hash, end: date })),
  partner: z.looseObject({ id: z.string(), number: z.string() }).nullable(),
  claim: hash.nullable(),
  register: z.string().min(1).max(64).optional(),
  card: id.optional(),
});

/** What version 1 could not say. */
export const SALE_V1_DEFAULTS = { context: NO_CONTEXT, gifts: [], vouchers: [], partner: null, claim: null } as const;

export function referrersIn(gifts: readonly SaleGift[]): MemberId[] {
  return gifts.flatMap((gift) => (gift.reason === 'referrer' ? [gift.member] : []));
}
