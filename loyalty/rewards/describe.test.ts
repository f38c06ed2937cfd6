import { describe, expect, it } from 'vitest';
import { line, memberOf, programmeOf, refusedWith, saleOf, valueOf } from '../testing/build.ts';
import { describeRewards } from './describe.ts';

type Facts = Parameters<typeof memberOf>[0];
type Redeem = readonly (string | [string, number])[];

const points = (amount: number) => ({ wallet: 'points', amount });
const OFF = { kind: 'amount-off', amount: 500 };
const PAY = { id: 'pay', cost: { wallet: 'points' }, give: { kind: 'spend', points: 100, money: 100 } };

function outcomes(
  rewards: readonly object[],
  price: number,
  redeem: Redeem = [],
  facts: Facts | null = { spendable: { points: 250 } },
) {
  const member = facts === null ? undefined : memberOf(facts);
  const offers = valueOf(describeRewards(programmeOf({ rewards }), member, saleOf([line(price)], { redeem })));
  return offers.map(({ outcome }) => outcome);
}

describe('describeRewards', () => {
  it('says what a reward would do, in the order of the document', () => {
    const rewards = [
      { id: 'off', cost: points(50), give: OFF },
      { id: 'free', cost: null, give: { kind: 'free-item' } },
    ];
    const offers = valueOf(
      describeRewards(programmeOf({ rewards }), memberOf({ spendable: { points: 60 } }), saleOf([line(900)])),
    );
    expect(offers).toEqual([
      {
        reward: 'off',
        kind: 'amount-off',
        asked: 0,
        outcome: { state: 'available', cost: points(50), discount: 500, due: 400 },
      },
      {
        reward: 'free',
        kind: 'free-item',
        asked: 0,
        outcome: { state: 'available', cost: null, discount: 900, due: 0 },
      },
    ]);
  });

  it('shows an amount that is cut at the total with its full price', () => {
    expect(outcomes([{ id: 'off', cost: points(50), give: OFF }], 300)).toEqual([
      { state: 'available', cost: points(50), discount: 300, due: 0 },
    ]);
  });

  it('says how many points are missing', () => {
    expect(outcomes([{ id: 'off', cost: points(284), give: OFF }], 900)).toEqual([
      { state: 'refused', code: 'insufficient-balance', message: 'The balance does not cover this.', missing: 34 },
    ]);
  });

  it('counts what is asked for already', () => {
    const rewards = [
      { id: 'a', cost: points(200), give: OFF },
      { id: 'b', cost: points(60), give: OFF },
    ];
    expect(outcomes(rewards, 900, ['a'])).toMatchObject([
      { state: 'refused', code: 'insufficient-balance', missing: 150 },
      { state: 'refused', code: 'insufficient-balance', missing: 10 },
    ]);
    const offers = valueOf(
      describeRewards(programmeOf({ rewards }), memberOf(), saleOf([line(900)], { redeem: ['b', 'b'] })),
    );
    expect(offers.map(({ asked }) => asked)).toEqual([0, 2]);
  });

  it('tells the most points that can be spent, by balance and by basket', () => {
    const spend = (most: number, due: number) => [
      { state: 'available', cost: points(most), discount: most, due, points: { most, step: 100 } },
    ];
    expect(outcomes([PAY], 900)).toEqual(spend(200, 700));
    expect(outcomes([PAY], 150)).toEqual(spend(100, 50));
    expect(outcomes([PAY], 900, [['pay', 100]])).toMatchObject([{ points: { most: 100 }, due: 700 }]);
  });

  it('says why nothing can be spent', () => {
    expect(outcomes([PAY], 900, [], { spendable: { points: 30 } })).toMatchObject([
      { state: 'refused', code: 'insufficient-balance', missing: 70 },
    ]);
    const half = { ...PAY, give: { ...PAY.give, maxPercent: 50 } };
    expect(outcomes([half], 199)).toMatchObject([{ state: 'refused', code: 'limit-reached' }]);
  });

  it('names auto rewards that are applied, and what keeps the others', () => {
    const rewards = [
      { id: 'auto', cost: null, auto: true, give: { kind: 'percent-off', percent: 10 } },
      { id: 'sunday', cost: null, auto: true, give: OFF, when: { weekdays: ['sun'] } },
    ];
    expect(outcomes(rewards, 900)).toMatchObject([
      { state: 'applied', cost: null, discount: 90 },
      { state: 'refused', code: 'not-eligible' },
    ]);
  });

  it('offers nothing without a member', () => {
    expect(outcomes([PAY, { id: 'off', cost: null, auto: true, give: OFF }], 900, [], null)).toMatchObject([
      { state: 'refused', code: 'not-eligible' },
      { state: 'refused', code: 'not-eligible' },
    ]);
  });

  it('refuses a basket that is none', () => {
    const programme = programmeOf({ rewards: [PAY] });
    expect(refusedWith(describeRewards(programme, undefined, saleOf([line(1, { quantity: '0' })])))).toBe(
      'bad-quantity',
    );
    expect(refusedWith(describeRewards(programme, undefined, saleOf([])))).toBe('invalid-request');
  });
});
