import { describe, expect, it } from 'vitest';
import { type FrequentLookup, NEVER_FREQUENT } from './frequent.ts';
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
    expect([lineMatches(parsed, COFFEE, NEVER_FREQUENT), lineMatches(parsed, LOOSE, NEVER_FREQUENT)]).toEqual([
      coffee,
      loose,
    ]);
  });

  it('matches every line where there is no filter', () => {
    expect(lineMatches(undefined, LOOSE, NEVER_FREQUENT)).toBe(true);
  });

  it('asks whether a sku was bought often last, and only of lines that match otherwise', () => {
    const filter = lineFilterSchema.parse({ category: ['drinks'], frequent: { times: 2, within: 'P1D' } });
    const asked: unknown[] = [];
    const often: FrequentLookup = (frequent, sku) => asked.push([frequent, sku]) > 0;
    expect([lineMatches(filter, COFFEE, often), lineMatches(filter, LOOSE, often)]).toEqual([true, false]);
    expect(asked).toEqual([[{ times: 2, within: 'P1D' }, 'COFFEE']]);
    expect(lineMatches(filter, COFFEE, NEVER_FREQUENT)).toBe(false);
  });
});
