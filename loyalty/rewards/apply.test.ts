import { describe, expect, it } from 'vitest';
import { evaluateSale } from '../sale/evaluate.ts';
import type { SaleRequest } from '../sale/request.ts';
import {
  at,
  line,
  memberOf,
  parsedProgramme,
  PER_EURO,
  programmeOf,
  refusedWith,
  saleOf,
  valueOf,
} from '../testing/build.ts';

type Facts = Parameters<typeof memberOf>[0];

const OFF = { kind: 'amount-off', amount: 100 };
const reward = (id: string, parts: object = {}) => ({ id, cost: null, give: OFF, ...parts });
const points = (amount: number) => ({ wallet: 'points', amount });

function evaluate(rewards: readonly object[], sale: SaleRequest, facts: Facts = {}) {
  return evaluateSale(programmeOf({ rewards, earn: [PER_EURO] }), memberOf(facts), sale);
}

const applied = (rewards: readonly object[], sale: SaleRequest, facts: Facts = {}) =>
  valueOf(evaluate(rewards, sale, facts)).rewards.map(({ reward: id, discount }) => [id, discount]);

describe('the order of rewards', () => {
  const rewards = [
    reward('pay', { cost: { wallet: 'points' }, give: { kind: 'spend', points: 1, money: 1, maxPercent: 50 } }),
    reward('off', { give: OFF }),
    reward('ten', { give: { kind: 'percent-off', percent: 10 } }),
    reward('five', { give: { kind: 'percent-off', percent: 5 } }),
    reward('free', { give: { kind: 'free-item' } }),
  ];

  it('is free items, percent, amounts, spend; the document within a kind; each sees what is left', () => {
    const redeem: (string | [string, number])[] = [['pay', 377], 'five', 'off', 'ten', 'free'];
    const sale = saleOf([line(1000), line(500)], { redeem });
    expect(applied(rewards, sale, { spendable: { points: 377 } })).toEqual([
      ['free', 500],
      ['ten', 100],
      ['five', 45],
      ['off', 100],
      ['pay', 377],
    ]);
  });

  it('lets the same reward be asked for more than once', () => {
    const sale = saleOf([line(500, { quantity: '3' })], { redeem: ['free', 'free', 'ten', 'ten'] });
    expect(applied(rewards, sale)).toEqual([
      ['free', 500],
      ['free', 500],
      ['ten', 50],
      ['ten', 45],
    ]);
  });

  it('shows line by line what each application did', () => {
    const sale = saleOf([line(400), line(200)], { redeem: ['free', 'off'] });
    const { lines, rewards: done } = valueOf(evaluate(rewards, sale));
    expect(lines).toEqual([
      { list: 400, paid: 300, tax: 0, freeUnits: 0, discounts: [{ application: 1, discount: 100, freeUnits: 0 }] },
      { list: 200, paid: 0, tax: 0, freeUnits: 1, discounts: [{ application: 0, discount: 200, freeUnits: 1 }] },
    ]);
    expect(done[0]).toEqual({
      reward: 'free',
      kind: 'free-item',
      auto: false,
      cost: null,
      discount: 200,
      lines: [{ line: 1, discount: 200, freeUnits: 1 }],
    });
  });
});

