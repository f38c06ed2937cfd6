import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refusal } from '../refusals.ts';
import { priceLines } from '../sale/price.ts';
import { situationOf } from '../sale/situation.ts';
import { anySale } from '../testing/any-sale.ts';
import { valueOf } from '../testing/build.ts';
import { applyLike, applyRewards, runRewards } from './apply.ts';
import { planRewards } from './plan.ts';
import type { SpendHere } from './spend-here.ts';

/** By their place in the programme, which may be shorter. */
const asked = fc.array(fc.record({ place: fc.nat(5), steps: fc.integer({ min: 1, max: 20 }) }), { maxLength: 4 });

/** Beside the balances: so much of each wallet. */
const here = fc.option(fc.nat(80));

function spendHere(left: number): SpendHere {
  return {
    left: () => left,
    most: () => left,
    refuse: (_wallet, total) => (total > left ? { ...refusal('offline-limit'), left } : undefined),
  };
}

describe('applyLike', () => {
  it('answers what applyRewards does, whatever was asked for before', () => {
    fc.assert(
      fc.property(anySale, asked, asked, here, ({ programme, member: known, request }, before, after, left) => {
        const member = left === null || known === undefined ? known : { ...known, spendHere: spendHere(left) };
        const planOf = (places: typeof before) =>
          planRewards(
            programme,
            places.flatMap(({ place, steps }) => {
              const reward = programme.rewards[place];
              if (reward === undefined) return [];
              const { id, give } = reward;
              return [give.kind === 'spend' ? { reward: id, points: steps * 3 } : { reward: id }];
            }),
          );
        const roles = [request.operatorRole, request.approverRole];
        const sale = { lines: valueOf(priceLines(request.lines)), situation: situationOf(request, member), roles };
        for (const next of [after, [...before, ...after]]) {
          const plan = planOf(next);
          expect(applyLike(runRewards(planOf(before), sale), plan, sale)).toEqual(applyRewards(plan, sale));
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
