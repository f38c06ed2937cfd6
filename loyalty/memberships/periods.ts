import { type BusinessDate, type DateDuration, parseBusinessDate } from '../../base/business-date.ts';
import { present } from '../../base/assert.ts';

type Day = { year: number; month: number; day: number };

const LAST_YEAR = 9999;
const LAST_BUSINESS_DATE = '9999-12-31' as BusinessDate; // written in its form

/**
 * So many periods one after the other, each from the end of the one before: 31 January + 2 × P1M is 28 March. What would pass
 * 9999-12-31 is 9999-12-31. Counted in plain numbers, since a basket may hold 100,000 units and a calendar is slow.
 */
export function afterPeriods(date: BusinessDate, period: DateDuration, units: number): BusinessDate {
  const { months, days } = partsOf(period);
  let end: Day = { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8)) };
  for (let left = units; left > 0 && end.year <= LAST_YEAR; left -= 1) end = plusDays(plusMonths(end, months), days);
  return end.year > LAST_YEAR ? LAST_BUSINESS_DATE : textOf(end);
}

/** Clamps to the last day of the month. */
function plusMonths({ year, month, day }: Day, months: number): Day {
  const count = year * 12 + month - 1 + months;
  const to = { year: Math.floor(count / 12), month: (count % 12) + 1 };
  return { ...to, day: Math.min(day, daysIn(to)) };
}

function plusDays(from: Day, days: number): Day {
  let { year, month } = from;
  let day = from.day + days;
  while (day > daysIn({ year, month }) && year <= LAST_YEAR) {
    day -= daysIn({ year, month });
    month += 1;
    if (month > 12) [year, month] = [year + 1, 1];
  }
  return { year, month, day };
}

function daysIn({ year, month }: Pick<Day, 'year' | 'month'>): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function partsOf(period: DateDuration): { readonly months: number; readonly days: number } {
  const part = (unit: string) => Number(new RegExp(`(\\d+)${unit}`).exec(period)?.[1] ?? 0);
  return { months: part('Y') * 12 + part('M'), days: part('W') * 7 + part('D') };
}

function textOf({ year, month, day }: Day): BusinessDate {
  const text = `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
  return present(parseBusinessDate(text), text);
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
