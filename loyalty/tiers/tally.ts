import type { BusinessDate } from '../../base/business-date.ts';
import type { WalletId } from '../../base/ids.ts';

/** What is left of one sale, or of several of one date, after refunds: all that levels measure. */
export type Tally = {
  readonly date: BusinessDate;
  /** Refunded sales included, voided ones not (fine print 29). */
  readonly visits: number;
  /** Paid and left, minor units. */
  readonly spend: number;
  /** What rules earned and still give, by wallet: no gift, adjustment or transfer. */
  readonly earned: Readonly<Record<WalletId, number>>;
};