describe('balances (fine print 21)', () => {
  const costly = [reward('a', { cost: points(50) }), reward('b', { cost: points(40) })];

  it('refuses the second of two that the balance does not cover both, and says what is missing', () => {
    const both = saleOf([line(900)], { redeem: ['b', 'a'] });
    const result = evaluate(costly, both, { spendable: { points: 70 } });
    expect(result).toEqual({
      ok: false,
      error: { code: 'insufficient-balance', message: 'The balance does not cover this.', reward: 'b', missing: 20 },
    });
    expect(valueOf(evaluate(costly, both, { spendable: { points: 90 } })).spent).toEqual([points(90)]);
  });

  it('counts each wallet alone', () => {
    const rewards = [reward('a', { cost: points(50) }), reward('s', { cost: { wallet: 'stamps', amount: 9 } })];
    const sale = saleOf([line(900)], { redeem: ['a', 's'] });
    const { spent } = valueOf(evaluate(rewards, sale, { spendable: { points: 50, stamps: 9 } }));
    expect(spent).toEqual([points(50), { wallet: 'stamps', amount: 9 }]);
  });

  it('pays nothing from what the sale itself earns', () => {
    expect(refusedWith(evaluate(costly, saleOf([line(900_000)], { redeem: ['a'] })))).toBe('insufficient-balance');
  });

  it('lets an auto reward take only what asked-for ones leave, wherever its turn comes', () => {
    const rewards = [reward('auto', { cost: points(30), auto: true }), reward('asked', { cost: points(50) })];
    const sale = saleOf([line(900)], { redeem: ['asked'] });
    expect(applied(rewards, sale, { spendable: { points: 70 } })).toEqual([['asked', 100]]);
    expect(applied(rewards, sale, { spendable: { points: 80 } })).toEqual([
      ['auto', 100],
      ['asked', 100],
    ]);
  });
});

describe('auto (fine print 21)', () => {
  it('is applied without asking, once, and not again when asked for by name', () => {
    const rewards = [reward('auto', { auto: true })];
    expect(applied(rewards, saleOf([line(900)]))).toEqual([['auto', 100]]);
    expect(valueOf(evaluate(rewards, saleOf([line(900)], { redeem: ['auto'] }))).rewards).toMatchObject([
      { auto: false },
    ]);
  });

  it.each([
    ['no discount', { give: { kind: 'percent-off', percent: 1, lines: { sku: ['NONE'] } } }],
    ['not its day', { when: { weekdays: ['sun'] } }],
    ['no approval', { approval: 'manager' }],
    ['no balance', { cost: points(1) }],
    ['limit', { limit: { times: 1, per: 'day' } }],
    ['no points named', { cost: { wallet: 'points' }, give: { kind: 'spend', points: 1, money: 1 } }],
  ])('is skipped in silence: %s', (_, parts) => {
    const facts = { rewardUses: { auto: { day: 1, month: 1, ever: 1 } } };
    expect(applied([reward('auto', { auto: true, ...parts })], saleOf([line(900)]), facts)).toEqual([]);
  });
});

describe('a sale without a member (fine print 19)', () => {
  const rewards = [reward('auto', { auto: true }), reward('r')];
  const programme = programmeOf({ rewards });

  it('skips auto rewards and refuses asked-for ones', () => {
    expect(valueOf(evaluateSale(programme, undefined, saleOf([line(900)]))).totals.due).toBe(900);
    expect(refusedWith(evaluateSale(programme, undefined, saleOf([line(900)], { redeem: ['r'] })))).toBe(
      'not-eligible',
    );
  });
});

describe('conditions of a reward', () => {
  const ask = (parts: object, sale: Partial<SaleRequest> = {}, facts: Facts = {}) =>
    refusedWith(evaluate([reward('r', parts)], { ...saleOf([line(900)], { redeem: ['r'] }), ...sale }, facts));

  it('are its dates, both included', () => {
    const days = ['2026-03-01', '2026-03-02', '2026-03-04', '2026-03-05'];
    const valid = { validFrom: '2026-03-02', validUntil: '2026-03-04' };
    expect(days.map((day) => ask(valid, { local: at(day, '10:00') }))).toEqual([
      'not-eligible',
      undefined,
      undefined,
      'not-eligible',
    ]);
  });

  it('are its when', () => {
    expect([ask({ when: { firstSale: true } }), ask({ when: { firstSale: true } }, {}, { visits: 0 })]).toEqual([
      'not-eligible',
      undefined,
    ]);
  });

  it('look for minSpend at what its lines cost when its turn comes, before its own discount (fine print 20)', () => {
    const rewards = (minSpend: number) => [
      reward('off', { give: { kind: 'percent-off', percent: 10 } }),
      reward('r', { give: { kind: 'percent-off', percent: 50, lines: { sku: ['A'] } }, when: { minSpend } }),
      reward('all', { when: { minSpend } }),
    ];
    const lines = [line(1000, { sku: 'A' }), line(5000)];
    const try_ = (minSpend: number, ...redeem: string[]) =>
      refusedWith(evaluate(rewards(minSpend), saleOf(lines, { redeem })));
    expect([
      try_(1000, 'r'),
      try_(1000, 'off', 'r'),
      try_(900, 'off', 'r'),
      try_(5400, 'off', 'all'),
      try_(5401, 'off', 'all'),
    ]).toEqual([undefined, 'not-eligible', undefined, undefined, 'not-eligible']);
  });

  it('need a manager where approval is asked, as operator or as approver', () => {
    const approval = { approval: 'manager' } as const;
    expect([
      ask(approval),
      ask(approval, { approverRole: 'supervisor' }),
      ask(approval, { approverRole: 'manager' }),
      ask(approval, { operatorRole: 'manager' }),
    ]).toEqual(['approval-required', 'approval-required', undefined, undefined]);
  });
});

