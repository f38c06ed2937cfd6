import { describe, expect, it } from 'vitest';
import { date, held, levels, names, saleId, tally, tiersOf } from '../testing/ladders.ts';
import { ladderAfterRefund, ladderAfterSale, type Ladder } from './ladder.ts';
import { levelOn } from './settle.ts';
import type { Tally } from './tally.ts';

const DAY = '2026-03-02';
const after = (ladder: Ladder, tallies: readonly Tally[], day = DAY, tiers = tiersOf()) =>
  ladderAfterSale(ladder, tiers, tallies, date(day), saleId('s9'));

describe('ladderAfterSale', () => {
  it('reaches nothing below the threshold, and the level at exactly it', () => {
    expect(after([], [tally(DAY, 99)])).toEqual([]);
    expect(after([], [tally(DAY, 100)])).toEqual([held('silver', 100, '2027-03-02', 's9')]);
  });

  it('holds the higher level at once, above what was held before', () => {
    const silver = held('silver', 100, '2026-12-01', 's1');
    expect(after([silver], [tally('2025-12-01', 100), tally(DAY, 400)])).toEqual([
      silver,
      held('gold', 500, '2027-03-02', 's9'),
    ]);
  });

  it('jumps two levels as one', () => {
    expect(after([], [tally(DAY, 10_000)])).toEqual([held('gold', 500, '2027-03-02', 's9')]);
  });

  it.each([
    ['year-end', '2027-01-01'],
    ['next-year-end', '2028-01-01'],
    ['P30D', '2026-04-01'],
    ['P1M', '2026-04-02'],
    [undefined, null],
  ])('holds it for keep %s until %s', (keep, end) => {
    expect(after([], [tally(DAY, 100)], DAY, tiersOf({ keep }))).toEqual([held('silver', 100, end, 's9')]);
  });

  it('clamps the end to the last day of the month', () => {
    expect(after([], [tally('2026-01-31', 100)], '2026-01-31', tiersOf({ keep: 'P1M' }))).toEqual([
      held('silver', 100, '2026-02-28', 's9'),
    ]);
  });

  it('moves the end of the level that the measure supports exactly (fine print 16)', () => {
    const silver = held('silver', 100, '2026-12-01', 's1');
    expect(after([silver], [tally('2025-12-01', 100), tally(DAY, 1)])).toEqual([
      held('silver', 100, '2027-03-02', 's1'),
    ]);
  });

  it('moves an end later only', () => {
    const long = held('silver', 100, '2030-01-01', 's1');
    const endless = held('silver', 100, null, 's1');
    expect(after([long], [tally(DAY, 100)])).toEqual([long]);
    expect(after([endless], [tally(DAY, 100)])).toEqual([endless]);
    expect(after([long], [tally(DAY, 100)], DAY, tiersOf({ keep: undefined }))).toEqual([endless]);
  });

  it('neither moves nor takes a level that the measure no longer supports', () => {
    const gold = held('gold', 500, '2026-12-01', 's1');
    expect(after([gold], [tally(DAY, 499)])).toEqual([gold]);
    expect(after([gold], [tally(DAY, 1)])).toEqual([gold]);
  });

  it('compares levels as the version of the sale has them, and others by what they once asked', () => {
    const gold = held('gold', 500, '2026-12-01', 's1');
    // Silver asks 600 now, more than gold once did, and gold 800: silver is no rise.
    const dearer = tiersOf({ levels: levels({ bronze: 0, silver: 600, gold: 800 }) });
    expect(after([gold], [tally(DAY, 650)], DAY, dearer)).toEqual([gold]);
    expect(after([gold], [tally(DAY, 800)], DAY, dearer)).toEqual([held('gold', 500, '2027-03-02', 's1')]);
    const others = tiersOf({ levels: levels({ basic: 0, plus: 400, top: 600 }) });
    expect(after([gold], [tally(DAY, 599)], DAY, others)).toEqual([gold]);
    expect(names(after([gold], [tally(DAY, 600)], DAY, others))).toEqual(['gold', 'top']);
  });

  it('counts the sales of its own date and window', () => {
    const year = tiersOf({ window: 'calendar-year' });
    expect(after([], [tally('2025-12-31', 99), tally('2026-01-01', 1)], '2026-01-01', year)).toEqual([]);
    expect(after([], [tally('2025-03-02', 99), tally(DAY, 1)])).toEqual([]);
    expect(names(after([], [tally('2025-03-03', 99), tally(DAY, 1)]))).toEqual(['silver']);
    expect(names(after([], [tally(DAY, 99), tally(DAY, 1)]))).toEqual(['silver']);
  });
});

