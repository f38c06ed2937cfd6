/** Times of day and dates as the store's clock and calendar show them. */
export type WhenFormat = { readonly locale: string; readonly timeZone: string };

export function formatTime(at: number, { locale, timeZone }: WhenFormat): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone }).format(at);
}

/** The time alone where it is of the same day as `now`, in the store's zone; otherwise with its date. */
export function formatWhen(at: number, now: number, format: WhenFormat): string {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: format.timeZone });
  if (day.format(at) === day.format(now)) return formatTime(at, format);
  const { locale, timeZone } = format;
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  }).format(at);
}

/** A calendar date, `YYYY-MM-DD`, which belongs to no zone. */
export function formatDate(date: string, locale: string): string {
  const [year = 1970, month = 1, day = 1] = date.split('-').map(Number);
  const weekday = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
  return weekday.format(Date.UTC(year, month - 1, day));
}

/** A calendar date without its weekday, with the year. */
export function formatDay(date: string, locale: string): string {
  const at = dayMs(date);
  if (Number.isNaN(at)) return date;
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    at,
  );
}

/** Without its year where that is the year of `today`. */
export function formatNearDay(date: string, today: string, locale: string): string {
  const at = dayMs(date);
  if (Number.isNaN(at) || date.slice(0, 4) !== today.slice(0, 4)) return formatDay(date, locale);
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(at);
}

const DAY_MS = 86_400_000;
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** 1 January 2024 was a Monday. */
const SOME_MONDAY_MS = Date.UTC(2024, 0, 1);

/** `mon` in the store's language. */
export function weekdayName(day: string, locale: string): string {
  const index = WEEKDAYS.indexOf(day);
  if (index === -1) return day;
  return new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(SOME_MONDAY_MS + index * DAY_MS);
}

function dayMs(date: string): number {
  return Date.parse(`${date}T00:00:00Z`);
}
