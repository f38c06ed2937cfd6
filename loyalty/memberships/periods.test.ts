import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDuration, type DateDuration } from '../../base/business-date.ts';
import { date } from '../testing/ladders.ts';
import { afterPeriods } from './periods.ts';

describe('afterPeriods', () => {
  it('is the calendar, period by period', () => {
    const days = fc
      .date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true })
      .map((day) => date(day.toISOString().slice(0, 10)));
    const periods = fc
      .record({ years: fc.nat(3), months: fc.nat(30), weeks: fc.nat(5), days: fc.nat(800) })
      .map((span) => `P${span.years}Y${span.months}M${span.weeks}W${span.days}D` as DateDuration); // in its form
    fc.assert(
      fc.property(days, periods, fc.nat(6), (day, period, units) => {
        let end = day;
        for (let added = 0; added < units; added += 1) end = addDuration(end, period);
        expect(afterPeriods(day, period, units)).toBe(end);
      }),
    );
  });
});
