import { NO_MONEY, NO_POINTS } from '../../base/numbers.ts';
import type { Returned, SaleRecord } from '../sale/record.ts';

/** Before the first refund of a sale. */
export function nothingReturned({ lines, redeemed, earned }: SaleRecord): Returned {
  return {
    lines: lines.map(() => ({ quantity: '0', freeUnits: 0, money: NO_MONEY })),
    redeemed: redeemed.map(() => NO_POINTS),
    earned: earned.map(() => NO_POINTS),
  };
}