describe('limits (fine print 22)', () => {
  const uses = { rewardUses: { r: { day: 1, month: 2, ever: 3 } } };
  const ask = (times: number, per: string, asked = 1) => {
    const sale = saleOf([line(900)], { redeem: Array.from({ length: asked }, () => 'r') });
    return refusedWith(evaluate([reward('r', { limit: { times, per } })], sale, uses));
  };

  it('count earlier uses of the day, the month and ever, and uses in this sale', () => {
    expect([ask(1, 'day'), ask(2, 'day'), ask(2, 'day', 2)]).toEqual(['limit-reached', undefined, 'limit-reached']);
    expect([ask(2, 'month'), ask(3, 'month')]).toEqual(['limit-reached', undefined]);
    expect([ask(3, 'ever'), ask(4, 'ever')]).toEqual(['limit-reached', undefined]);
    expect([ask(1, 'sale'), ask(1, 'sale', 2), ask(2, 'sale', 2)]).toEqual([undefined, 'limit-reached', undefined]);
  });
});

describe('the order of refusals (fine print 41)', () => {
  /** Everything is wrong with this reward; each step mends the first thing. */
  const pay = (parts: object = {}) =>
    reward('pay', { cost: { wallet: 'points' }, give: { kind: 'spend', points: 10, money: 1 }, ...parts });
  const all = { when: { weekdays: ['sun'] }, limit: { times: 1, per: 'ever' }, approval: 'manager' };
  const used = { rewardUses: { pay: { day: 0, month: 0, ever: 1 } } };
  const ask = (parts: object, named: number, price: number, facts: Facts = {}) =>
    refusedWith(evaluate([pay(parts)], saleOf([line(price)], { redeem: [['pay', named]] }), facts));

  it('of one reward: points, eligibility, limit, approval, discount, balance', () => {
    const { when: _, ...open } = all;
    expect([
      ask(all, 5, 0, used),
      ask(all, 10, 0, used),
      ask(open, 10, 0, used),
      ask(open, 10, 0),
      ask({}, 10, 0),
      ask({}, 10, 900),
    ]).toEqual([
      'invalid-request',
      'not-eligible',
      'limit-reached',
      'approval-required',
      'nothing-to-discount',
      'insufficient-balance',
    ]);
  });

  it('of a sale: an unknown reward, then a quantity, then rewards', () => {
    const refuse = (quantity: string, redeem: string[]) =>
      refusedWith(
        evaluate([reward('never', { when: { weekdays: ['sun'] } })], saleOf([line(5, { quantity })], { redeem })),
      );
    expect([refuse('0', ['nothing', 'never']), refuse('0', ['never']), refuse('1', ['never'])]).toEqual([
      'invalid-request',
      'bad-quantity',
      'not-eligible',
    ]);
  });

  it('is that of application, not of asking', () => {
    const rewards = [
      reward('later', { when: { weekdays: ['sun'] } }),
      reward('free', { give: { kind: 'free-item', lines: { sku: ['X'] } } }),
    ];
    const result = evaluate(rewards, saleOf([line(900)], { redeem: ['later', 'free'] }));
    expect(result).toMatchObject({ error: { code: 'nothing-to-discount', reward: 'free' } });
  });
});

