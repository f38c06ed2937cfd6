import { useAmounts } from '../state/till-context.tsx';
import { lastDayBefore } from '../../ui/i18n/last-day.ts';
import { formatDay } from './when.ts';

/** Writes calendar dates as the store does. */
export function useDates(): {
  readonly day: (date: string) => string;
  /** Of an end, which is the first date on which something is over: the last day on which it is not. */
  readonly lastDay: (end: string) => string;
} {
  const { locale } = useAmounts();
  return {
    day: (date) => formatDay(date, locale),
    lastDay: (end) => formatDay(lastDayBefore(end), locale),
  };
}
