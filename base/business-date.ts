import { Temporal } from 'temporal-polyfill';
import { assert } from './assert.ts';
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

/** From 1970 on, and as long as an instant's date has four digits of year in every zone. Edges refuse other instants. */
export const EPOCH_MS_MIN = 0;
/** 9999-12-30T00:00Z. */
export const EPOCH_MS_MAX = 253_402_128_000_000;
/** Where adding a duration would pass the last date that four digits can write, it stops here: for us, never. */
const LAST_BUSINESS_DATE = '9999-12-31' as BusinessDate; // written in its form
const FIRST_BUSINESS_DATE = '0000-01-01' as BusinessDate; // written in its form

export function isEpochMs(value: number): value is EpochMs {
  return Number.isSafeInteger(value) && value >= EPOCH_MS_MIN && value <= EPOCH_MS_MAX;
}

/** Asserts the range of `isEpochMs`. */
export function epochMs(value: number): EpochMs {
  assert(isEpochMs(value), `no instant of ours: ${value}`);
  return value;
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

/** P0D and its like. */
export function isZeroDuration(duration: DateDuration): boolean {
  return !/[1-9]/.test(duration);
}

/** Local time in an IANA zone; across a change of summer time the offset says which of two equal times it is. */
export function localTime(at: EpochMs, timeZone: string): LocalTime {
  const offsetMinutes = offsetAt(at, timeZone);
  const shifted = at + offsetMinutes * MINUTE_MS;
  const day = Math.floor(shifted / DAY_MS);
  return { date: dateOf(day), minuteOfDay: Math.floor((shifted - day * DAY_MS) / MINUTE_MS), offsetMinutes };
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Zones change their offset on a quarter of an hour of UTC: since 1973 without exception. */
const QUARTER_MS = 900_000;
const ANSWERS_KEPT_MAX = 1_000;
/** Asking the zone's rules costs more than all else that a scan does, so the answer is kept for the quarter of an hour. */
const offsets = new Map<string, number>();

const EPOCH_DAY = Temporal.PlainDate.from('1970-01-01');
const dates = new Map<number, BusinessDate>();

function dateOf(day: number): BusinessDate {
  const known = dates.get(day);
  if (known !== undefined) return known;
  if (dates.size >= ANSWERS_KEPT_MAX) dates.clear();
  const date = EPOCH_DAY.add({ days: day }).toString() as BusinessDate; // Temporal writes it in this form
  dates.set(day, date);
  return date;
}

function offsetAt(at: EpochMs, timeZone: string): number {
  const key = `${Math.floor(at / QUARTER_MS)} ${timeZone}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  if (offsets.size >= ANSWERS_KEPT_MAX) offsets.clear();
  const { offsetNanoseconds } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  const offset = Math.trunc(offsetNanoseconds / 60_000_000_000);
  offsets.set(key, offset);
  return offset;
}

/**
 * Local time whose date is the business date: before `dayStartMinute` (minutes since midnight) it is still the day before.
 * The minute stays what the clock on the wall shows.
 */
export function businessTime(at: EpochMs, timeZone: string, dayStartMinute: number): LocalTime {
  const local = localTime(at, timeZone);
  if (local.minuteOfDay >= dayStartMinute) return local;
  return { ...local, date: previousDay(local.date) };
}

/**
 * Adding months clamps to the last day of the month: 31 January + P1M is 28 or 29 February.
 * What would pass 9999-12-31 is 9999-12-31.
 */
export function addDuration(date: BusinessDate, duration: DateDuration): BusinessDate {
  return fourDigits(Temporal.PlainDate.from(date).add(duration, { overflow: 'constrain' }));
}

function fourDigits(date: Temporal.PlainDate): BusinessDate {
  if (date.year > 9999) return LAST_BUSINESS_DATE;
  if (date.year < 0) return FIRST_BUSINESS_DATE;
  return date.toString() as BusinessDate; // four digits of year, so the form is right
}

/** 1 is Monday, 7 is Sunday. */
export function dayOfWeek(date: BusinessDate): number {
  return Temporal.PlainDate.from(date).dayOfWeek;
}

export function isLeapYear(date: BusinessDate): boolean {
  return Temporal.PlainDate.from(date).inLeapYear;
}

/** A named zone of the IANA database. Temporal takes offsets and whole timestamps for zones too: those are none here. */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/.test(text)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text);
    return true;
  } catch {
    return false;
  }
}

/** Of the first date that four digits can write, that date itself. */
export function previousDay(date: BusinessDate): BusinessDate {
  return fourDigits(Temporal.PlainDate.from(date).subtract({ days: 1 }));
}
