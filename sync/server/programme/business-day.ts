import { businessTime, epochMs, localTime, type LocalTime } from '../../../base/business-date.ts';
import type { PublishedTerms } from './terms.ts';

/** Business dates are in the programme's zone, by its start of the day; before there is a programme, in UTC from midnight. */
export function businessDayOf(terms: PublishedTerms, at: number): LocalTime {
  const timezone = terms.versions[0]?.timezone ?? 'UTC';
  const dayStart = terms.on(localTime(epochMs(at), timezone).date)?.dayStart ?? 0;
  return businessTime(epochMs(at), timezone, dayStart);
}
