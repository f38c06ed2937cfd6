import { Temporal } from 'temporal-polyfill';
import { addDuration, type BusinessDate, type DateDuration, previousDay } from './business-date.ts';

/**
 * Where a duration from a date ends, and from where on a duration reaches a date (fine print 10: d is within it on date D when
 * d ≤ D < d + duration). Both are asked at every sale for the same few dates, and calendar arithmetic is slow: answers are kept.
 */

const LAST_BUSINESS_DATE = '9999-12-31' as BusinessDate; // written in its form
const FIRST_BUSINESS_DATE = '0000-01-01' as BusinessDate; // written in its form
const ONE_DAY = 'P1D' as DateDuration; // written in its form
const ONE_MONTH = 'P1M' as DateDuration; // written in its form
const ANSWERS_KEPT_MAX = 10_000;
const ends = new Map<string, BusinessDate | null>();
const firsts = new Map<string, BusinessDate>();

/** The first date after it; null where that is later than four digits can write: for us, never. */
export function endOfSpan(date: BusinessDate, duration: DateDuration): BusinessDate | null {
  return kept(ends, `${date}${duration}`, () => {
    const end = addDuration(date, duration);
    return end === LAST_BUSINESS_DATE ? null : end;
  });
}

/** The earliest date d with `date` before d + duration; the day after `date` where the duration is of nothing. */
export function firstWithin(date: BusinessDate, duration: DateDuration): BusinessDate {
  return kept(firsts, `${date}${duration}`, () => {
    const reaches = (from: BusinessDate) => {
      const end = endOfSpan(from, duration);
      return end === null || end > date;
    };
    // Months are of many lengths: 28 February + P1M and 28 to 31 January + P1M need a look at the days around.
    let first = roughlyBefore(date, duration);
    while (first > FIRST_BUSINESS_DATE && reaches(previousDay(first))) first = previousDay(first);
    while (!reaches(first)) first = nextDay(first);
    return first;
  });
}

/** Of the last date that four digits can write, that date itself. */
export function nextDay(date: BusinessDate): BusinessDate {
  return addDuration(date, ONE_DAY);
}

/** The first date after the month of the date; null where four digits of year cannot write it. */
export function endOfMonth(date: BusinessDate): BusinessDate | null {
  return endOfSpan(`${date.slice(0, 7)}-01` as BusinessDate, ONE_MONTH); // the first day of a date's month
}

/** What would pass the first date that four digits can write stops there. */
function roughlyBefore(date: BusinessDate, duration: DateDuration): BusinessDate {
  const before = Temporal.PlainDate.from(date).subtract(duration, { overflow: 'constrain' });
  return before.year < 0 ? FIRST_BUSINESS_DATE : (before.toString() as BusinessDate); // four digits of year
}

function kept<Answer extends BusinessDate | null>(
  answers: Map<string, Answer>,
  key: string,
  make: () => Answer,
): Answer {
  const known = answers.get(key);
  if (known !== undefined) return known;
  if (answers.size >= ANSWERS_KEPT_MAX) answers.clear();
  const answer = make();
  answers.set(key, answer);
  return answer;
}
