import { lastDayBefore } from '../../ui/i18n/last-day.ts';
import { useAmounts, useTill } from '../state/till-context.tsx';
import { formatDay, formatNearDay } from './when.ts';

type Write = (date: string) => string;

/** Writes calendar dates as the store does. Of an end, which is the first date on which something is over, people are told the last day. */
export function useDates(): {
  readonly day: Write;
  readonly lastDay: Write;
  /** Where there is room for little: without the year where it is this one. */
  readonly nearDay: Write;
  readonly nearLastDay: Write;
} {
  const { locale } = useAmounts();
  const today = useTill((state) => state.status.status?.businessDate ?? '');
  return {
    day: (date) => formatDay(date, locale),
    lastDay: (end) => formatDay(lastDayBefore(end), locale),
    nearDay: (date) => formatNearDay(date, today, locale),
    nearLastDay: (end) => formatNearDay(lastDayBefore(end), today, locale),
  };
}
