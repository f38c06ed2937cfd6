import { type Rational, rational, subtract, ZERO } from '../../base/rational.ts';
import type { RecordedLine, Returned, SaleRecord } from '../sale/record.ts';
import { lesser, recordedQuantity } from './quantity.ts';

/**
 * A line of a sale and what has come back of it. Units that a reward made free come back last (fine print 23): the charged
 * ones, which are all others, first. A part of a unit counts as that part.
 */
export type SoldLine = {
  readonly index: number;
  readonly line: RecordedLine;
  readonly quantity: Rational;
  /** Of it, whole units that rewards made free. */
  readonly freeUnits: number;
  /** The others. */
  readonly charged: Rational;
};

export function soldLines({ lines, redeemed }: SaleRecord): readonly SoldLine[] {
  const free = lines.map(() => 0);
  for (const redemption of redeemed) {
    for (const { line, freeUnits } of redemption.lines) free[line] = (free[line] ?? 0) + freeUnits;
  }
  return lines.map((line, index) => {
    const quantity = recordedQuantity(line.quantity);
    const freeUnits = free[index] ?? 0;
    return { index, line, quantity, freeUnits, charged: subtract(quantity, rational(freeUnits)) };
  });
}

/** By line of the sale; ZERO where nothing has come back. */
export function returnedQuantities(lines: Returned['lines']): readonly Rational[] {
  return lines.map(({ quantity }) => recordedQuantity(quantity));
}

/** What is left when so much has come back: never below 0, also where two tills took the same units back. */
export function leftOf({ quantity }: SoldLine, returned: Rational): Rational {
  return subtract(quantity, lesser(quantity, returned));
}

/** How many of the units returned had been charged. */
export function chargedAmong({ charged }: SoldLine, returned: Rational): Rational {
  return lesser(charged, returned);
}

/** How many of the units returned a reward had made free. */
export function freeAmong(line: SoldLine, returned: Rational): Rational {
  const some = lesser(returned, line.quantity);
  return line.freeUnits === 0 ? ZERO : subtract(some, chargedAmong(line, some));
}
