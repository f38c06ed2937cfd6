import type { DateDuration } from '../../../base/business-date.ts';
import { firstWithin } from '../../../base/date-span.ts';
import type { Window } from './window.ts';

/** A sale of date d counts on date D when d ≤ D < d + duration (fine print 10). */
export function durationWindow(duration: DateDuration): Window {
  return { firstOn: (date) => firstWithin(date, duration), firstAtEnd: (date) => firstWithin(date, duration) };
}
