import { describe, expect, it } from 'vitest';
import type { Tiers } from '../programme/tiers.ts';
import { date, held, levels, tally, tiersOf } from '../testing/ladders.ts';
import { levelOn } from './settle.ts';

const always = (tiers: Tiers | undefined) => () => tiers;

describe('levelOn', () => {
  const gold = held('gold', 500, '2027-03-02', 's1');

  it('is the level with at 0 where none is held, and none where the version has no such level', () => {
    const day = date('2026-03-02');
    expect(levelOn([], always(tiersOf()), [], day)).toEqual({ level: 'bronze', end: null, ladder: [] });
    expect(levelOn([], always(tiersOf({ levels: levels({ gold: 5 }) })), [], day).level).toBeNull();
    expect(levelOn([], always(undefined), [], day).level).toBeNull();
  });

  it('holds a level while the date is before its end, whatever the measure is by then (fine print 17)', () => {
    expect(levelOn([gold], always(tiersOf()), [], date('2027-03-01'))).toEqual({
      level: 'gold',
      end: '2027-03-02',
      ladder: [gold],
    });
  });

  it('falls at its end to what sales of earlier dates support, which holds until the end + keep', () => {
    const tallies = [tally('2026-03-02', 500), tally('2026-06-01', 150), tally('2027-03-02', 400)];
    expect(levelOn([gold], always(tiersOf()), tallies, date('2027-03-02'))).toEqual({
      level: 'silver',
      end: '2028-03-02',
      ladder: [held('silver', 100, '2028-03-02', null)],
    });
  });

  it('is kept where the measure still supports it, and its sale stays the one that reached it', () => {
    const tallies = [tally('2026-03-02', 500), tally('2027-01-01', 500)];
    expect(levelOn([gold], always(tiersOf()), tallies, date('2027-03-02')).ladder).toEqual([
      held('gold', 500, '2028-03-02', 's1'),
    ]);
  });

  it('falls to the level with at 0 where the measure supports none above it', () => {
    expect(levelOn([gold], always(tiersOf()), [tally('2026-03-02', 500)], date('2027-03-02'))).toEqual({
      level: 'bronze',
      end: null,
      ladder: [],
    });
  });

  it('falls several times where nobody looked for years, each end judged on its own date', () => {
    // On 2 March 2027 the 150 of June 2026 count; a year later nothing does.
    const tallies = [tally('2026-03-02', 500), tally('2026-06-01', 150)];
    const ladder = [gold];
    const at = (day: string) => levelOn(ladder, always(tiersOf()), tallies, date(day)).level;
    expect(['2027-03-01', '2027-03-02', '2028-03-01', '2028-03-02'].map(at)).toEqual([
      'gold',
      'silver',
      'silver',
      'bronze',
    ]);
  });

  it('can rise at an end, where the version of that date asks less', () => {
    const silver = held('silver', 100, '2027-03-02', 's1');
    const cheaper = tiersOf({ levels: levels({ bronze: 0, silver: 100, gold: 300 }) });
    const tallies = [tally('2026-06-02', 350)];
    expect(levelOn([silver], always(cheaper), tallies, date('2027-03-02')).ladder).toEqual([
      held('gold', 300, '2028-03-02', null),
    ]);
  });

  it('judges an end by the version in effect on its own date', () => {
    const dearer = tiersOf({ levels: levels({ bronze: 0, gold: 800 }) });
    const on = (day: string) => (day < '2027-03-03' ? tiersOf() : dearer);
    const tallies = [tally('2027-03-01', 500)];
    expect(levelOn([gold], on, tallies, date('2027-06-01')).level).toBe('gold');
    expect(levelOn([gold], always(dearer), tallies, date('2027-06-01')).level).toBe('bronze');
  });

  it('keeps a level that a later version does not have until its end, and then falls', () => {
    const other = tiersOf({ levels: levels({ basic: 0, top: 900 }) });
    expect(levelOn([gold], always(other), [], date('2027-03-01')).level).toBe('gold');
    expect(levelOn([gold], always(undefined), [], date('2027-03-01')).level).toBe('gold');
    expect(levelOn([gold], always(other), [], date('2027-03-02')).level).toBe('basic');
    expect(levelOn([gold], always(undefined), [], date('2027-03-02')).level).toBeNull();
  });

  it('judges by the year that is over, with calendar-year and year-end (fine print 17)', () => {
    const tiers = tiersOf({ window: 'calendar-year', keep: 'year-end' });
    const ladder = [held('gold', 500, '2027-01-01', 's1')];
    const tallies = [tally('2026-12-31', 500), tally('2027-01-01', 100)];
    expect(levelOn(ladder, always(tiers), tallies, date('2027-01-01'))).toEqual({
      level: 'gold',
      end: '2028-01-01',
      ladder: [held('gold', 500, '2028-01-01', 's1')],
    });
    expect(levelOn(ladder, always(tiers), tallies, date('2028-01-01')).level).toBe('silver');
    expect(levelOn(ladder, always(tiers), tallies, date('2029-01-01')).level).toBe('bronze');
  });

  it('never comes back to what was held before, and forgets it once its own end has passed', () => {
    const ladder = [held('silver', 100, '2026-12-01', 's0'), gold];
    expect(levelOn(ladder, always(tiersOf()), [], date('2026-11-30')).ladder).toEqual(ladder);
    expect(levelOn(ladder, always(tiersOf()), [], date('2026-12-01')).ladder).toEqual([gold]);
    const longer = [held('silver', 100, null, 's0'), gold];
    expect(levelOn(longer, always(tiersOf()), [], date('2027-03-02')).level).toBe('bronze');
  });

  it('has no end without keep', () => {
    const tiers = tiersOf({ keep: undefined });
    const ladder = levelOn([gold], always(tiers), [tally('2027-03-01', 500)], date('2030-01-01')).ladder;
    expect(ladder).toEqual([held('gold', 500, null, 's1')]);
  });

  it('ends for a keep of nothing, and for one by the day in the year 9999', () => {
    const nothing = { ...tiersOf(), keep: 'P0D' } as Tiers; // what no version says, and an old one might
    expect(levelOn([gold], always(nothing), [tally('2027-01-01', 500)], date('2027-03-02')).ladder).toEqual([]);
    const daily = tiersOf({ window: 'lifetime', keep: 'P1D' });
    const tallies = [tally('2026-03-02', 500)];
    expect(levelOn([gold], always(daily), tallies, date('9999-12-31'))).toEqual({
      level: 'gold',
      end: null,
      ladder: [held('gold', 500, null, 's1')],
    });
    expect(levelOn([gold], always(daily), tallies, date('9000-01-01')).end).toBe('9000-01-02');
  });
});
