import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { POINTS, date, levels, tally, tiersOf } from '../testing/ladders.ts';
import { countedOn, measureOn, reachedLevel, supportedLevel } from './measure.ts';
import type { Tally } from './tally.ts';

describe('measureOn', () => {
  const sales = [
    { date: date('2025-03-02'), visits: 1, spend: 1_000, earned: { [POINTS]: 10 } },
    { date: date('2025-12-31'), visits: 2, spend: 200, earned: { [POINTS]: 2 } },
    { date: date('2026-03-01'), visits: 1, spend: 30, earned: {} },
    { date: date('2026-03-02'), visits: 1, spend: 4, earned: { [POINTS]: 5 } },
  ];

  it.each([
    ['earned', 17],
    ['spend', 1_234],
    ['visits', 5],
  ] as const)('sums %s', (measure, sum) => {
    expect(measureOn(tiersOf({ measure, window: 'lifetime' }), sales, date('2026-03-02'))).toBe(sum);
  });

  it('counts nothing of another wallet', () => {
    expect(measureOn(tiersOf({ wallet: 'stamps', window: 'lifetime' }), sales, date('2026-03-02'))).toBe(0);
  });

  it.each([
    ['lifetime', '2026-03-02', 1_234, 1_230],
    ['lifetime', '2026-03-01', 1_230, 1_200],
    // 2 March 2025 + P12M is 2 March 2026: on that date the first sale is out (fine print 10).
    ['P12M', '2026-03-01', 1_230, 1_200],
    ['P12M', '2026-03-02', 234, 230],
    ['P1D', '2026-03-02', 4, 0],
    ['P2D', '2026-03-02', 34, 30],
    // At an end the year is that of the day before (fine print 17).
    ['calendar-year', '2026-01-01', 0, 1_200],
    ['calendar-year', '2025-12-31', 1_200, 1_000],
    ['calendar-year', '2026-03-02', 34, 30],
  ])('within %s on %s is %d after a sale and %d at an end', (window, day, afterSale, atEnd) => {
    const tiers = tiersOf({ measure: 'spend', window });
    expect(measureOn(tiers, sales, date(day))).toBe(afterSale);
    expect(measureOn(tiers, sales, date(day), { ended: true })).toBe(atEnd);
  });

  it('of a list that grows is that of the list anew, whatever is asked of it in between', () => {
    const day = fc.integer({ min: 1, max: 28 }).map((number) => `2026-03-${String(number).padStart(2, '0')}`);
    const asked = fc.record({
      measure: fc.constantFrom('earned', 'spend', 'visits'),
      wallet: fc.constantFrom('points', 'stamps'),
      window: fc.constantFrom('lifetime', 'P5D', 'calendar-year'),
      on: day,
      ended: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(day, fc.nat(90), asked), { maxLength: 12 }), (steps) => {
        const grown: Tally[] = [];
        for (const [on, amount, question] of steps) {
          grown.push(tally(on, amount));
          const { ended, on: asOf, ...parts } = question;
          const measured = (list: readonly Tally[]) => measureOn(tiersOf(parts), list, date(asOf), { ended });
          expect(measured(grown)).toBe(measured([...grown]));
        }
      }),
    );
  });

  it('tells which dates it counts', () => {
    const twice = [tally('2026-03-02', 4), tally('2026-03-01', 1), tally('2026-03-02', 5), tally('2025-03-02', 9)];
    expect(countedOn(tiersOf(), twice, date('2026-03-02'))).toEqual({
      from: '2025-03-03',
      tallies: [
        { date: '2026-03-01', amount: 1 },
        { date: '2026-03-02', amount: 9 },
      ],
    });
  });
});

describe('supportedLevel', () => {
  const tiers = tiersOf({ levels: levels({ gold: 500, bronze: 0, silver: 100 }) });

  it.each([
    [0, 'bronze'],
    [99, 'bronze'],
    [100, 'silver'],
    [499, 'silver'],
    [500, 'gold'],
  ])('for %d is %s, in whatever order the levels are written', (measure, level) => {
    expect(supportedLevel(tiers, measure)?.id).toBe(level);
  });

  it('is none below the lowest, and the level with at 0 is reached by nobody', () => {
    expect(supportedLevel(tiersOf({ levels: levels({ silver: 100 }) }), 99)).toBeUndefined();
    expect(reachedLevel(tiers, 99)).toBeUndefined();
    expect(reachedLevel(tiers, 100)?.id).toBe('silver');
  });
});
