import { describe, expect, it } from 'vitest';
import { evaluateSale } from '../sale/evaluate.ts';
import type { SaleLine } from '../sale/request.ts';
import { at, line, memberOf, programmeOf, refusedWith, saleOf, valueOf } from '../testing/build.ts';
import { describeRewards } from './describe.ts';

/** What each line pays, and the free units of each, when one reward of this kind is asked for; or what refuses it. */
function pays(
  give: object,
  lines: readonly SaleLine[],
  points?: number,
): string | { paid: number[]; free: number[]; cost: number } {
  const cost = points === undefined ? { wallet: 'points', amount: 7 } : { wallet: 'points' };
  const programme = programmeOf({ rewards: [{ id: 'r', cost, give }] });
  const redeem: (string | [string, number])[] = [points === undefined ? 'r' : ['r', points]];
  const result = evaluateSale(programme, memberOf({ spendable: { points: 1_000 } }), saleOf(lines, { redeem }));
  if (!result.ok) return result.error.code;
  const { lines: evaluated, rewards } = result.value;
  return {
    paid: evaluated.map(({ paid }) => paid),
    free: evaluated.map(({ freeUnits }) => freeUnits),
    cost: rewards[0]?.cost?.amount ?? 0,
  };
}

const DRINKS = { category: ['drinks'] };
const drink = (unitPrice: number, quantity = '1') => line(unitPrice, { category: 'drinks', quantity });

describe('free-item (fine print 4)', () => {
  const free = (parts: object = {}) => ({ kind: 'free-item', ...parts });

  it('takes the cheapest by default, the dearest where asked, among its lines', () => {
    const lines = [drink(450), drink(220), line(100)];
    expect(pays(free({ lines: DRINKS }), lines)).toEqual({ paid: [450, 0, 100], free: [0, 1, 0], cost: 7 });
    expect(pays(free({ lines: DRINKS, pick: 'dearest' }), lines)).toEqual({
      paid: [0, 220, 100],
      free: [1, 0, 0],
      cost: 7,
    });
  });

  it('takes the earlier line first among equals, either way', () => {
    for (const pick of ['cheapest', 'dearest']) {
      expect(pays(free({ pick }), [line(300), line(300)])).toEqual({ paid: [0, 300], free: [1, 0], cost: 7 });
    }
  });

  it('goes by unit price, not by what the line costs', () => {
    expect(pays(free(), [line(200, { quantity: '5' }), line(300)])).toEqual({
      paid: [800, 300],
      free: [1, 0],
      cost: 7,
    });
  });

  it('makes only whole units free: a line of 0.375 has none, one of 2.5 has two', () => {
    expect(pays(free(), [line(100, { quantity: '0.375' }), line(900)])).toEqual({
      paid: [38, 0],
      free: [0, 1],
      cost: 7,
    });
    expect(pays(free({ quantity: 9 }), [line(333, { quantity: '2.5' })])).toEqual({ paid: [167], free: [2], cost: 7 });
  });

  it('never counts a price of 0, takes what there is, and is refused where there is nothing', () => {
    expect(pays(free({ quantity: 3 }), [line(0), line(500, { quantity: '2' })])).toEqual({
      paid: [0, 0],
      free: [0, 2],
      cost: 7,
    });
    expect(pays(free(), [line(0)])).toBe('nothing-to-discount');
    expect(pays(free(), [line(500, { quantity: '0.9' })])).toBe('nothing-to-discount');
    expect(pays(free({ lines: DRINKS }), [line(500)])).toBe('nothing-to-discount');
  });
});

describe('percent-off (fine print 2)', () => {
  const off = (percent: string, parts: object = {}) => ({ kind: 'percent-off', percent, ...parts });

  it('is a percentage of the matching lines together, half up, then split', () => {
    expect(pays(off('10'), [line(5), line(10)])).toEqual({ paid: [4, 9], free: [0, 0], cost: 7 });
    expect(pays(off('50', { lines: DRINKS }), [drink(101), line(900)])).toEqual({
      paid: [50, 900],
      free: [0, 0],
      cost: 7,
    });
    expect(pays(off('12.5'), [line(1000)])).toEqual({ paid: [875], free: [0], cost: 7 });
  });

  it('is cut at max before the split', () => {
    expect(pays(off('10', { max: 50 }), [line(1000), line(3000)])).toEqual({
      paid: [987, 2963],
      free: [0, 0],
      cost: 7,
    });
  });

  it('is refused where it comes to nothing', () => {
    expect(pays(off('10'), [line(4)])).toBe('nothing-to-discount');
    expect(pays(off('10', { lines: DRINKS }), [line(900)])).toBe('nothing-to-discount');
  });
});

