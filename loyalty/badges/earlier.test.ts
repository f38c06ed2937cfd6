import { describe, expect, it } from 'vitest';
import type { StoreId } from '../../base/ids.ts';
import { badgeSchema } from '../programme/badges.ts';
import { date, saleId } from '../testing/ladders.ts';
import type { CountedSale } from './count.ts';
import type { EarlierCount } from './earlier.ts';
import { badgeProgress, judgeBadges, lostBadges } from './judge.ts';

const DAY = date('2026-03-10');
const sale = (name: string, store = 's1'): CountedSale => ({
  sale: saleId(name),
  date: DAY,
  store: store as StoreId, // a test id
  lines: [{ sku: 'A', category: null, tags: [], units: 2, paid: 500 }],
});
const badge = (of: string, at: number, rest: object = {}) =>
  badgeSchema.parse({ id: 'b', when: { count: { of, at, ...rest } }, again: true });
const sums = (day: string, amount: number, stores: string[] = []): EarlierCount => ({
  date: date(day),
  amount,
  stores: stores.map((store) => store as StoreId), // test ids
});
const earned = { badge: 'b', sale: saleId('new'), date: DAY };

describe('sales before those of the list', () => {
  it.each([
    ['visits', 5, sums('2026-03-01', 4)],
    ['items', 7, sums('2026-03-01', 5)],
    ['spend', 1_500, sums('2026-03-01', 1_000)],
    ['stores', 3, sums('2026-03-01', 0, ['s1', 's2', 's3'])],
  ])('count towards a badge of %s', (of, at, earlier) => {
    const judge = (threshold: number) =>
      judgeBadges([badge(of, threshold)], [], [sale('new')], earned.sale, DAY, { b: [earlier] });
    expect(judge(at)).toEqual([earned]);
    expect(judge(at + 1)).toEqual([]);
    expect(judgeBadges([badge(of, at)], [], [sale('new')], earned.sale, DAY)).toEqual([]);
    expect(badgeProgress([badge(of, at)], [], [sale('new')], DAY, { b: [earlier] })[0]?.missing).toBe(0);
  });

  it('count within their time only', () => {
    const counts = { b: [sums('2026-03-03', 1), sums('2026-03-04', 1)] };
    const judge = (at: number) =>
      judgeBadges([badge('visits', at, { within: 'P7D' })], [], [sale('new')], earned.sale, DAY, counts);
    expect([judge(2), judge(3)]).toEqual([[earned], []]);
  });

  it('do not count where a sale of the list earned the badge since', () => {
    const awards = [{ badge: 'b', sale: saleId('old'), date: DAY }];
    const judge = (at: number) =>
      judgeBadges([badge('visits', at)], awards, [sale('old'), sale('new')], earned.sale, DAY, {
        b: [sums('2026-03-01', 9)],
      });
    expect([judge(1), judge(2)]).toEqual([[earned], []]);
  });

  it('count for a badge that a refund might take back', () => {
    const counts = { earlierCounts: { b: [sums('2026-03-01', 4)] } };
    expect(lostBadges([badge('visits', 5)], [earned], [sale('new')], earned.sale, counts)).toEqual([]);
    expect(lostBadges([badge('visits', 6)], [earned], [sale('new')], earned.sale, counts)).toEqual([earned]);
  });
});
