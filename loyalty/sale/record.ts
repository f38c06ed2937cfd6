import type { BusinessDate } from '../../base/business-date.ts';
import type { RewardId, RuleId, StoreId, WalletId } from '../../base/ids.ts';
import type { Minor, Points } from '../../base/numbers.ts';
import type { EarnContext } from '../earning/context.ts';
import type { Channel } from '../roles.ts';

/** A sale as the book has it: all that a refund, a late card or a claim needs to evaluate it again, in its own circumstances. */

export type RecordedLine = {
  readonly sku: string;
  readonly category: string | null;
  readonly tags: readonly string[];
  /** A decimal string. */
  readonly quantity: string;
  readonly unitPrice: Minor;
  readonly taxRate: string | null;
  readonly list: Minor;
  readonly paid: Minor;
};

export type RecordedRedemption = {
  readonly reward: RewardId;
  readonly wallet: WalletId | null;
  readonly cost: Points;
  readonly discount: Minor;
  /** Discount and units made free, by line of the sale; lines without either are left out. */
  readonly lines: readonly { readonly line: number; readonly discount: Minor; readonly freeUnits: number }[];
};

export type RecordedEarning = { readonly rule: RuleId; readonly wallet: WalletId; readonly amount: Points };

export type SaleRecord = {
  readonly date: BusinessDate;
  /** Since midnight on the shop's wall. */
  readonly minute: number;
  readonly channel: Channel;
  readonly store: StoreId;
  readonly lines: readonly RecordedLine[];
  /** In the order in which they were applied. */
  readonly redeemed: readonly RecordedRedemption[];
  /** By the rules, at the sale or when its card came late; empty while it has no member. */
  readonly earned: readonly RecordedEarning[];
  readonly context: EarnContext;
};

/** What refunds of a sale have undone so far. Lists are as long as those of the sale that they stand beside, in its order. */
export type Returned = {
  readonly lines: readonly ReturnedLine[];
  /** Units of a wallet that each redemption has given back. */
  readonly redeemed: readonly Points[];
  /** What each earning lost, the sale's `earned` less what its rules still give. */
  readonly earned: readonly Points[];
};

export type ReturnedLine = {
  /** A decimal string, free units included; "0": nothing yet. */
  readonly quantity: string;
  /** Of it, units that a reward had made free. They come back last (fine print 23). */
  readonly freeUnits: number;
  readonly money: Minor;
};
