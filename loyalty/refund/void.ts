import type { Minor } from '../../base/numbers.ts';
import type { SaleEvaluation } from '../sale/evaluation.ts';
import type { WalletAmount } from '../wallet-amounts.ts';

/** What undoing a sale moves. */
export type SaleReversal = {
  /** Minor units back to the customer. */
  readonly money: Minor;
  /** What was spent comes back first (fine print 26). */
  readonly returned: readonly WalletAmount[];
  /** What rules gave goes; where the balance is lower, the ledger lets it fall below zero. */
  readonly takenBack: readonly WalletAmount[];
};

/** A void is a full refund on the sale's own business date (programme.md, "Refund, void"): all of everything. */
export function voidSale({ totals, spent, earned }: SaleEvaluation): SaleReversal {
  return { money: totals.due, returned: spent, takenBack: earned };
}
