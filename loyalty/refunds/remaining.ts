import { type Minor, minor, NO_MONEY } from '../../base/numbers.ts';
import { type Rational, ZERO } from '../../base/rational.ts';
import { listPrice, wholeUnitsIn } from '../sale/price.ts';
import type { Returned, SaleRecord } from '../sale/record.ts';
import { quantityText } from './quantity.ts';
import { leftOf, returnedQuantities, type SoldLine, soldLines } from './sold-line.ts';

/** What is left of a sale after the refunds so far (fine print 23 and 27). */

export type RemainingLine = {
  /** The index in the sale. */
  readonly line: number;
  /** A decimal string, free units included; "0": all has come back. */
  readonly quantity: string;
  /** Whole units of it. */
  readonly wholeUnits: number;
  /** Of them, units that a reward made free. */
  readonly freeUnits: number;
  /** What was paid less the money back; never below 0. */
  readonly paid: Minor;
  /** Quantity left × unit price, half up. */
  readonly list: Minor;
};

/** Whether nothing of the sale is left, free units included. */
export function isAllReturned(record: SaleRecord, returned: Returned): boolean {
  return remaining(record, returned).every(({ quantity }) => quantity === '0');
}

/** One for each line of the sale, in its order. */
export function remaining(record: SaleRecord, returned: Returned): readonly RemainingLine[] {
  const quantities = returnedQuantities(returned.lines);
  return soldLines(record).map((sold) => {
    const money = returned.lines[sold.index]?.money ?? NO_MONEY;
    return remainingLine(sold, leftOf(sold, quantities[sold.index] ?? ZERO), money);
  });
}

function remainingLine({ index, line, freeUnits }: SoldLine, left: Rational, money: Minor): RemainingLine {
  const wholeUnits = wholeUnitsIn(left);
  return {
    line: index,
    quantity: quantityText(left),
    wholeUnits,
    // They come back last: as many whole units as are left are free, up to all that were.
    freeUnits: Math.min(freeUnits, wholeUnits),
    paid: minor(Math.max(0, line.paid - money)),
    list: minor(listPrice(left, line.unitPrice)),
  };
}
