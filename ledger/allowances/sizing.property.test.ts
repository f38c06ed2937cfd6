import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IncarnationId, WalletId } from '../../base/ids.ts';
import { points } from '../../base/numbers.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import { cheapestReward, sizeGrants } from './sizing.ts';

const [ONE, TWO, THREE] = ['till-1', 'till-2', 'till-3'] as [IncarnationId, IncarnationId, IncarnationId]; // of the tests
const ROOMY = { perMember: 1_000, perTill: 10_000 };

function at(inc: IncarnationId, held = 0, heldInAll = held): { inc: IncarnationId; held: number; heldInAll: number } {
  return { inc, held, heldInAll };
}

const small = fc.integer({ min: 0, max: 300 });
const usual = fc.uniqueArray(
  fc
    .record({ inc: fc.constantFrom(ONE, TWO, THREE), held: small, more: small })
    .map(({ inc, held, more }) => at(inc, held, held + more)),
  { selector: ({ inc }) => inc, maxLength: 3 },
);
const sizing = fc.record({ perMember: small, perTill: small });

describe('grants that nobody asked for', () => {
  it('are all at the last till where there are fewer than two rewards', () => {
    expect(sizeGrants(points(99), 50, [at(TWO), at(ONE)], ROOMY)).toEqual([{ inc: TWO, amount: 99 }]);
  });

  it('let each till give a reward before any can give two; the rest is the last one’s', () => {
    expect(sizeGrants(points(220), 50, [at(TWO), at(ONE), at(THREE)], ROOMY)).toEqual([
      { inc: TWO, amount: 120 },
      { inc: ONE, amount: 50 },
      { inc: THREE, amount: 50 },
    ]);
  });

  it('are none where the member was at no till', () => {
    expect(sizeGrants(points(500), 50, [], ROOMY)).toEqual([]);
  });

  it('are above nothing, and exceed neither what is free nor a member’s or a till’s share', () => {
    fc.assert(
      fc.property(small.map(points), fc.integer({ min: 1, max: 60 }), usual, sizing, (free, step, tills, limits) => {
        const given = sizeGrants(free, step, tills, limits);
        expect(given.reduce((sum, { amount }) => sum + amount, 0)).toBeLessThanOrEqual(free);
        expect(new Set(given.map(({ inc }) => inc)).size).toBe(given.length);
        for (const { inc, amount } of given) {
          const before = tills.find((till) => till.inc === inc) ?? at(inc, Number.NaN);
          expect(amount).toBeGreaterThan(0);
          expect(before.held + amount).toBeLessThanOrEqual(limits.perMember);
          expect(before.heldInAll + amount).toBeLessThanOrEqual(limits.perTill);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('leave nothing free that a till still has room for', () => {
    fc.assert(
      fc.property(small.map(points), fc.integer({ min: 1, max: 60 }), usual, (free, step, tills) => {
        const given = sizeGrants(free, step, tills, ROOMY);
        expect(given.reduce((sum, { amount }) => sum + amount, 0)).toBe(tills.length === 0 ? 0 : free);
      }),
    );
  });
});

describe('the step of a wallet', () => {
  const rewards = [
    { cost: { wallet: 'points', amount: 80 }, give: { kind: 'free-item' } },
    { cost: { wallet: 'points', amount: 500 }, give: { kind: 'spend', points: 25 } },
    { cost: { wallet: 'stamps', amount: 9 }, give: { kind: 'free-item' } },
    { give: { kind: 'free-item' } },
  ];
  const programme = { rewards } as unknown as Programme; // all of a programme that is looked at

  it('is what its cheapest reward costs, and 1 where it has none', () => {
    const costs = ['points', 'stamps', 'cash'].map((wallet) => cheapestReward(programme, wallet as WalletId)); // of the tests
    expect(costs).toEqual([25, 9, 1]);
  });
});
