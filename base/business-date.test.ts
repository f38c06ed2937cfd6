import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssertionFailed, present } from './assert.ts';
import {
  addDuration,
  businessTime,
  dayOfWeek,
  EPOCH_MS_MAX,
  EPOCH_MS_MIN,
  epochMs,
  isEpochMs,
  isLeapYear,
  isTimeZone,
  isZeroDuration,
  localTime,
  parseBusinessDate,
  parseDateDuration,
  previousDay,
} from './business-date.ts';

const date = (text: string) => present(parseBusinessDate(text), text);
const duration = (text: string) => present(parseDateDuration(text), text);
const instant = (text: string) => epochMs(Date.parse(text));

describe('parseBusinessDate', () => {
  it.each(['2026-02-28', '2024-02-29', '0000-01-01', '9999-12-31'])('reads %s', (text) => {
    expect(parseBusinessDate(text)).toBe(text);
  });

  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '+010000-01-01',
    '2026-03-02T10:00',
    ' 2026-03-02',
    '',
  ])('does not read %j', (text) => {
    expect(parseBusinessDate(text)).toBeUndefined();
  });
});

describe('parseDateDuration', () => {
  it.each(['P12M', 'P30D', 'P1Y6M', 'P2W', 'P0D'])('reads %s', (text) => {
    expect(parseDateDuration(text)).toBe(text);
  });

  it.each(['P', 'P1', '12M', 'PT1H', 'P1DT1H', '-P1D', 'P1.5D', 'P1M1Y', 'P100000000D', 'p1d'])(
    'does not read %s',
    (text) => {
      expect(parseDateDuration(text)).toBeUndefined();
    },
  );

  it('knows durations of nothing', () => {
    expect(['P0D', 'P0M0D', 'P10D', 'P1Y0D'].map((text) => isZeroDuration(duration(text)))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('addDuration', () => {
  it.each([
    ['2026-01-31', 'P1M', '2026-02-28'],
    ['2024-01-31', 'P1M', '2024-02-29'],
    ['2024-02-29', 'P1Y', '2025-02-28'],
    ['2026-03-31', 'P1M', '2026-04-30'],
    ['2026-12-31', 'P1D', '2027-01-01'],
    ['2026-03-02', 'P2W', '2026-03-16'],
    ['2026-03-02', 'P0D', '2026-03-02'],
  ])('%s + %s = %s', (from, span, to) => {
    expect(addDuration(date(from), duration(span))).toBe(to);
  });

  it('stops at the last date that four digits can write', () => {
    expect(addDuration(date('9999-12-31'), duration('P1D'))).toBe('9999-12-31');
    expect(addDuration(date('9999-01-01'), duration('P999Y9999M9999W99999D'))).toBe('9999-12-31');
  });

  it('gives a date that is well formed and not earlier, whatever the duration', () => {
    const days = fc.integer({ min: 0, max: 99_999 }).map((count) => `P${count}D`);
    const months = fc.integer({ min: 0, max: 9_999 }).map((count) => `P${count}M`);
    const start = fc
      .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true })
      .map((day) => date(day.toISOString().slice(0, 10)));
    fc.assert(
      fc.property(start, fc.oneof(days, months), (from, span) => {
        const to = addDuration(from, duration(span));
        expect(parseBusinessDate(to)).toBe(to);
        expect(to >= from).toBe(true);
      }),
    );
  });
});

describe('previousDay', () => {
  it.each([
    ['2026-03-01', '2026-02-28'],
    ['2024-03-01', '2024-02-29'],
    ['2026-01-01', '2025-12-31'],
    ['0000-01-01', '0000-01-01'],
  ])('of %s is %s', (day, before) => {
    expect(previousDay(date(day))).toBe(before);
  });
});

describe('localTime', () => {
  it('is what the clock on the wall shows, in winter, in summer and on the nights between', () => {
    const shown = [
      '2026-03-29T00:59:00Z',
      '2026-03-29T01:00:00Z',
      '2026-10-25T00:30:00Z',
      '2026-10-25T01:30:00Z',
      '2026-04-30T22:30:00Z',
    ].map((text) => localTime(instant(text), 'Europe/Berlin'));
    expect(shown).toEqual([
      { date: '2026-03-29', minuteOfDay: 119, offsetMinutes: 60 },
      { date: '2026-03-29', minuteOfDay: 180, offsetMinutes: 120 },
      { date: '2026-10-25', minuteOfDay: 150, offsetMinutes: 120 },
      { date: '2026-10-25', minuteOfDay: 150, offsetMinutes: 60 },
      { date: '2026-05-01', minuteOfDay: 30, offsetMinutes: 120 },
    ]);
  });

  it('knows half hours and the far side of the date line', () => {
    expect(localTime(instant('2026-03-02T20:00:00Z'), 'Asia/Kolkata')).toEqual({
      date: '2026-03-03',
      minuteOfDay: 90,
      offsetMinutes: 330,
    });
    expect(localTime(instant('2026-03-02T05:00:00Z'), 'Pacific/Pago_Pago')).toEqual({
      date: '2026-03-01',
      minuteOfDay: 1080,
      offsetMinutes: -660,
    });
  });
});

describe('businessTime', () => {
  it('is still the day before until the day starts, and the minute stays the wall clock', () => {
    const early = instant('2026-03-01T02:59:00Z');
    expect(businessTime(early, 'Europe/Berlin', 240)).toEqual({
      date: '2026-02-28',
      minuteOfDay: 239,
      offsetMinutes: 60,
    });
    expect(businessTime(epochMs(early + 60_000), 'Europe/Berlin', 240).date).toBe('2026-03-01');
    expect(businessTime(early, 'Europe/Berlin', 0)).toEqual(localTime(early, 'Europe/Berlin'));
  });
});

describe('instants', () => {
  it('are those whose date has four digits of year in every zone', () => {
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
      for (const at of [EPOCH_MS_MIN, EPOCH_MS_MAX]) {
        const local = businessTime(epochMs(at), zone, 1439);
        expect(parseBusinessDate(local.date)).toBe(local.date);
      }
    }
  });

  it.each([Number.NaN, 0.5, EPOCH_MS_MAX + 1, EPOCH_MS_MIN - 1, 1e18])('%s is none', (value) => {
    expect(isEpochMs(value)).toBe(false);
    expect(() => epochMs(value)).toThrow(AssertionFailed);
  });
});

describe('the calendar', () => {
  it('counts Monday as 1 and Sunday as 7', () => {
    expect(['2026-03-02', '2026-03-08'].map((text) => dayOfWeek(date(text)))).toEqual([1, 7]);
  });

  it('knows leap years', () => {
    expect(['2024-01-01', '2026-01-01', '1900-01-01', '2000-01-01'].map((text) => isLeapYear(date(text)))).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  it('knows zones by name, and takes no offset or timestamp for one', () => {
    expect(['Europe/Berlin', 'UTC', 'America/Argentina/Buenos_Aires'].map(isTimeZone)).toEqual([true, true, true]);
    expect(
      ['+02:00', 'Mars/Olympus', '', '2020-01-01T00:00[Europe/Berlin]', 'Europe/Berlin\n'].map(isTimeZone),
    ).toEqual([false, false, false, false, false]);
  });
});
