import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { badge, counted, sold } from '../testing/counted.ts';
import { date, saleId } from '../testing/ladders.ts';
import type { BadgeAward } from './award.ts';
import type { CountedSale } from './count.ts';
import { badgeProgress, judgeBadges, lostBadges } from './judge.ts';

const LINE = counted('COFFEE', 1, 350);
const visit = (index: number, day = '2026-03-02') => sold(`s${index}`, day, [LINE]);
const visits = (count: number) => Array.from({ length: count }, (_, index) => visit(index + 1));
const award = (id: string, sale: string, day = '2026-03-02'): BadgeAward => ({
  badge: id,
  sale: saleId(sale),
  date: date(day),
});
const THIRD = badge('third', { of: 'visits', at: 3 });
const EVERY_THIRD = badge('every-third', { of: 'visits', at: 3 }, true);

function judged(sales: readonly CountedSale[], awards: readonly BadgeAward[], badges = [THIRD, EVERY_THIRD]) {
  const last = sales.at(-1);
  return last === undefined ? [] : judgeBadges(badges, awards, sales, last.sale, last.date);
}

describe('judgeBadges', () => {
  it('awards what the sale completes, and nothing before', () => {
    expect(judged(visits(2), [])).toEqual([]);
    expect(judged(visits(3), [])).toEqual([award('third', 's3'), award('every-third', 's3')]);
  });

  it('awards once ever, and with `again` each time that the count is full anew', () => {
    let awards: readonly BadgeAward[] = [];
    for (let count = 1; count <= 9; count += 1) awards = [...awards, ...judged(visits(count), awards)];
    expect(awards).toEqual([
      award('third', 's3'),
      award('every-third', 's3'),
      award('every-third', 's6'),
      award('every-third', 's9'),
    ]);
  });

  it('awards a badge at most once a sale, however much is in it', () => {
    const hundred = badge('hundred', { of: 'items', at: 10 }, true);
    const sales = [sold('s1', '2026-03-02', [counted('COFFEE', 35, 1)])];
    const first = judged(sales, [], [hundred]);
    expect(first).toEqual([award('hundred', 's1')]);
    expect(judged(sales, first, [hundred])).toEqual([]);
    expect(judged([...sales, visit(2)], first, [hundred])).toEqual([]);
  });

  it('counts those within a duration of the sale', () => {
    const week = badge('week', { of: 'visits', at: 2, within: 'P7D' });
    expect(judged([visit(1, '2026-03-02'), visit(2, '2026-03-09')], [], [week])).toEqual([]);
    expect(judged([visit(1, '2026-03-03'), visit(2, '2026-03-09')], [], [week])).toHaveLength(1);
  });

  it('awards again what was taken back', () => {
    expect(judged(visits(4), [])).toEqual([award('third', 's4'), award('every-third', 's4')]);
  });

  it('is judged after a sale of which nothing counts, as after any other', () => {
    const coffees = badge('coffees', { of: 'items', lines: { sku: ['COFFEE'] }, at: 2 });
    const sales = [...visits(2), sold('s3', '2026-03-02', [counted('TEA', 1, 1)])];
    expect(judged(sales, [], [coffees])).toEqual([award('coffees', 's3')]);
  });
});

