import type { BusinessDate } from '../../../base/business-date.ts';
import type { Keep } from './keep.ts';

const LAST_YEAR = 9999;

/** Through 31 December of the date's year, or so many years later. */
export function yearEnd(yearsLater: number): Keep {
  return (date) => {
    const year = Number(date.slice(0, 4)) + yearsLater + 1;
    return year > LAST_YEAR ? null : (`${String(year).padStart(4, '0')}-01-01` as BusinessDate); // a year's first day
  };
}
