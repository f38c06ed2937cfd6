import { describe, expect, it } from 'vitest';
import { describeRewards } from '../rewards/describe.ts';
import { at, line, memberOf, PER_EURO, programmeOf, refusedWith, saleOf, valueOf } from '../testing/build.ts';
import { checkSaleRequest } from './check.ts';
import { evaluateSale } from './evaluate.ts';

/** What is as large as it may be, or odd in a way that code forgets. */

const RICH = memberOf({ spendable: { points: Number.MAX_SAFE_INTEGER } });

describe('a large programme', () => {
  it('of 10,000 rules is evaluated for 1,000 lines, exactly', () => {
    const earn = Array.from({ length: 10_000 }, (_, index) =>
      index % 100 === 0
        ? {
            id: `m${index}`,
            wallet: 'points',
            multiply: `1.${String(index).padStart(4, '0')}`,
            lines: { sku: [`S${index % 1_000}`] },
          }
        : { ...PER_EURO, id: `r${index}`, lines: { notSku: ['S7'] } },
    );
    const lines = Array.from({ length: 1_000 }, (_, index) => line(100, { sku: `S${index}` }));
    const { rules } = valueOf(evaluateSale(programmeOf({ earn }), RICH, saleOf(lines)));
    expect(rules).toHaveLength(9_900);
    // 999 lines of 100, of which ten have the highest of their multipliers: 1.90 to 1.99.
    expect(new Set(rules.map(({ explain }) => explain.exact))).toEqual(new Set(['20169/20']));
  });

  it('of a hundred factors that multiply is exact too, and what becomes too much is refused', () => {
    const factors = (multiply: string) =>
      Array.from({ length: 100 }, (_, index) => ({ id: `m${index}`, wallet: 'points', multiply }));
    const give = (multiply: string) =>
      evaluateSale(
        programmeOf({ combine: 'multiply', earn: [PER_EURO, ...factors(multiply)] }),
        RICH,
        saleOf([line(100_000)]),
      );
    expect(valueOf(give('1.0001')).earned).toEqual([{ wallet: 'points', amount: 1_010 }]);
    expect(refusedWith(give('9999999999999999'))).toBe('invalid-request');
  });

  it('whose rules add up to more than any sale may give is refused', () => {
    const earn = ['a', 'b'].map((id) => ({ id, wallet: 'points', amount: { per: 'sale', give: 600_000_000_000 } }));
    expect(refusedWith(evaluateSale(programmeOf({ earn }), RICH, saleOf([line(1)])))).toBe('invalid-request');
  });

  it('of spend rewards with absurd steps never breaks', () => {
    const huge = { points: 999_999_999_989, money: 999_999_999_961, step: 999_999_999_959 };
    const programme = programmeOf({
      rewards: [{ id: 'pay', cost: { wallet: 'points' }, give: { kind: 'spend', ...huge } }],
    });
    for (const points of [1, 999_999_999_989, Number.MAX_SAFE_INTEGER]) {
      const redeem: [string, number][] = [['pay', points]];
      expect(refusedWith(evaluateSale(programme, RICH, saleOf([line(1_000_000_000_000)], { redeem })))).toBe(
        'invalid-request',
      );
    }
    expect(valueOf(describeRewards(programme, RICH, saleOf([line(1_000_000_000_000)])))).toMatchObject([
      { outcome: { state: 'refused' } },
    ]);
  });
});

describe('a large basket', () => {
  it('of the dearest sale earns and splits exactly', () => {
    const programme = programmeOf({
      earn: [PER_EURO],
      rewards: [{ id: 'off', cost: null, give: { kind: 'percent-off', percent: '33.3333' } }],
    });
    const lines = Array.from({ length: 1_000 }, () => line(1_000_000_000));
    const { totals, earned } = valueOf(evaluateSale(programme, RICH, saleOf(lines, { redeem: ['off'] })));
    expect(totals).toEqual({ list: 1_000_000_000_000, discount: 333_333_000_000, due: 666_667_000_000, tax: 0 });
    expect(earned).toEqual([{ wallet: 'points', amount: 6_666_670_000 }]);
  });

  it('of the smallest quantities costs nothing and earns nothing', () => {
    const { totals, earned } = valueOf(
      evaluateSale(
        programmeOf({ earn: [PER_EURO] }),
        RICH,
        saleOf([line(1, { quantity: '0.0001' }), line(4_999, { quantity: '0.0001' })]),
      ),
    );
    expect({ due: totals.due, earned }).toEqual({ due: 0, earned: [] });
  });

  it('takes at most a hundred rewards', () => {
    const programme = programmeOf({ rewards: [{ id: 'off', cost: null, give: { kind: 'amount-off', amount: 1 } }] });
    const ask = (count: number) => saleOf([line(500)], { redeem: Array.from({ length: count }, () => 'off') });
    expect(valueOf(evaluateSale(programme, RICH, ask(100))).totals.due).toBe(400);
    expect(refusedWith(evaluateSale(programme, RICH, ask(101)))).toBe('invalid-request');
  });
});

