import { describe, expect, it } from 'vitest';
import type { MemberId } from '../../base/ids.ts';
import type { CountedSale } from '../badges/count.ts';
import { clubSchema, type Goal } from '../programme/clubs.ts';
import { counted, sold } from '../testing/counted.ts';
import { present } from '../../base/assert.ts';
import { countGoal } from './goal.ts';

const goal = (count: Readonly<Record<string, unknown>>): Goal => {
  const give = { wallet: 'points', amount: 5 };
  const { goals } = clubSchema.parse({
    id: 'runners',
    goals: [{ id: 'spring', count, from: '2026-03-01', until: '2026-05-31', give }],
  });
  return present(goals[0], 'a goal');
};
const salesOf = (sales: Readonly<Record<string, readonly CountedSale[]>>) =>
  new Map(Object.entries(sales).map(([member, own]) => [member as MemberId, own])); // test ids

const SALES = salesOf({
  ada: [
    sold('s0', '2026-02-28', [counted('SHOE', 9, 9_000)], 'north'),
    sold('s1', '2026-03-01', [counted('SHOE', 2, 200)], 'north'),
  ],
  bob: [sold('s2', '2026-05-31', [counted('SHOE', 1, 100), counted('SOCK', 5, 50)], 'north')],
  cem: [sold('s3', '2026-04-01', [counted('SOCK', 3, 30)], 'south')],
  dee: [sold('s4', '2026-06-01', [counted('SHOE', 9, 900)], 'east')],
  eve: [sold('s5', '2026-04-02', [counted('SHOE', 0, 0)], 'south')],
});

describe('countGoal', () => {
  it('counts over all members from its first to its last date, and what each brought (fine print 37)', () => {
    expect(countGoal(goal({ of: 'items', at: 11 }), SALES)).toEqual({
      count: 11,
      reached: true,
      members: new Map([
        ['ada', 2],
        ['bob', 6],
        ['cem', 3],
      ]),
    });
    expect(countGoal(goal({ of: 'items', at: 12 }), SALES).reached).toBe(false);
  });

  it('counts only lines that match, and visits that were refunded since', () => {
    const shoes = { lines: { sku: ['SHOE'] }, at: 1 };
    expect(countGoal(goal({ of: 'spend', ...shoes }), SALES).members).toEqual(
      new Map([
        ['ada', 200],
        ['bob', 100],
      ]),
    );
    expect([...countGoal(goal({ of: 'visits', ...shoes }), SALES).members.keys()]).toEqual(['ada', 'bob', 'eve']);
  });

  it('counts a store once, whoever visited it', () => {
    const { count, members } = countGoal(goal({ of: 'stores', at: 3 }), SALES);
    expect(count).toBe(2);
    expect([...members.values()]).toEqual([1, 1, 1, 1]);
  });

  it('is nothing for nobody', () => {
    expect(countGoal(goal({ of: 'visits', at: 1 }), new Map())).toEqual({
      count: 0,
      reached: false,
      members: new Map(),
    });
  });
});
