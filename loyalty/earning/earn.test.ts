import { describe, expect, it } from 'vitest';
import { evaluateSale } from '../sale/evaluate.ts';
import type { SaleRequest } from '../sale/request.ts';
import { line, memberOf, PER_EURO, programmeOf, refusedWith, saleOf, valueOf } from '../testing/build.ts';
import { SALE_EARNED_MAX } from './earn.ts';

type Facts = Parameters<typeof memberOf>[0];

/** What each rule gives. */
function given(parts: Readonly<Record<string, unknown>>, sale: SaleRequest, facts: Facts = {}): Record<string, number> {
  const { rules } = valueOf(evaluateSale(programmeOf(parts), memberOf(facts), sale));
  return Object.fromEntries(rules.map(({ rule, amount }) => [rule, amount]));
}

const DRINKS = { category: ['drinks'] };
const drink = (unitPrice: number) => line(unitPrice, { category: 'drinks' });
const rule = (parts: object) => ({ ...PER_EURO, ...parts });

describe('an earning rule', () => {
  it('rounds its exact sum once, by its wallet: 399 + 251 give 6, not 3 + 2', () => {
    expect(given({ earn: [PER_EURO] }, saleOf([line(399), line(251)]))).toEqual({ base: 6 });
  });

  it('rounds as its wallet says', () => {
    const earn = [
      rule({ id: 'down' }),
      rule({ id: 'up', wallet: 'stamps' }),
      { id: 'half', wallet: 'cashback', amount: { per: 'share', percent: '2.5' } },
    ];
    expect(given({ earn }, saleOf([line(1020)]))).toEqual({ down: 10, up: 11, half: 26 });
  });

  it('sums the results of the rules of a wallet, each rounded alone', () => {
    const earn = [rule({ id: 'a' }), rule({ id: 'b' })];
    const { earned } = valueOf(evaluateSale(programmeOf({ earn }), memberOf(), saleOf([line(199)])));
    expect(earned).toEqual([{ wallet: 'points', amount: 2 }]);
  });

  it('gives nothing without a member', () => {
    const { rules, earned } = valueOf(evaluateSale(programmeOf({ earn: [PER_EURO] }), undefined, saleOf([line(500)])));
    expect({ rules, earned }).toEqual({ rules: [], earned: [] });
  });

  it('looks at its own lines only', () => {
    expect(given({ earn: [rule({ lines: DRINKS })] }, saleOf([drink(300), line(900)]))).toEqual({ base: 3 });
    expect(given({ earn: [rule({ lines: DRINKS })] }, saleOf([line(900)]))).toEqual({});
  });

  it('explains itself in exact numbers', () => {
    const earn = [PER_EURO, { id: 'happy', wallet: 'points', multiply: '1.5', lines: DRINKS }];
    const { rules } = valueOf(evaluateSale(programmeOf({ earn }), memberOf(), saleOf([drink(701), line(420)])));
    expect(rules).toEqual([
      {
        rule: 'base',
        wallet: 'points',
        amount: 14,
        explain: {
          measure: 'money',
          basis: 1121,
          multipliers: [
            { multiplier: '3/2', basis: 701 },
            { multiplier: '1', basis: 420 },
          ],
          exact: '2943/200',
          rounding: 'down',
        },
      },
    ]);
  });

  it('refuses to give more than any sale may', () => {
    const earn = [rule({ amount: { per: 'spend', give: SALE_EARNED_MAX, every: 1 } })];
    expect(refusedWith(evaluateSale(programmeOf({ earn }), memberOf(), saleOf([line(2)])))).toBe('invalid-request');
    expect(given({ earn: earn.map((some) => ({ ...some, cap: { perSale: 5 } })) }, saleOf([line(2)]))).toEqual({
      base: 5,
    });
  });
});

