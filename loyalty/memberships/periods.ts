import { addDuration, type BusinessDate, type DateDuration } from '../../base/business-date.ts';

/** No month is shorter: up to this day adding months one by one is adding them at once. */
const SAFE_DAY_MAX = 28;
/** More than there are from year 0 to 9999, where addDuration stops. */
const MONTHS_MAX = 120_000;
const DAYS_MAX = 3_700_000;

/**
 * So many periods one after the other, each from the end of the one before: 31 January + 2 × P1M is 28 March. A basket may hold
 * 100,000 units, so equal steps are taken at once where that comes to the same.
 */
export function afterPeriods(date: BusinessDate, period: DateDuration, units: number): BusinessDate {
  const { months, days } = partsOf(period);
  if (months === 0) return addDuration(date, durationOf('D', Math.min(units * days, DAYS_MAX)));
  let end = date;
  for (let left = units; left > 0; left -= 1) {
    if (days === 0 && Number(end.slice(8)) <= SAFE_DAY_MAX) {
      return addDuration(end, durationOf('M', Math.min(left * months, MONTHS_MAX)));
    }
    const next = addDuration(end, period);
    if (next === end) return end;
    end = next;
  }
  return end;
}

function partsOf(period: DateDuration): { readonly months: number; readonly days: number } {
  const part = (unit: string) => Number(new RegExp(`(\\d+)${unit}`).exec(period)?.[1] ?? 0);
  return { months: part('Y') * 12 + part('M'), days: part('W') * 7 + part('D') };
}

function durationOf(unit: 'M' | 'D', count: number): DateDuration {
  return `P${count}${unit}` as DateDuration; // in its form
}
