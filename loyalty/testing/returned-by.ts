import { type Minor, minor, type Points, points } from '../../base/numbers.ts';
import { add, type Rational, ZERO } from '../../base/rational.ts';
import { floor } from '../../base/rounding.ts';
import type { Returned, ReturnedLine, SaleRecord } from '../sale/record.ts';
import { greater, quantityText, recordedQuantity } from '../refunds/quantity.ts';
import { freeAmong, type SoldLine, soldLines } from '../refunds/sold-line.ts';

/** What refunds have undone of a sale by plain sums over them: the tests hold the one-by-one way against it. */

/** A refund or void as the book has it. */
export type PastRefund = {
  readonly lines: readonly { readonly line: number; readonly quantity: string; readonly money: Minor }[];
  readonly returned: readonly { readonly redemption: number; readonly amount: Points }[];
  readonly lost: readonly { readonly earning: number; readonly amount: Points }[];
  /** Nothing was left: all is undone, also what is not named. */
  readonly whole: boolean;
};

/**
 * What all of these refunds have undone, in any order. Where tills that did not know of each other returned the same units,
 * the sums are above what was sold: nothing is left then, and no later refund pays for it again.
 */
export function returnedBy(record: SaleRecord, refunds: readonly PastRefund[]): Returned {
  const whole = refunds.some((refund) => refund.whole);
  const sums = sumsOf(record, refunds);
  return {
    lines: soldLines(record).map((sold) => returnedLine(sold, sums.quantities, sums.money, whole)),
    redeemed: record.redeemed.map(({ cost }, index) => points(atLeast(whole ? cost : 0, sums.redeemed[index]))),
    earned: record.earned.map(({ amount }, index) => points(atLeast(whole ? amount : 0, sums.earned[index]))),
  };
}

function sumsOf({ lines, redeemed, earned }: SaleRecord, refunds: readonly PastRefund[]) {
  const quantities = lines.map(() => ZERO);
  const money = lines.map(() => 0);
  const back = redeemed.map(() => 0);
  const lost = earned.map(() => 0);
  for (const refund of refunds) {
    for (const { line, quantity, money: paidBack } of refund.lines) {
      quantities[line] = add(quantities[line] ?? ZERO, recordedQuantity(quantity));
      money[line] = (money[line] ?? 0) + paidBack;
    }
    for (const { redemption, amount } of refund.returned) back[redemption] = (back[redemption] ?? 0) + amount;
    for (const { earning, amount } of refund.lost) lost[earning] = (lost[earning] ?? 0) + amount;
  }
  return { quantities, money, redeemed: back, earned: lost };
}

function returnedLine(
  sold: SoldLine,
  quantities: readonly Rational[],
  money: readonly number[],
  whole: boolean,
): ReturnedLine {
  const { index, quantity: all, line } = sold;
  const quantity = greater(quantities[index] ?? ZERO, whole ? all : ZERO);
  return {
    quantity: quantityText(quantity),
    freeUnits: Number(floor(freeAmong(sold, quantity))),
    money: minor(atLeast(whole ? line.paid : 0, money[index])),
  };
}

function atLeast(least: number, sum: number | undefined): number {
  return Math.max(least, sum ?? 0);
}
