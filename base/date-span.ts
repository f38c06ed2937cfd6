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
const DURATIONS_KEPT_MAX = 100;
const DATES_KEPT_MAX = 1_000;
/** By duration, then date: one text of both would have to be built and hashed at every question. */
type Answers<Answer> = Map<DateDuration, Map<BusinessDate, Answer>>;
const ends: Answers<BusinessDate | null> = new Map();
const firsts: Answers<BusinessDate> = new Map();

/** The first date after it; null where that is later than four digits can write: for us, never. */
export function endOfSpan(date: BusinessDate, duration: DateDuration): BusinessDate | null {
  return kept(ends, date, duration, spanEnd);
}

function spanEnd(date: BusinessDate, duration: DateDuration): BusinessDate | null {
  const end = addDuration(date, duration);
  return end === LAST_BUSINESS_DATE ? null : end;
}

/** The earliest date d with `date` before d + duration; the day after `date` where the duration is of nothing. */
export function firstWithin(date: BusinessDate, duration: DateDuration): BusinessDate {
  return kept(firsts, date, duration, earliestWithin);
}

function earliestWithin(date: BusinessDate, duration: DateDuration): BusinessDate {
  const reaches = (from: BusinessDate) => {
    const end = endOfSpan(from, duration);
    return end === null || end > date;
  };
  // Months are of many lengths: 28 February + P1M and 28 to 31 January + P1M need a look at the days around.
  let first = roughlyBefore(date, duration);
  while (first > FIRST_BUSINESS_DATE && reaches(previousDay(first))) first = previousDay(first);
  while (!reaches(first)) first = nextDay(first);
  return first;
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
  answers: Answers<Answer>,
  date: BusinessDate,
  duration: DateDuration,
  make: (date: BusinessDate, duration: DateDuration) => Answer,
): Answer {
  const ofDuration = answers.get(duration) ?? new Map<BusinessDate, Answer>();
  const known = ofDuration.get(date);
  if (known !== undefined) return known;
  if (answers.size >= DURATIONS_KEPT_MAX) answers.clear();
  if (ofDuration.size >= DATES_KEPT_MAX) ofDuration.clear();
  const answer = make(date, duration);
  ofDuration.set(date, answer);
  answers.set(duration, ofDuration);
  return answer;
}