describe('lostBadges', () => {
  const spend = badge('spender', { of: 'spend', at: 1_000 });
  const sales = [sold('s1', '2026-03-02', [counted('A', 1, 400)]), sold('s2', '2026-03-02', [counted('A', 1, 600)])];
  const awards = [award('spender', 's2')];

  it('takes a badge back when the count up to its sale no longer reaches at (fine print 34)', () => {
    const partly = sales.with(1, sold('s2', '2026-03-02', [counted('A', 1, 599)]));
    expect(lostBadges([spend], awards, partly, saleId('s2'))).toEqual(awards);
    expect(lostBadges([spend], awards, sales, saleId('s2'))).toEqual([]);
  });

  it('looks only at the sale that earned it', () => {
    const less = sales.with(0, sold('s1', '2026-03-02', [counted('A', 0, 0)]));
    expect(lostBadges([spend], awards, less, saleId('s1'))).toEqual([]);
  });

  it('does not count what was sold after it', () => {
    const later = [
      ...sales.with(1, sold('s2', '2026-03-02', [counted('A', 1, 1)])),
      sold('s3', '2026-03-02', [counted('A', 1, 9_999)]),
    ];
    expect(lostBadges([spend], awards, later, saleId('s2'))).toEqual(awards);
  });

  it('leaves a badge for visits to a sale that was refunded, and takes it from one that was voided', () => {
    const third = [award('third', 's3')];
    const refunded = visits(4).with(2, sold('s3', '2026-03-02', [counted('COFFEE', 0, 0)]));
    expect(lostBadges([THIRD], third, refunded, saleId('s3'))).toEqual([]);
    expect(lostBadges([THIRD], third, visits(4), saleId('s3'), { voided: true })).toEqual(third);
  });

  it('leaves it to a voided sale without which the count was full', () => {
    // The third was voided and its badge taken back; the fifth earned it with four others.
    const fourth = [award('third', 's5')];
    expect(lostBadges([THIRD], fourth, visits(5), saleId('s5'), { voided: true })).toEqual([]);
  });

  it('counts only earlier dates where the voided sale is no longer in the list', () => {
    const third = [award('third', 's4', '2026-03-03')];
    expect(lostBadges([THIRD], third, [...visits(3), visit(5, '2026-03-03')], saleId('s4'))).toEqual([]);
    expect(lostBadges([THIRD], third, [...visits(2), visit(5, '2026-03-03')], saleId('s4'))).toEqual(third);
  });

  it('counts anew after the award before, with `again`', () => {
    const twice = badge('twice', { of: 'spend', at: 500 }, true);
    const all = [
      sold('s1', '2026-03-02', [counted('A', 1, 900)]),
      sold('s2', '2026-03-02', [counted('A', 1, 100)]),
      sold('s3', '2026-03-02', [counted('A', 1, 399)]),
    ];
    const both = [award('twice', 's1'), award('twice', 's3')];
    expect(lostBadges([twice], both, all, saleId('s3'))).toEqual([both[1]]);
    const enough = all.with(2, sold('s3', '2026-03-02', [counted('A', 1, 400)]));
    expect(lostBadges([twice], both, enough, saleId('s3'))).toEqual([]);
    expect(
      lostBadges([twice], both, all.with(0, sold('s1', '2026-03-02', [counted('A', 1, 499)])), saleId('s1')),
    ).toEqual([both[0]]);
  });

  it('looks within the duration of the award, not of the refund', () => {
    const month = badge('month', { of: 'spend', at: 500, within: 'P30D' });
    const old = [sold('s1', '2025-01-01', [counted('A', 1, 300)]), sold('s2', '2025-01-02', [counted('A', 1, 200)])];
    expect(lostBadges([month], [award('month', 's2', '2025-01-02')], old, saleId('s2'))).toEqual([]);
  });

  it('leaves a badge that the version does not have', () => {
    expect(lostBadges([], awards, [], saleId('s2'))).toEqual([]);
  });

  it('takes back exactly what a sale gave, when it is voided at once', () => {
    const sale = fc.record({ units: fc.integer({ min: 1, max: 4 }), paid: fc.nat(400) });
    const badges = [
      badge('visits', { of: 'visits', at: 3 }, true),
      badge('spend', { of: 'spend', at: 700 }, true),
      badge('items', { of: 'items', at: 7 }),
    ];
    fc.assert(
      fc.property(fc.array(sale, { minLength: 1, maxLength: 12 }), (bought) => {
        const all = bought.map(({ units, paid }, index) =>
          sold(`s${index}`, '2026-03-02', [counted('A', units, paid)]),
        );
        let held: readonly BadgeAward[] = [];
        for (const [index, one] of all.entries()) {
          const given = judged(all.slice(0, index + 1), held, badges);
          const after = [...held, ...given];
          expect(lostBadges(badges, after, all.slice(0, index + 1), one.sale, { voided: true })).toEqual(given);
          expect(lostBadges(badges, after, all.slice(0, index + 1), one.sale)).toEqual([]);
          held = after;
        }
      }),
    );
  });
});

describe('badgeProgress', () => {
  it('says how far a member is and what is missing', () => {
    expect(badgeProgress([THIRD, EVERY_THIRD], [], visits(2), date('2026-03-02'))).toEqual([
      { badge: 'third', held: 0, count: 2, at: 3, missing: 1 },
      { badge: 'every-third', held: 0, count: 2, at: 3, missing: 1 },
    ]);
    const awards = [award('third', 's3'), award('every-third', 's3')];
    expect(badgeProgress([THIRD, EVERY_THIRD], awards, visits(5), date('2026-03-02'))).toEqual([
      { badge: 'third', held: 1, count: 5, at: 3, missing: null },
      { badge: 'every-third', held: 1, count: 2, at: 3, missing: 1 },
    ]);
    expect(badgeProgress([THIRD], [], visits(5), date('2026-03-02'))).toEqual([
      { badge: 'third', held: 0, count: 5, at: 3, missing: 0 },
    ]);
  });
});
