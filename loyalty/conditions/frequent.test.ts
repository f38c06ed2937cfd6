import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDuration, type BusinessDate, type DateDuration } from '../../base/business-date.ts';
import { at, memberOf } from '../testing/build.ts';
import { frequentFor } from './frequent.ts';

const date = (text: string): BusinessDate => at(text, '00:00').date;
const often = (purchases: readonly string[], times: number, within: string, on = '2026-03-31') =>
  frequentFor(memberOf({ purchases: { TEA: purchases } }), date(on))({ times, within: within as DateDuration }, 'TEA'); // a test duration

describe('frequent (fine print 10)', () => {
  it.each<[string, string, string, boolean]>([
    ['2026-03-31', 'P1D', 'an earlier sale of the same date', true],
    ['2026-03-30', 'P1D', 'the day before', false],
    ['2026-03-02', 'P30D', 'the last date within', true],
    ['2026-03-01', 'P30D', 'the first date beyond', false],
    ['2026-02-28', 'P1M', 'a month that ends on 28 March', false],
    ['2026-03-31', 'P0D', 'a time of nothing', false],
    ['2026-04-01', 'P30D', 'a sale dated later', false],
  ])('a sale of %s within %s (%s): %s', (purchase, within, _, expected) => {
    expect(often([purchase], 1, within)).toBe(expected);
  });

  it('clamps a month to its last day: bought on 31 January it is a month until 28 February', () => {
    expect([often(['2026-01-31'], 1, 'P1M', '2026-02-27'), often(['2026-01-31'], 1, 'P1M', '2026-02-28')]).toEqual([
      true,
      false,
    ]);
  });

  it('needs so many earlier sales, each counted, those of one date too', () => {
    const dates = ['2026-03-30', '2026-03-30', '2025-03-30'];
    expect([often(dates, 2, 'P30D'), often(dates, 3, 'P30D'), often(dates, 3, 'P2Y')]).toEqual([true, false, true]);
  });

  it('knows nothing of other skus, nor without a member', () => {
    const frequent = { times: 1, within: 'P30D' as DateDuration }; // a test duration
    const member = memberOf({ purchases: { TEA: ['2026-03-31'] } });
    expect(frequentFor(member, date('2026-03-31'))(frequent, 'constructor')).toBe(false);
    expect(frequentFor(undefined, date('2026-03-31'))(frequent, 'TEA')).toBe(false);
  });

  it('holds as the definition says, whatever the dates', () => {
    const days = fc
      .integer({ min: 0, max: 120 })
      .map((day) => addDuration(date('2026-01-01'), `P${day}D` as DateDuration)); // its form
    const within = fc.constantFrom('P0D', 'P1D', 'P7D', 'P1M', 'P2M').map((text) => text as DateDuration); // their form
    fc.assert(
      fc.property(fc.array(days, { maxLength: 12 }), days, within, (dates, on, span) => {
        const expected = dates.filter((day) => day <= on && on < addDuration(day, span)).length;
        const member = memberOf({ purchases: { TEA: dates } });
        expect(frequentFor(member, on)({ times: expected + 1, within: span }, 'TEA')).toBe(false);
        if (expected > 0) expect(frequentFor(member, on)({ times: expected, within: span }, 'TEA')).toBe(true);
      }),
    );
  });
});
