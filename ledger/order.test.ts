import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byOrder, orderKey } from './order.ts';
import { history } from './testing/histories.ts';

describe('the total order', () => {
  it('is the same for every order of arrival, and no two entries share a place', () => {
    fc.assert(
      fc.property(
        history.chain((entries) =>
          fc.tuple(fc.constant(entries), fc.shuffledSubarray([...entries], { minLength: entries.length })),
        ),
        ([entries, arrived]) => {
          expect(arrived.toSorted(byOrder)).toEqual(entries.toSorted(byOrder));
          expect(new Set(entries.map(orderKey)).size).toBe(entries.length);
        },
      ),
    );
  });

  it('keeps each stream in its own sequence', () => {
    fc.assert(
      fc.property(history, (entries) => {
        for (const till of ['till0', 'till1', 'till2']) {
          const seqs = entries.toSorted(byOrder).flatMap((entry) => (entry.till === till ? [entry.seq] : []));
          expect(seqs).toEqual(seqs.toSorted((left, right) => left - right));
        }
      }),
    );
  });

  it('sorts by business date, then clock, then till, then incarnation, then seq as a number', () => {
    const places = [
      ['2026-03-01', 'ffff000000000000', 'z', 'z', 9],
      ['2026-03-02', '0000000000000001', 'a', 'a', 9],
      ['2026-03-02', '0000000000000001', 'a', 'a', 10],
      ['2026-03-02', '0000000000000001', 'a', 'b', 1],
      ['2026-03-02', '0000000000000001', 'b', 'a', 1],
      ['2026-03-02', '0000000000000002', 'a', 'a', 1],
    ] as const;
    const placed = places.map(
      ([bd, hlc, till, inc, seq]) => ({ bd, hlc, till, inc, seq }) as unknown as Parameters<typeof orderKey>[0],
    ); // brands
    expect(placed.toReversed().toSorted(byOrder)).toEqual(placed);
    expect(placed.map(orderKey).toReversed().toSorted()).toEqual(placed.map(orderKey));
  });
});
