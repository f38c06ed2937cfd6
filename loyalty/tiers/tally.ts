import type { BusinessDate } from '../../base/business-date.ts';
import type { WalletId } from '../../base/ids.ts';
import type { WalletAmount } from '../wallet-amounts.ts';

/** What is left of sales after refunds: all that levels measure. */
export type Tally = SaleTally | SumTally;

type Measured = {
  readonly date: BusinessDate;
  /** Refunded sales included, voided ones not (fine print 29). */
  readonly visits: number;
  /** Paid and left, minor units. */
  readonly spend: number;
};

/** Of one sale, as its record has it: a fold makes one for every sale, and sums no more than is asked for. */
export type SaleTally = Measured & { readonly earnings: readonly WalletAmount[] };

/** Of one sale, or of several of one date. */
export type SumTally = Measured & {
  /** What rules earned and still give, by wallet: no gift, adjustment or transfer. */
  readonly earned: Readonly<Record<WalletId, number>>;
};
