import { describe, expect, it } from 'vitest';
import { date, held, levels, tally, tiersOf } from '../testing/ladders.ts';
import { explainTier } from './explain.ts';

describe('explainTier', () => {
  const day = date('2026-03-02');

  it('says what counts, since when, and what is missing for the next level', () => {
    const ladder = [held('silver', 100, '2026-12-01', 's1')];
    const tallies = [tally('2025-03-02', 70), tally('2025-12-01', 100), tally('2026-03-02', 20)];
    expect(explainTier(ladder, tiersOf(), tallies, day)).toEqual({
      level: 'silver',
      end: '2026-12-01',
      measure: 'earned',
      wallet: 'points',
      window: 'P12M',
      from: '2025-03-03',
      measured: 120,
      counted: [
        { date: '2025-12-01', amount: 100 },
        { date: '2026-03-02', amount: 20 },
      ],
      next: { level: 'gold', at: 500, missing: 380 },
    });
  });

  it('names the lowest level and the first to reach where none is held', () => {
    expect(explainTier([], tiersOf({ measure: 'visits', wallet: undefined, window: 'lifetime' }), [], day)).toEqual({
      level: 'bronze',
      end: null,
      measure: 'visits',
      wallet: null,
      window: 'lifetime',
      from: null,
      measured: 0,
      counted: [],
      next: { level: 'silver', at: 100, missing: 100 },
    });
    expect(explainTier([], tiersOf({ levels: levels({ gold: 5 }) }), [], day).level).toBeNull();
  });

  it('has no next above the highest, and misses nothing where a version asks less now', () => {
    expect(explainTier([held('gold', 500, null, 's1')], tiersOf(), [], day).next).toBeNull();
    const silver = [held('silver', 100, null, 's1')];
    const cheaper = tiersOf({ levels: levels({ silver: 100, platinum: 900, gold: 300 }) });
    expect(explainTier(silver, cheaper, [tally('2026-03-01', 350)], day).next).toEqual({
      level: 'gold',
      at: 300,
      missing: 0,
    });
  });
});
