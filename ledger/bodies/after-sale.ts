import { z } from 'zod';
import type { MemberId, SaleId, StoreId } from '../../base/ids.ts';
import type { Minor } from '../../base/numbers.ts';
import type { WalletAmount } from '../../loyalty/wallet-amounts.ts';
import type { Channel } from '../../loyalty/roles.ts';
import type { RecordedLine } from '../../loyalty/sale/record.ts';
import { earningsFields, type Earnings, type SaleGift, saleV2 } from './sale.ts';
import { id, walletAmounts } from './fields.ts';

/** A card that came after the sale: the entry's member earns what the sale would have earned. */
export type AttachBody = Earnings & {
  readonly sale: SaleId;
  /** What is left of the sale, so that the member's history has it wherever the sale itself is not known. */
  readonly lines: readonly RecordedLine[];
  /** Where, how and when on the shop's wall it was sold. */
  readonly store: StoreId;
  readonly channel: Channel;
  readonly minute: number;
  readonly due: Minor;
  readonly gifts: readonly SaleGift[];
  /** The unclaimed account that the sale had, with what it held: it is dropped. */
  readonly dropped: { readonly account: MemberId; readonly amounts: readonly WalletAmount[] } | null;
};

/** The customer brings the receipt's claim code: the unclaimed account's lots, sale and level become the member's. */
export type ClaimBody = { readonly sale: SaleId; readonly account: MemberId };

export const attachV1 = z.looseObject({
  sale: id,
  ...earningsFields,
  lines: saleV2.shape.lines,
  store: id,
  channel: saleV2.shape.channel,
  minute: saleV2.shape.minute,
  due: saleV2.shape.due,
  gifts: saleV2.shape.gifts,
  dropped: z.looseObject({ account: id, amounts: walletAmounts }).nullable(),
});
export const claimV1 = z.looseObject({ sale: id, account: id });
