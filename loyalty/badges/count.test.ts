import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoreId } from '../../base/ids.ts';
import { badge, counted, sold } from '../testing/counted.ts';
import { date, saleId } from '../testing/ladders.ts';
import { countOf, type CountedSale } from './count.ts';

const count = (parts: Readonly<Record<string, unknown>>) => badge('b', { at: 1, ...parts }).when.count;
const DAY = date('2026-03-31');

const COFFEE = counted('COFFEE', 2, 700, { category: 'drinks', tags: ['hot'] });
const BREAD = counted('BREAD', 1, 300, { category: 'bakery' });
const CHEESE = counted('CHEESE', 0, 450);

const SALES = [
  sold('s1', '2026-03-01', [COFFEE, BREAD], 'north'),
  sold('s2', '2026-03-02', [CHEESE], 'south'),
  sold('s3', '2026-03-15', [COFFEE], 'north'),
  sold('s4', '2026-03-31', [BREAD, BREAD], 'east'),
];

describe('countOf', () => {
  it.each([
    ['visits', 4, 2],
    ['spend', 2_750, 1_400],
    ['items', 7, 4],
    ['stores', 3, 1],
  ])('counts %s, of all lines and of those that match (fine print 34)', (of, all, coffees) => {
    expect(countOf(count({ of }), SALES, DAY)).toBe(all);
    expect(countOf(count({ of, lines: { sku: ['COFFEE'] } }), SALES, DAY)).toBe(coffees);
  });

  it('matches lines by category and tag, of which a line may have none', () => {
    expect(countOf(count({ of: 'visits', lines: { category: ['bakery'] } }), SALES, DAY)).toBe(2);
    expect(countOf(count({ of: 'visits', lines: { notCategory: ['bakery', 'drinks'] } }), SALES, DAY)).toBe(1);
    expect(countOf(count({ of: 'visits', lines: { tag: ['hot'] } }), SALES, DAY)).toBe(2);
  });

  it('counts the sales within a duration on the date (fine print 10)', () => {
    const within = (span: string) => countOf(count({ of: 'visits', within: span }), SALES, DAY);
    // 1 March + P30D is 31 March: out. 2 March is in.
    expect([within('P30D'), within('P31D'), within('P17D'), within('P16D'), within('P1D')]).toEqual([3, 4, 2, 1, 1]);
    expect(countOf(count({ of: 'visits', within: 'P30D' }), SALES, date('2026-03-15'))).toBe(3);
  });

  it('leaves the visit of a sale that was refunded in full, and takes its spend and items (fine print 29)', () => {
    const refunded = [sold('s1', '2026-03-01', [counted('COFFEE', 0, 0)])];
    const of = (what: string) => countOf(count({ of: what, lines: { sku: ['COFFEE'] } }), refunded, DAY);
    expect(['visits', 'spend', 'items', 'stores'].map(of)).toEqual([1, 0, 0, 1]);
  });

  it('starts with the sale after one, on the same date too', () => {
    const same = [...SALES, sold('s5', '2026-03-31', [BREAD])];
    const since = (sale: string, day: string) =>
      countOf(count({ of: 'visits' }), same, DAY, { sale: saleId(sale), date: date(day) });
    expect(since('s4', '2026-03-31')).toBe(1);
    expect(since('s1', '2026-03-01')).toBe(4);
    expect(since('s5', '2026-03-31')).toBe(0);
  });

  it('starts after the date of a sale that is no longer there', () => {
    const since = (day: string) =>
      countOf(count({ of: 'visits' }), SALES, DAY, { sale: saleId('voided'), date: date(day) });
    expect([since('2026-02-28'), since('2026-03-02'), since('2026-03-31')]).toEqual([4, 2, 0]);
  });

  it('counts lines that were bought often before, those returned left out', () => {
    const frequent = count({ of: 'visits', lines: { frequent: { times: 1, within: 'P14D' } } });
    // COFFEE of 15 March was bought on 1 March, 14 days before: out. Within P15D it is in.
    expect(countOf(frequent, SALES, DAY)).toBe(0);
    const longer = count({ of: 'visits', lines: { frequent: { times: 1, within: 'P15D' } } });
    expect(countOf(longer, SALES, DAY)).toBe(1);
    const returned = SALES.with(0, sold('s1', '2026-03-01', [counted('COFFEE', 0, 0), BREAD]));
    expect(countOf(longer, returned, DAY)).toBe(0);
    const weighed = [sold('a', '2026-03-01', [CHEESE]), sold('b', '2026-03-02', [CHEESE])];
    expect(countOf(longer, weighed, DAY)).toBe(1);
    expect(countOf(count({ of: 'visits', lines: { frequent: { times: 2, within: 'P15D' } } }), weighed, DAY)).toBe(0);
  });

  it('never falls when a sale is added, nor when more of a sale is left', () => {
    const line = fc
      .record({ sku: fc.constantFrom('A', 'B'), units: fc.nat(3), paid: fc.nat(500) })
      .map(({ sku, units, paid }) => counted(sku, units, paid));
    const sale = fc.record({
      sale: fc.uuid().map(saleId),
      date: fc.integer({ min: 1, max: 31 }).map((day) => date(`2026-03-${String(day).padStart(2, '0')}`)),
      store: fc.constantFrom('n', 's').map((id) => id as StoreId), // test ids
      lines: fc.array(line, { minLength: 1, maxLength: 3 }),
    });
    const counts = fc
      .record({
        of: fc.constantFrom('visits', 'spend', 'items', 'stores'),
        lines: fc.constantFrom(undefined, { sku: ['A'] }, { notSku: ['A'] }),
        within: fc.constantFrom(undefined, 'P1D', 'P10D', 'P1M'),
      })
      .map(count);
    fc.assert(
      fc.property(fc.array(sale, { maxLength: 8 }), sale, counts, (sales: CountedSale[], another, of) => {
        const before = countOf(of, sales, DAY);
        expect(countOf(of, [...sales, another], DAY)).toBeGreaterThanOrEqual(before);
        const less = sales.map((one) => ({ ...one, lines: one.lines.map((some) => ({ ...some, units: 0, paid: 0 })) }));
        expect(countOf(of, less, DAY)).toBeLessThanOrEqual(before);
      }),
    );
  });
});
