import { describe, expect, it } from 'vitest';
import type { BusinessDate } from '../base/business-date.ts';
import type { SaleId } from '../base/ids.ts';
import { AMOUNT_ABS_MAX, points } from '../base/numbers.ts';
import {
  findTrace,
  SALES_KEPT_PER_DAY,
  salesOn,
  sumOfGiven,
  withoutTrace,
  withTrace,
  type DayTrace,
  type SaleTrace,
} from './sale-traces.ts';
import { REWARD, RULE } from './testing/books.ts';

const day = (number: number): BusinessDate => `2026-03-0${number}` as BusinessDate; // in its form
const idOf = (name: string): SaleId => name as SaleId; // a name of the tests
const trace = (name: string, given = 1): SaleTrace => ({
  sale: idOf(name),
  given: { [RULE]: points(given) },
  uses: { [REWARD]: 1 },
  took: {},
});
const traced = (...sales: readonly (readonly [number, string])[]): readonly DayTrace[] =>
  sales.reduce<readonly DayTrace[]>((days, [number, name]) => withTrace(days, day(number), trace(name)), []);

describe('the traces of sales', () => {
  it('are of the two newest dates, in order, whatever the order in which sales came', () => {
    const kept = [
      { date: day(2), sales: [trace('b')] },
      { date: day(3), sales: [trace('c')] },
    ];
    expect(traced([1, 'a'], [2, 'b'], [3, 'c'])).toEqual(kept);
    expect(traced([3, 'c'], [2, 'b'], [1, 'a'])).toEqual(kept);
    expect(traced([2, 'b'], [3, 'c'], [1, 'a'])).toEqual(kept);
  });

  it('are found by the sale and taken out, and a date without any is gone', () => {
    const days = traced([1, 'a'], [2, 'b'], [2, 'c']);
    const found = findTrace(days, idOf('b'));
    expect(found).toEqual({ date: day(2), trace: trace('b') });
    expect(found && withoutTrace(days, found)).toEqual(traced([1, 'a'], [2, 'c']));
    const first = findTrace(days, idOf('a'));
    expect(first && withoutTrace(days, first)).toEqual(traced([2, 'b'], [2, 'c']));
    expect(findTrace(days, idOf('z'))).toBeUndefined();
    expect(salesOn(days, day(3))).toEqual([]);
  });

  it('of a date with very many become one sum, oldest first, and nothing of it is lost', () => {
    const names = Array.from({ length: SALES_KEPT_PER_DAY + 5 }, (_none, number) => `sale ${number}`);
    const sales = salesOn(traced(...names.map((name) => [1, name] as const)), day(1));
    expect(sales).toHaveLength(SALES_KEPT_PER_DAY);
    expect(sales[0]).toEqual({ sale: null, given: { [RULE]: 6 }, uses: { [REWARD]: 6 }, took: {} });
    expect(sales.slice(1)).toEqual(names.slice(6).map((name) => trace(name)));
  });

  it('sum up to what a number holds and no further: a member is served whatever a till once claimed', () => {
    const most = trace('a', AMOUNT_ABS_MAX);
    expect(sumOfGiven([most, trace('b'), most])).toEqual({ [RULE]: AMOUNT_ABS_MAX });
  });
});
