import { describe, expect, it } from 'vitest';
import { limitsSchema } from '../programme/limits.ts';
import { OPERATOR_ROLES } from '../roles.ts';
import { mayAdjust, transferLeft } from './limits.ts';

describe('mayAdjust', () => {
  const limits = limitsSchema.parse({ adjust: { cashier: 0, manager: 1_000 } });
  const allowed = (amount: number, of = limits) => OPERATOR_ROLES.filter((role) => mayAdjust(of, role, amount));

  it("allows up to the role's entry, up and down, and a role without one nothing (fine print 32)", () => {
    expect([1, 1_000, -1_000].map((amount) => allowed(amount))).toEqual([['manager'], ['manager'], ['manager']]);
    expect([1_001, -1_001].map((amount) => allowed(amount))).toEqual([[], []]);
    expect(allowed(10, limitsSchema.parse({ adjust: { cashier: 10 } }))).toEqual(['cashier']);
    expect(allowed(1, limitsSchema.parse({ adjust: {} }))).toEqual([]);
  });

  it('allows the manager anything without limits.adjust, and nobody else', () => {
    expect(allowed(1_000_000, limitsSchema.parse({}))).toEqual(['manager']);
    expect(OPERATOR_ROLES.filter((role) => mayAdjust(undefined, role, 1))).toEqual(['manager']);
  });
});

describe('transferLeft', () => {
  it('is what the month still allows, never below 0, and without a limit none (fine print 33)', () => {
    const limits = limitsSchema.parse({ transfer: { perMonth: 1_000 } });
    expect([0, 400, 1_000, 1_500].map((sent) => transferLeft(limits, sent))).toEqual([1_000, 600, 0, 0]);
    expect(
      [undefined, limitsSchema.parse({}), limitsSchema.parse({ transfer: {} })].map((of) => transferLeft(of, 9)),
    ).toEqual([null, null, null]);
  });
});