describe('amount-off', () => {
  it('is split over all lines, and cut at the total for its full price', () => {
    expect(pays({ kind: 'amount-off', amount: 300 }, [line(400), line(200)])).toEqual({
      paid: [200, 100],
      free: [0, 0],
      cost: 7,
    });
    expect(pays({ kind: 'amount-off', amount: 300 }, [line(250)])).toEqual({ paid: [0], free: [0], cost: 7 });
    expect(pays({ kind: 'amount-off', amount: 300 }, [line(0)])).toBe('nothing-to-discount');
  });
});

describe('spend (fine print 3)', () => {
  const spend = (parts: object = {}) => ({ kind: 'spend', points: 100, money: 150, ...parts });

  it('pays points × money / points, in multiples of step, which is points by default', () => {
    expect(pays(spend(), [line(1000)], 200)).toEqual({ paid: [700], free: [0], cost: 200 });
    expect(pays(spend(), [line(1000)], 150)).toBe('invalid-request');
    expect(pays(spend({ step: 10 }), [line(1000)], 150)).toEqual({ paid: [775], free: [0], cost: 150 });
  });

  it('takes only what is worth whole minor units', () => {
    const third = { kind: 'spend', points: 3, money: 2, step: 1 };
    expect([1, 2, 3].map((points) => pays(third, [line(100)], points))).toEqual([
      'invalid-request',
      'invalid-request',
      { paid: [98], free: [0], cost: 3 },
    ]);
  });

  it.each([0, -100, 0.5, 2 ** 53, Number.NaN])('refuses %s points as invalid', (points) => {
    expect(pays(spend(), [line(1000)], points)).toBe('invalid-request');
  });

  it('refuses more than maxPercent of the sale, rounded down', () => {
    const half = { kind: 'spend', points: 1, money: 1, maxPercent: 50 };
    expect(pays(half, [line(99)], 49)).toEqual({ paid: [50], free: [0], cost: 49 });
    expect(pays(half, [line(99)], 50)).toBe('limit-reached');
  });

  it('is cut at the total without maxPercent, and costs what was asked', () => {
    expect(pays(spend(), [line(100)], 100)).toEqual({ paid: [0], free: [0], cost: 100 });
    expect(pays(spend(), [line(0)], 100)).toBe('nothing-to-discount');
  });

  it('needs its points to be named, and other kinds take none', () => {
    const programme = programmeOf({
      rewards: [
        { id: 'pay', cost: { wallet: 'points' }, give: spend() },
        { id: 'off', cost: null, give: { kind: 'amount-off', amount: 1 } },
      ],
    });
    const rich = memberOf({ spendable: { points: 500 } });
    const ask = (redeem: readonly (string | [string, number])[]) =>
      evaluateSale(programme, rich, saleOf([line(500)], { redeem }));
    expect(refusedWith(ask(['pay']))).toBe('invalid-request');
    expect(refusedWith(ask([['off', 5]]))).toBe('invalid-request');
  });

  it('counts maxPercent again for a second use, of what the sale costs when its turn comes', () => {
    const programme = programmeOf({
      rewards: [
        { id: 'pay', cost: { wallet: 'points' }, give: { kind: 'spend', points: 1, money: 1, maxPercent: 50 } },
      ],
    });
    const redeem: [string, number][] = [
      ['pay', 50],
      ['pay', 25],
    ];
    const { totals } = valueOf(
      evaluateSale(programme, memberOf({ spendable: { points: 75 } }), saleOf([line(100)], { redeem })),
    );
    expect(totals.due).toBe(25);
  });
});

