import { Temporal } from 'temporal-polyfill';
import type { Brand } from './ids.ts';

/** A calendar date `YYYY-MM-DD` in the programme's zone. Dates of one zone compare as text. */
export type BusinessDate = Brand<string, 'BusinessDate'>;
/** Milliseconds since 1970 UTC. */
export type EpochMs = Brand<number, 'EpochMs'>;
/** ISO 8601 duration in years, months, weeks and days: `P12M`, `P30D`. */
export type DateDuration = Brand<string, 'DateDuration'>;

/** What a clock on the shop's wall shows. */
export type LocalTime = {
  readonly date: BusinessDate;
  /** Minutes since midnight on that wall. */
  readonly minuteOfDay: number;
  /** East of UTC. */
  readonly offsetMinutes: number;
};

export function epochMs(value: number): EpochMs {
  return value as EpochMs; // the single place where a number becomes an instant
}

export function parseBusinessDate(text: string): BusinessDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    return text as BusinessDate; // just checked
  } catch {
    return undefined;
  }
}

export function parseDateDuration(text: string): DateDuration | undefined {
  return /^P(?=\d)(?:\d{1,3}Y)?(?:\d{1,4}M)?(?:\d{1,4}W)?(?:\d{1,5}D)?$/.test(text)
    ? (text as DateDuration) // just checked
    : undefined;
}

/** Local time in an IANA zone; across a change of summer time the offset says which of two equal times it is. */
export function localTime(at: EpochMs, timeZone: string): LocalTime {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  return {
    date: zoned.toPlainDate().toString() as BusinessDate, // Temporal writes it in this form
    minuteOfDay: zoned.hour * 60 + zoned.minute,
    offsetMinutes: Math.trunc(zoned.offsetNanoseconds / 60_000_000_000),
  };
}

/** Adding months clamps to the last day of the month: 31 January + P1M is 28 or 29 February. */
export function addDuration(date: BusinessDate, duration: DateDuration): BusinessDate {
  return Temporal.PlainDate.from(date).add(duration, { overflow: 'constrain' }).toString() as BusinessDate; // a date again
}

/** 1 is Monday, 7 is Sunday. */
export function dayOfWeek(date: BusinessDate): number {
  return Temporal.PlainDate.from(date).dayOfWeek;
}

export function isLeapYear(date: BusinessDate): boolean {
  return Temporal.PlainDate.from(date).inLeapYear;
}

export function isTimeZone(text: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text);
    return true;
  } catch {
    return false;
  }
}
