import { createIntl } from 'react-intl';
import { describe, expect, it } from 'vitest';
import type { Unmet } from '../../../loyalty/conditions/unmet.ts';
import messages from '../messages/en.json' with { type: 'json' };
import { amountWords } from './amounts.ts';
import { durationWords } from './durations.ts';
import { readable } from '../../ui/i18n/readable.ts';
import { reasonsWords, unmetWords } from './unmet-words.ts';
import { lastDayBefore } from '../../ui/i18n/last-day.ts';

const intl = createIntl({ locale: 'en', messages });
const say = (id: keyof typeof messages, values?: Readonly<Record<string, string | number>>): string =>
  intl.formatMessage({ id }, values);
const words = { say, amounts: { ...amountWords(null, say), locale: 'en-GB' } };

describe('why something does not hold', () => {
  it.each<[Unmet, string]>([
    [{ condition: 'weekdays', wanted: ['sat', 'sun'], has: 'mon' }, 'Only on Sat, Sun'],
    [{ condition: 'between', wanted: ['15:00', '17:00'], has: '12:00' }, 'Only from 15:00 to 17:00'],
    [{ condition: 'from', wanted: '2026-03-02', has: '2026-01-01' }, 'Only from 2 Mar 2026 on'],
    [{ condition: 'validUntil', wanted: '2026-03-02', has: '2026-03-03' }, 'Only until 2 Mar 2026'],
    [{ condition: 'tier', wanted: ['gold', 'black-card'], has: null }, 'Only for Gold, Black card'],
    [{ condition: 'membership', wanted: ['coffee-pass'] }, 'Only with Coffee pass'],
    [{ condition: 'birthday', wanted: 'month' }, 'Only in the month of the birthday'],
    [{ condition: 'minSpend', wanted: 1000, has: 350, missing: 650 }, '6.50 more to spend'],
    [{ condition: 'frequent', wanted: ['3', 'P30D'] }, 'Only for what was bought 3 times within 30 days'],
    [{ condition: 'limit', wanted: 1, has: 1 }, 'Used once already, as often as it may be'],
    [{ condition: 'member' }, 'Only for members'],
    [{ condition: 'member', wanted: ['segment', 'birthday'] }, 'Not open to this member: group, birthday'],
    [{ condition: 'lines' }, 'Nothing in the basket that it counts for'],
  ])('%j is said in words', (unmet, sentence) => expect(unmetWords(unmet, words)).toBe(sentence));

  it('says the first three reasons of many', () => {
    const because: Unmet[] = [
      { condition: 'firstSale' },
      { condition: 'lines' },
      { condition: 'member' },
      { condition: 'lines' },
    ];
    expect(reasonsWords(because, words)).toBe(
      'Only with the first sale · Nothing in the basket that it counts for · Only for members',
    );
  });
});

it.each([
  ['P12M', '12 months'],
  ['P1Y2M', '1 year 2 months'],
  ['P30D', '30 days'],
  ['lifetime', 'lifetime'],
])('writes the duration %s as %s', (duration, written) => expect(durationWords(duration, say)).toBe(written));

it.each([
  ['coffee-pass', 'Coffee pass'],
  ['Gold', 'Gold'],
  ['-', '-'],
])('reads the id %s as %s', (id, name) => expect(readable(id)).toBe(name));

it('names the last day of what is over on a date', () => {
  expect(['2026-03-01', '2027-01-01', 'never'].map(lastDayBefore)).toEqual(['2026-02-28', '2026-12-31', 'never']);
});
