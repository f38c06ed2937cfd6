import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DateDuration } from '../../base/business-date.ts';
import { date, saleId } from '../testing/ladders.ts';
import { type MembershipPurchase, runningOn, runsOf, runsUntil } from './runs.ts';

const bought = (day: string, units: number, period = 'P1M', sale = 's1'): MembershipPurchase => ({
  sale: saleId(sale),
  date: date(day),
  sku: 'PLUS',
  units,
  period: period as DateDuration, // in its form
});

describe('a membership', () => {
  it('starts on the date of its sale and runs while the date is before its end (fine print 36)', () => {
    const purchases = { plus: [bought('2026-03-02', 1)] };
    const runs = (day: string) => [...runningOn(purchases, date(day))];
    expect(['2026-03-01', '2026-03-02', '2026-04-01', '2026-04-02'].map(runs)).toEqual([[], ['plus'], ['plus'], []]);
    expect(runsUntil(purchases.plus)).toBe('2026-04-02');
  });

  it('is extended from its end while it runs, and starts anew once it is over', () => {
    const first = bought('2026-03-02', 1);
    expect(runsUntil([first, bought('2026-04-01', 1)])).toBe('2026-05-02');
    expect(runsOf([first, bought('2026-04-02', 1)])).toEqual([
      { from: '2026-03-02', end: '2026-04-02' },
      { from: '2026-04-02', end: '2026-05-02' },
    ]);
    expect(runsOf([first, bought('2026-06-10', 1)])).toEqual([
      { from: '2026-03-02', end: '2026-04-02' },
      { from: '2026-06-10', end: '2026-07-10' },
    ]);
    expect(runningOn({ plus: [first, bought('2026-06-10', 1)] }, date('2026-05-01'))).toEqual(new Set());
  });

  it('adds a period for each whole unit, one after the other', () => {
    expect(runsUntil([bought('2026-01-31', 1)])).toBe('2026-02-28');
    expect(runsUntil([bought('2026-01-31', 2)])).toBe('2026-03-28');
    expect(runsUntil([bought('2024-02-29', 2, 'P1Y')])).toBe('2026-02-28');
    expect(runsUntil([bought('2026-03-02', 3, 'P30D')])).toBe('2026-05-31');
    expect(runsUntil([bought('2026-03-31', 2, 'P1M1D')])).toBe('2026-06-02');
    expect(runsUntil([bought('2026-03-02', 2, 'P1Y6M2W3D')])).toBe('2029-04-05');
  });

  it('is as if units that were returned had never been sold', () => {
    const [first, second] = [bought('2026-03-02', 0), bought('2026-03-20', 1, 'P1M', 's2')];
    expect(runsOf([first, second])).toEqual([{ from: '2026-03-20', end: '2026-04-20' }]);
    expect(runsUntil([first])).toBeNull();
    expect(runsUntil([])).toBeNull();
    expect(runningOn({ plus: [first] }, date('2026-03-02'))).toEqual(new Set());
  });

  it('goes by the dates of sales, whatever order they are known in', () => {
    const [early, late] = [bought('2026-03-02', 1), bought('2026-03-20', 1, 'P30D', 's2')];
    expect(runsUntil([late, early])).toBe(runsUntil([early, late]));
  });

  it('stops at the last date of all, at once, for a basket of 100,000 units', () => {
    expect(runsUntil([bought('2026-01-31', 100_000, 'P1M1D')])).toBe('9999-12-31');
    expect(runsUntil([bought('2026-01-31', 100_000, 'P1D')])).toBe('2299-11-16');
    expect(runsUntil([bought('9999-12-01', 1, 'P99999D')])).toBe('9999-12-31');
    expect(runsUntil([bought('9999-11-30', 1, 'P1M')])).toBe('9999-12-30');
  });

  it('ends on the same date however its units were rung up on one date', () => {
    const groups = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 5 });
    const days = fc.constantFrom('2026-01-31', '2026-03-02', '2024-02-29', '2026-08-30');
    const periods = fc.constantFrom('P1M', 'P1Y', 'P30D', 'P2W', 'P1M1D');
    fc.assert(
      fc.property(groups, days, periods, (units, day, period) => {
        const together = units.reduce((sum, count) => sum + count, 0);
        const earlier = bought('2023-12-15', 3, period);
        expect(runsUntil([earlier, ...units.map((count) => bought(day, count, period))])).toBe(
          runsUntil([earlier, bought(day, together, period)]),
        );
      }),
    );
  });
});