describe('absurd terms', () => {
  const basket = (count: number) =>
    Array.from({ length: count }, (_, index) => line(1_000 + index, { sku: `S${index % 30}` }));

  it('of a hundred factors that differ from line to line are exact', () => {
    const factors = Array.from({ length: 100 }, (_, index) => ({
      id: `m${index}`,
      wallet: 'points',
      multiply: '1.0001',
      lines: { notSku: [`S${index % 30}`] },
    }));
    const earn = [{ ...PER_EURO, amount: { per: 'spend', give: 1, every: 1 } }, ...factors];
    const { rules } = valueOf(
      evaluateSale(programmeOf({ combine: 'multiply', earn }), RICH, saleOf([line(10_000, { sku: 'S0' })])),
    );
    // Of the 100 factors 4 leave S0 out: 10,000 × 1.0001^96.
    const exact = 10_000n * 10_001n ** 96n;
    expect(rules[0]?.explain.multipliers).toHaveLength(1);
    expect(rules[0]?.amount).toBe(Number(exact / 10_000n ** 96n));
    expect(rules[0]?.explain.exact).toBe(`${exact / 10_000n}/${10_000n ** 95n}`);
  });

  it('of two hundred habits, for a member who bought everything every day, hold exactly', () => {
    const days = Array.from({ length: 28 }, (_, day) => `2026-02-${String(day + 1).padStart(2, '0')}`);
    const earn = Array.from({ length: 200 }, (_, index) => ({
      id: `r${index}`,
      wallet: 'points',
      amount: { per: 'sale', give: 1 },
      lines: { frequent: { times: index + 1, within: 'P30D' } },
    }));
    const purchases = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`S${index}`, days]));
    const { rules, context } = valueOf(
      evaluateSale(programmeOf({ earn }), memberOf({ purchases }), saleOf(basket(100))),
    );
    // 1 February + P30D ends on 3 March: all 28 are within it.
    expect(rules).toHaveLength(28);
    expect(context.frequent.map(({ times, skus }) => [times, skus.length])).toEqual(
      Array.from({ length: 28 }, (_, index) => [index + 1, 30]),
    );
  });

  it('of a year 9999 end in it', () => {
    const voucher = { id: 'v', cost: null, give: { kind: 'voucher', validFor: 'P100Y' } };
    const request = saleOf([line(1)], { redeem: ['v'], local: at('9999-12-30', '10:00') });
    expect(valueOf(evaluateSale(programmeOf({ rewards: [voucher] }), RICH, request)).rewards[0]?.voucher).toEqual({
      validBefore: '9999-12-31',
    });
  });

  it.each(['1e9', '1e-4', '0.00001', '100000.0001', '9007199254740992', '-1', '0', '+1', ' 1', '1.', '.5', 'NaN', '∞'])(
    'of a quantity %j are refused',
    (quantity) => {
      expect(refusedWith(evaluateSale(programmeOf({}), RICH, saleOf([line(1, { quantity })])))).toBe('bad-quantity');
    },
  );

  it.each([2 ** 53, 1e300, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('of a price %s are refused', (price) => {
    expect(refusedWith(evaluateSale(programmeOf({}), RICH, saleOf([line(price)])))).toBe('invalid-request');
  });

  it.each(['100.0001', '-0.1', '1e1', '0.12345'])('of a tax rate %j are refused', (taxRate) => {
    expect(refusedWith(evaluateSale(programmeOf({}), RICH, saleOf([line(1, { taxRate })])))).toBe('invalid-request');
  });
});

describe('names that objects answer to', () => {
  it('are skus, categories, tags and segments like any other', () => {
    const names = ['constructor', '__proto__', 'toString'];
    const earn = names.map((name, index) => ({
      ...PER_EURO,
      id: `r${index}`,
      lines: { sku: [name], category: [name], tag: [name] },
    }));
    const lines = names.map((name) => line(100, { sku: name, category: name, tags: [name] }));
    const { rules } = valueOf(evaluateSale(programmeOf({ earn }), memberOf({ segments: names }), saleOf(lines)));
    expect(rules.map(({ amount }) => amount)).toEqual([1, 1, 1]);
  });

  it('are no rewards', () => {
    const programme = programmeOf({ rewards: [{ id: 'off', cost: null, give: { kind: 'amount-off', amount: 1 } }] });
    expect(refusedWith(evaluateSale(programme, RICH, saleOf([line(1)], { redeem: ['constructor'] })))).toBe(
      'invalid-request',
    );
  });
});

describe('checkSaleRequest', () => {
  const programme = programmeOf({ rewards: [{ id: 'off', cost: null, give: { kind: 'amount-off', amount: 1 } }] });

  it('names what is invalid whoever the member is, and leaves the rest to the evaluation', () => {
    expect(checkSaleRequest(programme, saleOf([line(1)], { redeem: ['off', 'on'] }))).toEqual({
      code: 'invalid-request',
      message: 'There is no such reward.',
      path: 'redeem.1.reward',
    });
    expect(checkSaleRequest(programme, saleOf([line(-1)]))).toMatchObject({
      code: 'invalid-request',
      path: 'lines.0.unitPrice',
    });
    expect(checkSaleRequest(programme, saleOf([line(1, { quantity: '0' })], { redeem: ['off'] }))).toBeUndefined();
  });
});