describe('basis', () => {
  const off = [{ id: 'half', cost: null, auto: true, give: { kind: 'percent-off', percent: 50 } }];
  const earn = ['paid', 'list', 'net'].map((basis) => rule({ id: basis, basis }));

  it('is paid, list, or paid less its tax', () => {
    expect(given({ earn, rewards: off }, saleOf([line(2380, { taxRate: '0.19' })]))).toEqual({
      paid: 11,
      list: 23,
      net: 10,
    });
  });

  it('is paid by default, where what is free gives nothing', () => {
    const rewards = [{ id: 'free', cost: null, give: { kind: 'free-item' } }];
    expect(given({ earn: [PER_EURO], rewards }, saleOf([line(500)], { redeem: ['free'] }))).toEqual({});
  });
});

describe('wholeSteps (fine print 6)', () => {
  const steps = { per: 'spend', give: 5, every: 1000, wholeSteps: true };

  it('counts full steps of all lines together', () => {
    expect(given({ earn: [rule({ amount: steps })] }, saleOf([line(999), line(1000)]))).toEqual({ base: 5 });
    expect(given({ earn: [rule({ amount: steps })] }, saleOf([line(999)]))).toEqual({});
  });

  it('counts them after multipliers', () => {
    const earn = [rule({ amount: steps }), { id: 'x', wallet: 'points', multiply: '1.5' }];
    expect(given({ earn }, saleOf([line(1400)]))).toEqual({ base: 10 });
  });
});

describe('per item and per sale (fine print 7)', () => {
  const item = { per: 'item', give: 2 };
  const rewards = [{ id: 'free', cost: null, give: { kind: 'free-item' } }];

  it('counts whole units of each line', () => {
    const lines = [line(100, { quantity: '2.9' }), line(100, { quantity: '0.375' }), line(100)];
    expect(given({ earn: [rule({ amount: item })] }, saleOf(lines))).toEqual({ base: 6 });
  });

  it('leaves out free units with paid and net, and counts them with list', () => {
    const earn = ['paid', 'net', 'list'].map((basis) => rule({ id: basis, basis, amount: item }));
    const sale = saleOf([line(100, { quantity: '3' })], { redeem: ['free'] });
    expect(given({ earn, rewards }, sale)).toEqual({ paid: 4, net: 4, list: 6 });
  });

  it('multiplies per item, rounded once', () => {
    const earn = [rule({ amount: { per: 'item', give: 1 } }), { id: 'x', wallet: 'points', multiply: '1.5' }];
    expect(given({ earn }, saleOf([line(100), line(100), line(100)]))).toEqual({ base: 4 });
  });

  it('gives once for a sale with a matching line, free or not, and no multiplier touches it', () => {
    const earn = [
      rule({ amount: { per: 'sale', give: 5 }, lines: DRINKS }),
      { id: 'x', wallet: 'points', multiply: 3 },
    ];
    expect(given({ earn, rewards }, saleOf([drink(100), drink(200)]))).toEqual({ base: 5 });
    expect(given({ earn, rewards }, saleOf([drink(100)], { redeem: ['free'] }))).toEqual({ base: 5 });
    expect(given({ earn, rewards }, saleOf([line(100)]))).toEqual({});
  });
});

