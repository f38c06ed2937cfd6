import { z } from 'zod';
import { divide, multiply, rational } from '../../../base/rational.ts';
import { floor } from '../../../base/rounding.ts';
import { minorField, percentField, pointsField } from '../../programme/fields.ts';
import { splitOver } from '../split.ts';
import type { RewardKind } from './kind.ts';

export const spendSchema = z.strictObject({
  kind: z.literal('spend'),
  points: pointsField(1),
  money: minorField(1),
  step: pointsField(1).optional(),
  maxPercent: percentField().optional(),
});

/**
 * Points pay as money, in multiples of `step` that are worth whole minor units; at most `maxPercent` of the sale, rounded
 * down, and without it cut at the total (fine print 3).
 */
export function spend({ points, money, step, maxPercent }: z.output<typeof spendSchema>): RewardKind {
  const pointsStep = leastCommonMultiple(step ?? points, points / greatestCommonDivisor(points, money));
  const worth = (asked: number) => Number((BigInt(asked) * BigInt(money)) / BigInt(points));
  const most = (total: number) =>
    maxPercent === undefined ? total : Number(floor(multiply(rational(total), divide(maxPercent, rational(100)))));
  return {
    lines: undefined,
    pointsStep,
    mostPoints: (total) =>
      Number((BigInt(most(total)) * BigInt(points)) / (BigInt(money) * BigInt(pointsStep))) * pointsStep,
    exceedsLimit: (total, asked) => maxPercent !== undefined && worth(asked) > most(total),
    discount: (basket, asked) => splitOver(basket, worth(asked)),
  };
}

/** Of whole numbers up to 10^12 each: beyond exact numbers it is only a step that nobody's points reach. */
function leastCommonMultiple(left: number, right: number): number {
  return (left / greatestCommonDivisor(left, right)) * right;
}

function greatestCommonDivisor(left: number, right: number): number {
  let [a, b] = [left, right];
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}
