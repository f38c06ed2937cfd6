import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { present } from './assert.ts';
import { addDuration, parseBusinessDate, parseDateDuration, previousDay } from './business-date.ts';
import { endOfMonth, endOfSpan, firstWithin, nextDay } from './date-span.ts';

const date = (text: string) => present(parseBusinessDate(text), text);
const duration = (text: string) => present(parseDateDuration(text), text);

describe('endOfSpan', () => {
  it('is the date plus the duration, and none beyond four digits of year', () => {
    expect(endOfSpan(date('2026-01-31'), duration('P1M'))).toBe('2026-02-28');
    expect(endOfSpan(date('9999-06-01'), duration('P6M'))).toBe('9999-12-01');
    expect(endOfSpan(date('9999-06-01'), duration('P7M'))).toBeNull();
    expect(endOfSpan(date('9999-12-31'), duration('P1D'))).toBeNull();
  });
});

describe('firstWithin', () => {
  it.each([
    ['2026-03-31', 'P30D', '2026-03-02'],
    ['2026-03-02', 'P12M', '2025-03-03'],
    ['2026-03-02', 'P1D', '2026-03-02'],
    // 28 February and 28 to 31 January + P1M all end on 28 March or before.
    ['2026-02-27', 'P1M', '2026-01-28'],
    ['2026-02-28', 'P1M', '2026-02-01'],
    ['2026-03-01', 'P1M', '2026-02-02'],
    ['2024-02-28', 'P1M', '2024-01-29'],
    ['2025-02-27', 'P1Y', '2024-02-28'],
    ['2025-02-28', 'P1Y', '2024-03-01'],
    ['9999-12-31', 'P12M', '9998-12-31'],
    ['0000-03-01', 'P12M', '0000-01-01'],
  ])('on %s within %s is %s', (on, span, first) => {
    expect(firstWithin(date(on), duration(span))).toBe(first);
  });

  it('is the next day for a duration of nothing', () => {
    expect(firstWithin(date('2026-03-02'), duration('P0D'))).toBe('2026-03-03');
  });

  it('is the first date d with the date before d + duration (fine print 10), whatever both are', () => {
    const days = fc
      .date({ min: new Date('0003-01-01T00:00:00Z'), max: new Date('9990-01-01T00:00:00Z'), noInvalidDate: true })
      .map((day) => date(day.toISOString().slice(0, 10)));
    const spans = fc
      .record({ months: fc.integer({ min: 0, max: 14 }), days: fc.integer({ min: 1, max: 40 }) })
      .map((span) => duration(`P${span.months}M${span.days}D`));
    fc.assert(
      fc.property(days, spans, (on, span) => {
        const first = firstWithin(on, span);
        expect(addDuration(first, span) > on).toBe(true);
        expect(addDuration(previousDay(first), span) > on).toBe(false);
      }),
    );
  });
});

describe('nextDay and endOfMonth', () => {
  it('follow the calendar', () => {
    expect(nextDay(date('2024-02-28'))).toBe('2024-02-29');
    expect(nextDay(date('9999-12-31'))).toBe('9999-12-31');
    expect(endOfMonth(date('2026-02-28'))).toBe('2026-03-01');
    expect(endOfMonth(date('2026-12-01'))).toBe('2027-01-01');
    expect(endOfMonth(date('9999-12-01'))).toBeNull();
  });
});
