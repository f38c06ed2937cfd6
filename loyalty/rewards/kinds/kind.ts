import type { BusinessDate } from '../../../base/business-date.ts';
import type { Minor } from '../../../base/numbers.ts';
import type { LineFilter } from '../../conditions/lines.ts';
import type { PricedLine } from '../../sale/price.ts';

/** A line while rewards are being applied: what it costs at this moment, in minor units, and its units that are free already. */
export type BasketLine = { readonly line: PricedLine; readonly cost: number; readonly freeUnits: number };

/** What a reward takes off one line. `line` is the index in the sale; `freeUnits` are whole units of a free-item reward. */
export type LineDiscount = { readonly line: number; readonly discount: number; readonly freeUnits: number };

/** What a reward brings that is no discount; JSON carries it unchanged. */
export type RewardExtras = {
  /** To be had with a one-time code that the till makes, on business dates before that one. */
  readonly voucher?: { readonly validBefore: BusinessDate };
  /** Head office gives the money, in minor units; what the sale costs does not change (fine print 5). */
  readonly donation?: { readonly to: string; readonly money: Minor };
};

/**
 * What a reward does, whatever its kind. A new kind is a file beside this one, with its schema and a function to this interface,
 * and a line in table.ts.
 */
export type RewardKind = {
  /** The lines that it looks at; `when.minSpend` sums the same ones (fine print 20). */
  readonly lines: LineFilter | undefined;
  /**
   * Only where the caller names how many points to spend: they must be a positive multiple of this. Then the cost is those
   * points; otherwise the reward's own.
   */
  readonly pointsStep?: number;
  /** Only with `pointsStep`: the most points that do something at a total of so many minor units (may be 0). */
  readonly mostPoints?: (total: number) => number;
  /** Whether these points go beyond what the reward allows for a sale that costs so much (`limit-reached`). */
  readonly exceedsLimit?: (total: number, points: number) => boolean;
  /**
   * What it takes off each line now, of those that match `lines`; all of it 0 or empty: `nothing-to-discount`. Never more than a
   * line costs. Absent: it takes nothing off, and there is always something to have.
   */
  readonly discount?: (matching: readonly BasketLine[], points: number) => readonly LineDiscount[];
  /** What it gives beside a discount, in a sale of that business date. */
  readonly extras?: (date: BusinessDate) => RewardExtras;
};
