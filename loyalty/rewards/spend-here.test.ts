import { describe, expect, it } from 'vitest';
import { refusal } from '../refusals.ts';
import { evaluateSale } from '../sale/evaluate.ts';
import { line, memberOf, programmeOf, refusedWith, saleOf, valueOf } from '../testing/build.ts';
import { describeRewards } from './describe.ts';
import type { SpendHere } from './spend-here.ts';

const points = (amount: number) => ({ wallet: 'points', amount });
const OFF = { kind: 'amount-off', amount: 100 };
const reward = (id: string, parts: object = {}) => ({ id, cost: points(50), give: OFF, ...parts });
const PAY = reward('pay', { cost: { wallet: 'points' }, give: { kind: 'spend', points: 10, money: 10 } });

/** Of a balance of 200. */
function memberWith(left: number, most = left) {
  const spendHere: SpendHere = {
    left: () => left,
    most: () => most,
    refuse: (_wallet, total, auto) =>
      total > (auto ? left : most) ? { ...refusal('offline-limit'), left } : undefined,
  };
  return { ...memberOf({ spendable: { points: 200 } }), spendHere };
}

const evaluate = (rewards: readonly object[], left: number, ...redeem: string[]) =>
  evaluateSale(programmeOf({ rewards }), memberWith(left), saleOf([line(900)], { redeem }));

describe('what may be spent here', () => {
  it('refuses the reward whose turn it is when that ends, and says what is left', () => {
    const rewards = [reward('a'), reward('b', { cost: points(60) })];
    expect(evaluate(rewards, 109, 'a', 'b')).toEqual({
      ok: false,
      error: {
        code: 'offline-limit',
        message: 'Without a connection no more of this balance may be spent here.',
        reward: 'b',
        left: 109,
      },
    });
    expect(valueOf(evaluate(rewards, 110, 'a', 'b')).spent).toEqual([points(110)]);
  });

  it('comes after the balance, and before what the next reward is refused for', () => {
    const rewards = [
      reward('dear', { cost: points(201) }),
      reward('a'),
      reward('never', { when: { weekdays: ['sun'] } }),
    ];
    expect(refusedWith(evaluate(rewards, 10, 'dear'))).toBe('insufficient-balance');
    expect(refusedWith(evaluate(rewards, 10, 'a', 'never'))).toBe('offline-limit');
    expect(refusedWith(evaluate(rewards, 50, 'a', 'never'))).toBe('not-eligible');
  });

  it('skips in silence an auto reward that would need more than asked-for ones leave', () => {
    const rewards = [reward('auto', { auto: true }), reward('asked')];
    const applied = (left: number) => valueOf(evaluate(rewards, left, 'asked')).rewards.map(({ reward: id }) => id);
    expect([applied(99), applied(100)]).toEqual([['asked'], ['auto', 'asked']]);
  });

  it('asks for nothing where a reward costs nothing', () => {
    expect(valueOf(evaluate([reward('free', { cost: null })], 0, 'free')).totals.discount).toBe(100);
  });

  it('bounds what an offer says can be spent, with what the people at the till may add', () => {
    const offer = (left: number, most: number) => {
      const offers = describeRewards(programmeOf({ rewards: [PAY] }), memberWith(left, most), saleOf([line(900)]));
      return valueOf(offers)[0]?.outcome;
    };
    expect(offer(45, 45)).toMatchObject({ state: 'available', points: { most: 40, step: 10 } });
    expect(offer(45, 77)).toMatchObject({ state: 'available', points: { most: 70 } });
    expect(offer(9, 9)).toMatchObject({ state: 'refused', code: 'offline-limit', left: 9 });
  });
});