describe('ladderAfterRefund', () => {
  const gold = held('gold', 500, '2027-03-02', 's9');
  const refund = (
    ladder: Ladder,
    tallies: readonly Tally[],
    parts: Partial<Parameters<typeof ladderAfterRefund>[3]> = {},
    tiers = tiersOf(),
  ) =>
    ladderAfterRefund(ladder, tiers, tallies, {
      sale: saleId('s9'),
      saleDate: date(DAY),
      refundDate: date('2026-03-09'),
      wasRefunded: () => false,
      ...parts,
    });

  it('takes back the level that the sale had reached and the measure no longer supports (fine print 18)', () => {
    expect(refund([gold], [tally(DAY, 499)], {}, tiersOf({ levels: levels({ bronze: 0, gold: 500 }) }))).toEqual([]);
    expect(refund([gold], [tally(DAY, 500)])).toEqual([gold]);
  });

  it('takes nothing back from a sale that had not reached the level', () => {
    const other = held('gold', 500, '2027-03-02', 's1');
    expect(refund([other], [])).toEqual([other]);
    expect(refund([held('gold', 500, '2027-03-02', null)], [])).toHaveLength(1);
    expect(refund([], [])).toEqual([]);
    const under = held('silver', 100, '2027-03-01', 's9');
    expect(refund([under, other], [])).toEqual([under, other]);
  });

  it('leaves it where the measure supports it on the date of the sale, or of the refund', () => {
    // On the sale's date those of 2025-03-05 count; on the refund's they have left the window.
    expect(refund([gold], [tally('2025-03-05', 500)])).toEqual([gold]);
    expect(refund([gold], [tally('2025-03-02', 500)])).toEqual([]);
    expect(refund([gold], [tally('2026-03-08', 500)])).toEqual([gold]);
    expect(refund([gold], [tally('2026-03-09', 500)])).toEqual([gold]);
    expect(refund([gold], [tally('2026-03-10', 500)])).toEqual([]);
  });

  it('goes by the thresholds of the refunded sale', () => {
    const dearer = tiersOf({ levels: levels({ bronze: 0, gold: 600 }) });
    expect(refund([gold], [tally(DAY, 550)], {}, dearer)).toEqual([]);
    expect(refund([gold], [tally(DAY, 550)])).toEqual([gold]);
  });

  it('leads back to the level held before', () => {
    const silver = held('silver', 100, '2026-12-01', 's1');
    expect(refund([silver, gold], [tally('2025-12-01', 100)])).toEqual([silver]);
    expect(refund([silver, gold], [])).toEqual([silver]);
  });

  it('does not lead back to one that has ended', () => {
    expect(refund([held('silver', 100, '2026-03-09', 's1'), gold], [])).toEqual([]);
    expect(names(refund([held('silver', 100, '2026-03-10', 's1'), gold], []))).toEqual(['silver']);
  });

  it('tests the level held before in the same way where its sale was refunded since', () => {
    const silver = held('silver', 100, '2026-12-01', 's1');
    const wasRefunded = (sale: string) => sale === 's1';
    expect(refund([silver, gold], [tally('2025-12-01', 99)], { wasRefunded })).toEqual([]);
    expect(refund([silver, gold], [tally('2025-12-01', 100)], { wasRefunded })).toEqual([silver]);
    const bottom = held('iron', 50, '2026-12-01', 's0');
    expect(refund([bottom, silver, gold], [tally('2025-12-01', 60)], { wasRefunded })).toEqual([bottom]);
  });

  it("tests it on that sale's own date and by its own version, where they are known", () => {
    const silver = held('silver', 100, '2026-12-01', 's1');
    const wasRefunded = () => true;
    // On 1 December 2025 the sale of 2024-12-02 counted; neither on 2 nor on 9 March 2026 it did.
    const tallies = [tally('2024-12-02', 100)];
    const on = (day: string, tiers = tiersOf()) => ({ wasRefunded, termsOf: () => ({ date: date(day), tiers }) });
    expect(refund([silver, gold], tallies, { wasRefunded })).toEqual([]);
    expect(refund([silver, gold], tallies, on('2025-12-01'))).toEqual([silver]);
    const dearer = tiersOf({ levels: levels({ bronze: 0, silver: 101 }) });
    expect(refund([silver, gold], tallies, on('2025-12-01', dearer))).toEqual([]);
  });

  it('leads to what the measure now supports where that is higher than what was held before', () => {
    const silver = held('silver', 100, '2027-03-09', 's9');
    expect(refund([gold], [tally(DAY, 150)])).toEqual([silver]);
    const bronze = held('basic', 20, '2026-12-01', 's1');
    expect(refund([bronze, gold], [tally(DAY, 150)])).toEqual([bronze, silver]);
    const before = held('silver', 100, '2026-12-01', 's1');
    expect(refund([before, gold], [tally(DAY, 150)])).toEqual([before]);
  });

  it('takes back in two goes what it takes back at once', () => {
    const half = refund([gold], [tally(DAY, 150)]);
    expect(refund(half, [tally(DAY, 0)], { wasRefunded: () => true })).toEqual(refund([gold], [tally(DAY, 0)]));
  });

  it('takes back, on its own date, what a voided sale had reached', () => {
    expect(refund([gold], [], { refundDate: date(DAY) })).toEqual([]);
    expect(refund([gold], [tally(DAY, 500)], { refundDate: date(DAY) })).toEqual([gold]);
  });

  it('takes back a level that was kept at its end since', () => {
    const tallies = [tally(DAY, 500), tally('2027-03-01', 500)];
    const { ladder } = levelOn([gold], () => tiersOf(), tallies, date('2027-03-02'));
    expect(refund(ladder, [tally('2027-03-01', 400)], { refundDate: date('2027-04-01') })).toEqual([
      held('silver', 100, '2028-04-01', 's9'),
    ]);
  });
});