describe('an unclaimed account (fine print 19)', () => {
  const auto = reward('auto', { auto: true });
  const account: Facts = { unclaimed: true, visits: 0, spendable: { points: 100 } };

  it('earns as a member does, skips auto rewards and takes none that are asked for', () => {
    const sale = valueOf(evaluate([auto], saleOf([line(900)]), account));
    expect([sale.rewards, sale.earned]).toEqual([[], [{ wallet: 'points', amount: 9 }]]);
    expect(refusedWith(evaluate([auto], saleOf([line(900)], { redeem: ['auto'] }), account))).toBe('not-eligible');
    expect(refusedWith(evaluate([reward('off')], saleOf([line(900)], { redeem: ['off'] }), account))).toBe(
      'not-eligible',
    );
  });
});

describe('a standing benefit', () => {
  const benefit = reward('gold', { auto: true, give: { kind: 'percent-off', percent: 5 }, when: { tier: ['gold'] } });
  const programme = parsedProgramme({
    tiers: { measure: 'visits', window: 'lifetime', levels: [{ id: 'gold', at: 5 }] },
    rewards: [benefit],
  });

  it('is for those who hold the level before the sale (fine print 9)', () => {
    const due = (facts: Facts) => valueOf(evaluateSale(programme, memberOf(facts), saleOf([line(1000)]))).totals.due;
    expect([due({ level: 'gold' }), due({ level: 'silver' }), due({ visits: 4 })]).toEqual([950, 1000, 1000]);
  });
});

describe('approval', () => {
  const asked = (roles: Partial<Pick<SaleRequest, 'operatorRole' | 'approverRole'>>) =>
    refusedWith(evaluate([reward('off', { approval: 'manager' })], saleOf([line(900)], { redeem: ['off'], ...roles })));

  it('is given by a manager at the till or by one who approves, not by a supervisor', () => {
    expect([
      asked({ operatorRole: 'manager' }),
      asked({ approverRole: 'manager' }),
      asked({ operatorRole: 'supervisor', approverRole: 'supervisor' }),
    ]).toEqual([undefined, undefined, 'approval-required']);
  });
});

describe('why a reward was refused', () => {
  it('comes with it', () => {
    const used = { off: { day: 1, month: 4, ever: 9 } };
    const why = (parts: object) => {
      const result = evaluate([reward('off', parts)], saleOf([line(900)], { redeem: ['off'] }), { rewardUses: used });
      return result.ok ? undefined : result.error.because;
    };
    expect([
      why({ limit: { times: 4, per: 'month' } }),
      why({ limit: { times: 9, per: 'ever' } }),
      why({ limit: { times: 1, per: 'day' } }),
      why({ limit: { times: 1, per: 'sale' } }),
      why({ when: { minSpend: 901 } }),
      why({ approval: 'manager' }),
    ]).toEqual([
      [{ condition: 'limit', wanted: 4, has: 4 }],
      [{ condition: 'limit', wanted: 9, has: 9 }],
      [{ condition: 'limit', wanted: 1, has: 1 }],
      undefined,
      [{ condition: 'minSpend', wanted: 901, has: 900, missing: 1 }],
      undefined,
    ]);
  });

  it('is the member where there is none, or none yet', () => {
    const programme = programmeOf({ rewards: [reward('off', { when: { weekdays: ['sun'] } })] });
    const why = (member: ReturnType<typeof memberOf> | undefined) =>
      evaluateSale(programme, member, saleOf([line(1)], { redeem: ['off'] }));
    for (const member of [undefined, memberOf({ unclaimed: true })]) {
      expect(why(member)).toMatchObject({ error: { because: [{ condition: 'member' }] } });
    }
  });
});
