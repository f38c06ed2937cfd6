import { type BusinessDate, previousDay } from '../../../base/business-date.ts';
import type { Window } from './window.ts';

/** At an end the year is that of the day before: on 1 January the whole year that is over (fine print 17). */
export const calendarYear: Window = { firstOn: newYear, firstAtEnd: (date) => newYear(previousDay(date)) };

function newYear(date: BusinessDate): BusinessDate {
  return `${date.slice(0, 4)}-01-01` as BusinessDate; // the year of a date
}
