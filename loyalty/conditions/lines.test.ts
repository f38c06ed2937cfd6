import { describe, expect, it } from 'vitest';
import { lineFilterSchema, lineMatches } from './lines.ts';

const COFFEE = { sku: 'COFFEE', category: 'drinks', tags: ['hot', 'fair'] };
const LOOSE = { sku: 'BAG', tags: [] };

describe('lineMatches', () => {
  it.each<[object, boolean, boolean]>([
    [{}, true, true],
    [{ sku: ['TEA', 'COFFEE'] }, true, false],
    [{ sku: ['coffee'] }, false, false],
    [{ category: ['drinks'] }, true, false],
    [{ notSku: ['COFFEE'] }, false, true],
    [{ notCategory: ['drinks'] }, false, true],
    [{ tag: ['fair', 'new'] }, true, false],
    [{ tag: ['new'] }, false, false],
    [{ category: ['drinks'], notSku: ['COFFEE'] }, false, false],
    [{ category: ['drinks'], tag: ['hot'], notCategory: ['food'] }, true, false],
  ])('%j: a coffee %s, a line without category and tags %s', (filter, coffee, loose) => {
    const parsed = lineFilterSchema.parse(filter);
    expect([lineMatches(parsed, COFFEE), lineMatches(parsed, LOOSE)]).toEqual([coffee, loose]);
  });

  it('matches every line where there is no filter', () => {
    expect(lineMatches(undefined, LOOSE)).toBe(true);
  });

  it('breaks rather than guess what is not built', () => {
    const frequent = lineFilterSchema.parse({ frequent: { times: 1, within: 'P1D' } });
    expect(() => lineMatches(frequent, COFFEE)).toThrow('not built');
  });
});
