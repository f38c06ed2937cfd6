/**
 * A birthday as it is typed, to the contract's `MM-DD` or `YYYY-MM-DD`: day first with points or strokes (`24.12.`, `24/12/1990`), or as
 * ISO writes it. Null where nothing was typed, undefined where it is no date. 29 February needs no leap year where no year is given.
 */
export function parseBirthday(typed: string): string | null | undefined {
  const text = typed.trim();
  if (text === '') return null;
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso !== null) return birthday(iso[1], iso[2], iso[3]);
  const dayFirst = /^(\d{1,2})[./ ](\d{1,2})(?:[./ ](\d{4})?)?$/.exec(text);
  return dayFirst === null ? undefined : birthday(dayFirst[3], dayFirst[2], dayFirst[1]);
}

const A_LEAP_YEAR = '2000';

function birthday(year: string | undefined, month = '', day = ''): string | undefined {
  const monthDay = `${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDate(`${year ?? A_LEAP_YEAR}-${monthDay}`)
    ? year === undefined
      ? monthDay
      : `${year}-${monthDay}`
    : undefined;
}

function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
