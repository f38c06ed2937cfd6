import type { Minor } from '../../base/numbers.ts';
import type { Returned } from '../sale/record.ts';
import type { WalletAmount } from '../wallet-amounts.ts';
import type { GivenBack } from './give-back.ts';
import type { TakenBack } from './take-back.ts';

/**
 * What a refund or void comes to: differences to what was undone before. Plain JSON, exact. What the balance does with them
 * (own lots first, ended lots, `forgive`: fine print 26, 28 and 30) is the ledger's.
 */
export type RefundEvaluation = {
  /** The lines that come back now, in the sale's order. */
  readonly lines: readonly RefundedLine[];
  /** Their sum, minor units. */
  readonly money: Minor;
  /** One for each redemption of the sale, in its order; also where nothing is given back now. */
  readonly redeemed: readonly GivenBack[];
  /** One for each earning of the sale, in its order; also where nothing is lost now. */
  readonly earned: readonly TakenBack[];
  /** Sums by wallet of `redeemed` and of `earned`; wallets with 0 are left out. */
  readonly givenBack: readonly WalletAmount[];
  readonly takenBack: readonly WalletAmount[];
  /** All that refunds have undone, this one included. */
  readonly returned: Returned;
  /** Nothing of the sale is left. */
  readonly whole: boolean;
};

export type RefundedLine = {
  /** The index in the sale. */
  readonly line: number;
  /** A decimal string, free units included. */
  readonly quantity: string;
  /** Whole units that a reward had made free and that have come back with this refund; they bring no money. */
  readonly freeUnits: number;
  readonly money: Minor;
};
