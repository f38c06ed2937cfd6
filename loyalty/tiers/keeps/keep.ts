import type { BusinessDate } from '../../../base/business-date.ts';

/**
 * The first date on which a level is gone that was reached, or kept at its end, on `date`; null: never. A new way to keep is a
 * file beside this one and a line in table.ts.
 */
export type Keep = (date: BusinessDate) => BusinessDate | null;
