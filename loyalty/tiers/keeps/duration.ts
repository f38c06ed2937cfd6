import type { DateDuration } from '../../../base/business-date.ts';
import { endOfSpan } from '../../../base/date-span.ts';
import type { Keep } from './keep.ts';

export function durationKeep(duration: DateDuration): Keep {
  return (date) => endOfSpan(date, duration);
}
