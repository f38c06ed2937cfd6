import { addDuration, type BusinessDate, isZeroDuration } from '../../base/business-date.ts';
import { endOfMonth, endOfSpan } from '../../base/date-span.ts';
import type { Wallet } from '../programme/wallet.ts';
import { walletEnd } from './ends/table.ts';

/**
 * The first business date on which a lot is gone that was earned, or whose wallet was active, on `date`; null: never. With
 * `month-end` it can be spent through the last day of the month of date + after (fine print 14).
 */
export function endOfLot({ expiry }: Pick<Wallet, 'expiry'>, date: BusinessDate): BusinessDate | null {
  if (expiry === undefined) return null;
  const end = walletEnd(expiry.from).endFrom(date, expiry.after);
  return end === null || expiry.round === 'none' ? end : endOfMonth(end);
}

/** The first business date on which a lot earned on `date` can be spent. */
export function spendableFrom({ pending }: Pick<Wallet, 'pending'>, date: BusinessDate): BusinessDate {
  return isZeroDuration(pending) ? date : (endOfSpan(date, pending) ?? addDuration(date, pending));
}

/** Whether earnings, gifts and redemptions on a date move the ends of all lots to `endOfLot` of that date (fine print 15). */
export function movesWithActivity({ expiry }: Pick<Wallet, 'expiry'>): boolean {
  return expiry !== undefined && walletEnd(expiry.from).movesWithActivity;
}