describe('multipliers (fine print 8)', () => {
  const times = (id: string, multiply: string, parts: object = {}) => ({ id, wallet: 'points', multiply, ...parts });
  const pay = (combine: string, ...factors: string[]) =>
    given(
      { combine, earn: [PER_EURO, ...factors.map((factor, index) => times(`m${index}`, factor))] },
      saleOf([line(1000)]),
    )['base'] ?? 0;

  it('take the highest that matches, below 1 too', () => {
    expect([pay('highest', '2', '1.5'), pay('highest', '0.5'), pay('highest', '0.5', '0.7'), pay('highest')]).toEqual([
      20, 5, 7, 10,
    ]);
  });

  it('add what each adds, never below 0', () => {
    expect([
      pay('add', '2', '1.5'),
      pay('add', '0.5', '3'),
      pay('add', '0.3', '0.2'),
      pay('add', '0', '0', '1.5'),
    ]).toEqual([25, 25, 0, 0]);
  });

  it('do not depend on the order in which they pass below 0', () => {
    expect([pay('add', '0', '0', '3'), pay('add', '3', '0', '0')]).toEqual([10, 10]);
  });

  it('multiply each other', () => {
    expect([pay('multiply', '2', '1.5'), pay('multiply', '0', '5')]).toEqual([30, 0]);
  });

  it('give nothing alone, and leave other wallets as they are', () => {
    expect(given({ earn: [times('m', '3')] }, saleOf([line(1000)]))).toEqual({});
    const earn = [rule({ wallet: 'stamps' }), times('m', '3')];
    expect(given({ earn }, saleOf([line(1000)]))).toEqual({ base: 10 });
  });

  it('look at their own lines for minSpend', () => {
    const earn = [PER_EURO, times('m', '2', { lines: DRINKS, when: { minSpend: 500 } })];
    expect(given({ earn }, saleOf([drink(500), line(100)]))).toEqual({ base: 11 });
    expect(given({ earn }, saleOf([drink(400), line(900)]))).toEqual({ base: 13 });
  });

  it('multiply a share', () => {
    const earn = [
      { id: 'back', wallet: 'cashback', amount: { per: 'share', percent: '2.5' } },
      { id: 'm', wallet: 'cashback', multiply: 2 },
    ];
    expect(given({ earn }, saleOf([line(1000)]))).toEqual({ back: 50 });
  });
});

describe('minSpend', () => {
  it('looks at what the matching lines cost after discounts, whatever the basis', () => {
    const parts = {
      earn: [rule({ basis: 'list', lines: DRINKS, when: { minSpend: 1000 } })],
      rewards: [{ id: 'off', cost: null, give: { kind: 'percent-off', percent: 10 } }],
    };
    expect(given(parts, saleOf([drink(1000), line(900)]))).toEqual({ base: 10 });
    expect(given(parts, saleOf([drink(1000), line(900)], { redeem: ['off'] }))).toEqual({});
    expect(given(parts, saleOf([drink(999), line(900)]))).toEqual({});
  });
});

describe('cap (fine print 12)', () => {
  const capped = (cap: object, spend: number, today = 0) => {
    const facts = { earnedToday: { base: today } };
    const { rules } = valueOf(
      evaluateSale(programmeOf({ earn: [rule({ cap })] }), memberOf(facts), saleOf([line(spend)])),
    );
    return [rules[0]?.amount, rules[0]?.explain.cappedBy];
  };

  it('cuts a rule per sale and per day, after rounding', () => {
    expect(capped({ perSale: 5 }, 1099)).toEqual([5, 'perSale']);
    expect(capped({ perSale: 10 }, 1099)).toEqual([10, undefined]);
    expect(capped({ perDay: 12 }, 1000, 5)).toEqual([7, 'perDay']);
    expect(capped({ perSale: 8, perDay: 12 }, 1000, 5)).toEqual([7, 'perDay']);
    expect(capped({ perSale: 7, perDay: 12 }, 1000, 5)).toEqual([7, 'perDay']);
    expect(capped({ perSale: 6, perDay: 12 }, 1000, 5)).toEqual([6, 'perSale']);
  });

  it('leaves nothing, never less, when the day has given more already', () => {
    expect(capped({ perDay: 12 }, 1000, 20)).toEqual([0, 'perDay']);
    expect(capped({ perSale: 0 }, 1000)).toEqual([0, 'perSale']);
  });

  it('counts each rule alone', () => {
    const earn = [rule({ id: 'a', cap: { perDay: 3 } }), rule({ id: 'b' })];
    expect(given({ earn }, saleOf([line(1000)]), { earnedToday: { b: 50 } })).toEqual({ a: 3, b: 10 });
  });
});