describe('what discounts nothing', () => {
  const tasting = (validFor: string) => ({
    id: 'tasting',
    cost: { wallet: 'points', amount: 50 },
    give: { kind: 'voucher', validFor },
  });
  const trees = {
    id: 'trees',
    cost: { wallet: 'stamps', amount: 2 },
    give: { kind: 'donation', to: 'Trees', money: 500 },
  };
  const rich = memberOf({ spendable: { points: 120, stamps: 2 } });
  const ask = (rewards: readonly object[], redeem: string[], lines = [line(900)], member = rich) =>
    evaluateSale(programmeOf({ rewards }), member, saleOf(lines, { redeem }));

  it('is a voucher that costs its price and is valid before the sale date + validFor', () => {
    const { rewards, spent, totals } = valueOf(ask([tasting('P30D')], ['tasting']));
    expect(rewards).toEqual([
      {
        reward: 'tasting',
        kind: 'voucher',
        auto: false,
        cost: { wallet: 'points', amount: 50 },
        discount: 0,
        lines: [],
        voucher: { validBefore: '2026-04-01' },
      },
    ]);
    expect([spent, totals.due]).toEqual([[{ wallet: 'points', amount: 50 }], 900]);
  });

  it('clamps a month of a voucher to its last day', () => {
    const request = saleOf([line(900)], { redeem: ['tasting'], local: at('2026-01-31', '10:00') });
    const { rewards } = valueOf(evaluateSale(programmeOf({ rewards: [tasting('P1M')] }), rich, request));
    expect(rewards[0]?.voucher).toEqual({ validBefore: '2026-02-28' });
  });

  it('is a donation that leaves what the sale costs (fine print 5)', () => {
    const { rewards, spent, totals } = valueOf(ask([trees], ['trees']));
    expect(rewards).toMatchObject([{ discount: 0, lines: [], donation: { to: 'Trees', money: 500 } }]);
    expect([spent, totals.due]).toEqual([[{ wallet: 'stamps', amount: 2 }], 900]);
  });

  it('can be had where there is nothing to discount, and by a member only', () => {
    expect(valueOf(ask([trees], ['trees'], [line(0)])).rewards).toHaveLength(1);
    const sale = saleOf([line(900)], { redeem: ['trees'] });
    expect(refusedWith(evaluateSale(programmeOf({ rewards: [trees] }), undefined, sale))).toBe('not-eligible');
  });

  it('comes after what discounts, needs the balance, and can be had more than once', () => {
    const rewards = [
      trees,
      tasting('P30D'),
      { id: 'pay', cost: { wallet: 'points' }, give: { kind: 'spend', points: 1, money: 1 } },
    ];
    const request = saleOf([line(900)], { redeem: ['trees', 'tasting', 'tasting', ['pay', 20]] });
    const { rewards: applied } = valueOf(evaluateSale(programmeOf({ rewards }), rich, request));
    expect(applied.map(({ reward }) => reward)).toEqual(['pay', 'tasting', 'tasting', 'trees']);
    expect(ask(rewards, ['tasting', 'tasting', 'tasting'])).toMatchObject({
      error: { code: 'insufficient-balance', missing: 30 },
    });
  });

  it('is offered with what it brings', () => {
    const offers = valueOf(
      describeRewards(programmeOf({ rewards: [tasting('P30D'), trees] }), rich, saleOf([line(900)])),
    );
    expect(offers.map(({ outcome }) => outcome)).toEqual([
      {
        state: 'available',
        cost: { wallet: 'points', amount: 50 },
        discount: 0,
        due: 900,
        voucher: { validBefore: '2026-04-01' },
      },
      {
        state: 'available',
        cost: { wallet: 'stamps', amount: 2 },
        discount: 0,
        due: 900,
        donation: { to: 'Trees', money: 500 },
      },
    ]);
  });
});

describe('lines.frequent of a reward', () => {
  it('takes only what the member bought often before (fine print 10)', () => {
    const often = { frequent: { times: 2, within: 'P30D' } };
    const programme = programmeOf({
      rewards: [
        { id: 'usual', cost: null, give: { kind: 'percent-off', percent: 50, lines: often } },
        { id: 'free', cost: null, give: { kind: 'free-item', lines: { ...often, category: ['drinks'] } } },
      ],
    });
    const member = memberOf({ purchases: { TEA: ['2026-03-01', '2026-02-10'], BREAD: ['2026-03-01', '2026-01-10'] } });
    const lines = [line(300), line(200, { sku: 'TEA', category: 'drinks', quantity: '2' })];
    const paid = (redeem: string[]) =>
      valueOf(evaluateSale(programme, member, saleOf(lines, { redeem }))).lines.map((entry) => entry.paid);
    expect([paid(['usual']), paid(['free'])]).toEqual([
      [300, 200],
      [300, 200],
    ]);
    expect(refusedWith(evaluateSale(programme, memberOf(), saleOf(lines, { redeem: ['usual'] })))).toBe(
      'nothing-to-discount',
    );
  });
});
