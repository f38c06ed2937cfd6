import type { BusinessDate } from '../../../base/business-date.ts';

/**
 * From which date on sales count. A new window is a file beside this one and a line in table.ts.
 * Null: from the first one on.
 */
export type Window = {
  /** After a sale on this date. */
  readonly firstOn: (date: BusinessDate) => BusinessDate | null;
  /** For a level whose end this date is: sales of earlier dates decide (fine print 17). */
  readonly firstAtEnd: (date: BusinessDate) => BusinessDate | null;
};
