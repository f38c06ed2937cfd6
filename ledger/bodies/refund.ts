import { z } from 'zod';
import type { HashHex, RewardId, RuleId, SaleId, WalletId } from '../../base/ids.ts';
import type { Minor, Points } from '../../base/numbers.ts';
import type { WalletAmount } from '../../loyalty/wallet-amounts.ts';
import { amount, count, hash, id, key, quantity, walletAmounts } from './fields.ts';
import { giftSchema, type SaleGift } from './sale.ts';

export type RefundedLine = {
  readonly line: number;
  readonly quantity: string;
  /** Of it, units that a reward had made free. */
  readonly freeUnits: number;
  readonly money: Minor;
};

/** A refund, or a void, which is one of all that is left, on the sale's own business date. */
export type RefundBody = {
  readonly sale: SaleId;
  readonly lines: readonly RefundedLine[];
  readonly money: Minor;
  /** What was spent comes back; `redemption` is the index in the sale. */
  readonly returned: readonly {
    readonly redemption: number;
    readonly reward: RewardId;
    readonly wallet: WalletId;
    readonly amount: Points;
  }[];
  /** What its rules no longer give; `earning` is the index in the sale. */
  readonly lost: readonly {
    readonly earning: number;
    readonly rule: RuleId;
    readonly wallet: WalletId;
    readonly amount: Points;
  }[];
  /** Of that, by how much the balance falls: what had ended and what was forgiven is not in it (fine print 26, 28). */
  readonly takenBack: readonly WalletAmount[];
  /** Gifts of the sale that go back; each amount is by how much the balance falls. */
  readonly gifts: readonly SaleGift[];
  /** Nothing of the sale is left. */
  readonly whole: boolean;
  /** Vouchers of the sale, where nothing of it is left: they are worth nothing any more. */
  readonly vouchers?: readonly HashHex[];
};

export const refundV1 = z.looseObject({
  sale: id,
  lines: z.array(z.looseObject({ line: count, quantity, freeUnits: count, money: amount })),
  money: amount,
  returned: z.array(z.looseObject({ redemption: count, reward: key, wallet: key, amount })),
  lost: z.array(z.looseObject({ earning: count, rule: key, wallet: key, amount })),
  takenBack: walletAmounts,
  gifts: z.array(giftSchema),
  whole: z.boolean(),
  vouchers: z.array(hash).optional(),
});
export const voidV1 = z.looseObject({ sale: id, money: amount, returned: walletAmounts, takenBack: walletAmounts });

type VoidV1 = {
  readonly sale: SaleId;
  readonly money: Minor;
  readonly returned: readonly WalletAmount[];
  readonly takenBack: readonly WalletAmount[];
};

/** A void of version 1 had sums by wallet only; all of the sale was undone. */
export function fromVoidV1(body: VoidV1): RefundBody {
  const { returned, takenBack } = body;
  return {
    ...body,
    lines: [],
    returned: returned.map(({ wallet, amount: units }, redemption) => ({
      redemption,
      reward: 'unknown' as RewardId, // a void of version 1 did not say
      wallet,
      amount: units,
    })),
    lost: takenBack.map(({ wallet, amount: units }, earning) => ({
      earning,
      rule: 'unknown' as RuleId, // likewise
      wallet,
      amount: units,
    })),
    gifts: [],
    whole: true,
  };
}
