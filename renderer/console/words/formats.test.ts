import { describe, expect, it } from 'vitest';
import { createFormats } from './formats.ts';

const settings = { locale: 'en-GB', language: 'en', currency: 'EUR', minorDigits: 2, timeZone: 'Europe/Berlin' };
const formats = createFormats(settings);
const NOW = Date.UTC(2026, 10, 25, 12, 0, 0);
const MINUTE = 60_000;

/** Intl puts narrow and non-breaking spaces where people see a space. */
function plain(text: string | null): string | null {
  return text?.replaceAll(/[\u00a0\u202f]/g, ' ') ?? null;
}

describe('money', () => {
  it('has the organisation’s minor digits and the browser’s form', () => {
    expect(formats.money(123_456)).toBe('€1,234.56');
    expect(plain(createFormats({ ...settings, locale: 'de-DE' }).money(123_456))).toBe('1.234,56 €');
    expect(plain(createFormats({ ...settings, locale: 'ja-JP', currency: 'JPY', minorDigits: 0 }).money(1_200))).toBe(
      '￥1,200',
    );
    expect(plain(createFormats({ ...settings, currency: 'KWD', minorDigits: 3 }).money(1_234))).toBe('KWD 1.234');
  });

  it('is a plain number before there is a currency', () => {
    expect(createFormats({ ...settings, currency: 'XXX' }).money(450)).toBe('4.50');
  });
});

describe('times', () => {
  it('show the date only where it is not today, in the browser’s zone', () => {
    expect(formats.when(NOW - MINUTE, NOW)).toBe('12:59:00');
    expect(formats.when(Date.UTC(2026, 10, 24, 23, 30), NOW)).toBe('00:30:00');
    expect(formats.when(Date.UTC(2026, 10, 24, 22, 30), NOW)).toBe('24 Nov, 23:30');
    expect(formats.when(Date.UTC(2025, 0, 2, 12), NOW)).toBe('2 Jan 2025');
  });

  it.each([
    [0, null],
    [59_999, null],
    [MINUTE, '1 minute ago'],
    [2 * MINUTE + 59_000, '2 minutes ago'],
    [60 * MINUTE, '1 hour ago'],
    [24 * 60 * MINUTE, 'yesterday'],
    [6 * 24 * 60 * MINUTE, '6 days ago'],
    [-2 * MINUTE, 'in 2 minutes'],
  ])('%d ms ago are %s', (before, words) => {
    expect(formats.ago(NOW - before, NOW)).toBe(words);
  });

  it.each([
    [-5_000, '0.0 sec'],
    [740, '0.7 sec'],
    [12_300, '12 sec'],
    [3 * MINUTE + 1, '3 min'],
    [3 * 60 * MINUTE, '3 hr'],
    [49 * 60 * MINUTE, '2 days'],
  ])('a length of %d ms is %s', (length, words) => {
    expect(formats.duration(length)).toBe(words);
  });
});

describe('dates', () => {
  it('belong to no zone', () => {
    expect(createFormats({ ...settings, timeZone: 'America/Los_Angeles' }).date('2026-03-01')).toBe('1 Mar 2026');
    expect(formats.birthday('02-29')).toBe('29 February');
    expect(formats.birthday('1990-02-28')).toBe('28 Feb 1990');
  });

  it('that are none stay as they are', () => {
    expect(formats.date('')).toBe('');
  });
});
