/** Numbers, money and times as this browser's user writes them; words like "minutes ago" in the language of the page's own texts. */
import { durationUnits, relativeUnits } from './times.ts';

export type FormatSettings = {
  /** BCP 47: the browser's. */
  readonly locale: string;
  /** BCP 47: of the page's texts. */
  readonly language: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly minorDigits: number;
  /** IANA zone; undefined: the browser's. */
  readonly timeZone?: string | undefined;
};

export type Formats = {
  readonly number: (count: number) => string;
  /** With its sign, also a plus. */
  readonly signed: (count: number) => string;
  /** Minor units. */
  readonly money: (minor: number) => string;
  readonly signedMoney: (minor: number) => string;
  /** The time alone on the same day as `now`, else with the date. */
  readonly when: (at: number, now: number) => string;
  /** Date and time to the minute. */
  readonly moment: (at: number) => string;
  /** Date and time to the second, with the zone. */
  readonly fully: (at: number) => string;
  /** `YYYY-MM-DD`, which belongs to no zone. */
  readonly date: (date: string) => string;
  /** `MM-DD`, or a whole date. */
  readonly birthday: (date: string) => string;
  /** Null within the last minute, where a number would be restless. */
  readonly ago: (at: number, now: number) => string | null;
  /** Milliseconds. */
  readonly duration: (milliseconds: number) => string;
};

/** ISO 4217's code for "no currency". */
const NO_CURRENCY = 'XXX';

export function createFormats({ locale, language, currency, minorDigits, timeZone }: FormatSettings): Formats {
  const zone = timeZone === undefined ? {} : { timeZone };
  const count = new Intl.NumberFormat(locale);
  const signed = new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' });
  const moneyStyle = {
    minimumFractionDigits: minorDigits,
    maximumFractionDigits: minorDigits,
    ...(currency === NO_CURRENCY ? {} : { style: 'currency' as const, currency }),
  };
  const money = new Intl.NumberFormat(locale, moneyStyle);
  const signedMoney = new Intl.NumberFormat(locale, { ...moneyStyle, signDisplay: 'exceptZero' });
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', ...zone });
  const dayTime = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    ...zone,
  });
  const yearTime = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short', day: 'numeric', ...zone });
  const fully = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long', ...zone });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', ...zone });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const monthDay = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' });
  const day = new Intl.DateTimeFormat('en-CA', zone);
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const whole = 10 ** minorDigits;
  return {
    number: (value) => count.format(value),
    signed: (value) => signed.format(value),
    money: (minor) => money.format(minor / whole),
    signedMoney: (minor) => signedMoney.format(minor / whole),
    when: (at, now) => {
      if (day.format(at) === day.format(now)) return time.format(at);
      return day.format(at).slice(0, 4) === day.format(now).slice(0, 4) ? dayTime.format(at) : yearTime.format(at);
    },
    moment: (at) => moment.format(at),
    fully: (at) => fully.format(at),
    date: (text) => calendarDay(text, date),
    birthday: (text) => (/^\d{2}-\d{2}$/.test(text) ? calendarDay(`2000-${text}`, monthDay) : calendarDay(text, date)),
    ago: (at, now) => {
      const units = relativeUnits(at, now);
      return units === null ? null : relative.format(units.value, units.unit);
    },
    duration: (milliseconds) => {
      const { value, unit, digits } = durationUnits(milliseconds);
      const style = { style: 'unit' as const, unit, unitDisplay: 'short' as const };
      return new Intl.NumberFormat(language, {
        ...style,
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }).format(value);
    },
  };
}

function calendarDay(text: string, format: Intl.DateTimeFormat): string {
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(at) ? text : format.format(at);
}
