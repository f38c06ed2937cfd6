import { type Minor, minor } from '../../base/numbers.ts';
import { add, compare, divide, multiply, type Rational, rational, subtract } from '../../base/rational.ts';
import { floor, halfUp } from '../../base/rounding.ts';
import type { ReturnedLine } from '../sale/record.ts';
import { quantityText, recordedQuantity } from './quantity.ts';
import { chargedAmong, freeAmong, type SoldLine } from './sold-line.ts';

/** A line once so much more of it has come back: the sums of all refunds, this one included. */
export function returnedWith(sold: SoldLine, before: ReturnedLine, quantity: Rational): ReturnedLine {
  const earlier = recordedQuantity(before.quantity);
  const now = add(earlier, quantity);
  return {
    quantity: quantityText(now),
    // Only whole units are listed; the exact part of a unit is in the quantity.
    freeUnits: Number(floor(freeAmong(sold, now))),
    money: minor(before.money + moneyBack(sold, before.money, earlier, now)),
  };
}

/**
 * Paid × (charged units returned now) / (charged units sold), half up, at most what is left of paid; the refund that returns
 * the last of them gets all that is left, and free units bring nothing (fine print 23).
 */
function moneyBack(sold: SoldLine, paidBack: Minor, earlier: Rational, now: Rational): number {
  const { charged, line } = sold;
  // Two tills that did not know of each other may have paid back more than there was.
  const left = Math.max(0, line.paid - paidBack);
  const until = chargedAmong(sold, now);
  if (compare(until, charged) >= 0) return left;
  const share = divide(subtract(until, chargedAmong(sold, earlier)), charged);
  return Math.min(left, Number(halfUp(multiply(rational(line.paid), share))));
}
