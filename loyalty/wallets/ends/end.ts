import type { BusinessDate, DateDuration } from '../../../base/business-date.ts';

/** From what on a lot's time runs. A new one is a file beside this one and a line in table.ts. */
export type WalletEnd = {
  /** Whether earnings, gifts and redemptions move the ends of the wallet's lots that have not ended (fine print 15). */
  readonly movesWithActivity: boolean;
  /** The date after which nothing can be spent any more, before rounding; null: never. */
  readonly endFrom: (date: BusinessDate, after: DateDuration) => BusinessDate | null;
};
