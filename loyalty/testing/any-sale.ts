import fc from 'fast-check';
import { line, memberOf, parsedProgramme, saleOf } from './build.ts';

/** Programmes, members and baskets of every kind, for laws that hold for all. Only tests import this. */

const skus = ['A', 'B', 'C'];
const filter = fc.option(
  fc.oneof(
    fc.subarray(skus, { minLength: 1 }).map((sku) => ({ sku })),
    fc.constant({ category: ['drinks'] }),
    fc.constant({ notSku: ['A'] }),
    fc.constantFrom('P1D', 'P30D', 'P2M').map((within) => ({ frequent: { times: 2, within } })),
    fc.constant({ notCategory: ['drinks'], frequent: { times: 1, within: 'P7D' } }),
  ),
  { nil: undefined },
);
const decimal = fc
  .integer({ min: 0, max: 50_000 })
  .map((value) => `${Math.trunc(value / 10_000)}.${String(value % 10_000).padStart(4, '0')}`);
const percent = fc.integer({ min: 1, max: 1_000_000 }).map((value) => value / 10_000);
const count = (most: number) => fc.integer({ min: 1, max: most });
const cap = fc.option(fc.record({ perSale: fc.nat(50), perDay: fc.nat(50) }, { requiredKeys: [] }), { nil: undefined });

/** Of a sale on Monday 2 March 2026 at 10:00 about half hold. */
const when = fc.option(
  fc.record(
    {
      weekdays: fc.constantFrom(['mon'], ['sun']),
      between: fc.constantFrom(['09:00', '11:00'], ['22:00', '02:00']),
      tier: fc.constantFrom(['silver'], ['gold'], ['silver', 'gold']),
      membership: fc.constant(['plus']),
      club: fc.constant(['runners']),
      segment: fc.constant(['vip']),
      birthday: fc.constantFrom('day', 'month'),
      firstSale: fc.constant(true),
      minSpend: fc.nat(3_000),
    },
    { requiredKeys: [] },
  ),
  { nil: undefined, freq: 2 },
);

const amount = fc.oneof(
  fc.record({ per: fc.constant('spend'), give: count(20), every: count(500), wholeSteps: fc.boolean() }),
  fc.record({ per: fc.constant('item'), give: count(5) }),
  fc.record({ per: fc.constant('sale'), give: count(5) }),
);
const amountRule = fc.record({
  wallet: fc.constantFrom('points', 'stamps'),
  amount,
  basis: fc.constantFrom('paid', 'list', 'net'),
  lines: filter,
  when,
  cap,
});
const multiplier = fc.record({ wallet: fc.constantFrom('points', 'stamps'), multiply: decimal, lines: filter, when });
const give = fc.oneof(
  fc.record({
    kind: fc.constant('free-item'),
    lines: filter,
    quantity: count(3),
    pick: fc.constantFrom('cheapest', 'dearest'),
  }),
  fc.record({
    kind: fc.constant('percent-off'),
    percent,
    lines: filter,
    max: fc.option(count(500), { nil: undefined }),
  }),
  fc.record({ kind: fc.constant('amount-off'), amount: count(2_000) }),
  fc.record({ kind: fc.constant('voucher'), validFor: fc.constantFrom('P30D', 'P1M') }),
  fc.record({ kind: fc.constant('donation'), to: fc.constant('Trees'), money: count(500) }),
);
const cost = fc.option(fc.record({ wallet: fc.constantFrom('points', 'stamps'), amount: count(40) }), { nil: null });
const limit = fc.option(fc.record({ times: count(2), per: fc.constantFrom('sale', 'day', 'month', 'ever') }), {
  nil: undefined,
});
const reward = fc.record({ cost, give, auto: fc.boolean(), limit, when });
const PAY = {
  id: 'pay',
  cost: { wallet: 'points' },
  give: { kind: 'spend', points: 3, money: 2, step: 1, maxPercent: 60 },
};

const LADDER = {
  tiers: { measure: 'visits', window: 'lifetime', levels: ['silver', 'gold'].map((id, at) => ({ id, at })) },
  memberships: [{ id: 'plus', sku: 'PLUS', period: 'P1M' }],
  clubs: [{ id: 'runners' }],
};

const programme = fc
  .record({
    combine: fc.constantFrom('highest', 'add', 'multiply'),
    earn: fc.array(fc.oneof(amountRule, multiplier), { maxLength: 6 }),
    rewards: fc.array(reward, { maxLength: 5 }),
  })
  .map(({ combine, earn, rewards }) =>
    parsedProgramme({
      ...LADDER,
      combine,
      earn: earn.map((rule, index) => ({ ...rule, id: `rule${index}` })),
      rewards: [...rewards.map((some, index) => ({ ...some, id: `reward${index}` })), PAY],
    }),
  );

const saleLine = fc.record({
  sku: fc.constantFrom(...skus),
  category: fc.constantFrom('drinks', undefined),
  quantity: fc.constantFrom('1', '2', '0.375', '2.5', '0.0001', '100000'),
  unitPrice: fc.oneof(fc.nat(2_000), fc.constant(0)),
  taxRate: fc.constantFrom('0', '0.07', '0.19', undefined),
});
const bought = fc.array(fc.constantFrom('2026-03-02', '2026-03-01', '2026-02-10', '2025-01-01'), { maxLength: 3 });
export const anyMember = fc
  .record({
    points: fc.nat(300),
    stamps: fc.nat(100),
    visits: fc.nat(2),
    today: fc.nat(60),
    level: fc.constantFrom('silver', 'gold', undefined),
    memberships: fc.constantFrom(['plus'], []),
    clubs: fc.constantFrom(['runners'], []),
    segments: fc.constantFrom(['vip'], []),
    birthday: fc.constantFrom({ month: 3, day: 2 }, { month: 3, day: 9 }, undefined),
    purchases: fc.record({ A: bought, B: bought }),
    uses: fc.nat(2),
    unclaimed: fc.boolean(),
  })
  .map(({ points, stamps, today, uses, level, birthday, unclaimed, ...facts }) =>
    memberOf({
      ...facts,
      ...(level === undefined ? {} : { level }),
      ...(birthday === undefined ? {} : { birthday }),
      unclaimed: unclaimed && today > 50,
      spendable: { points, stamps },
      earnedToday: { rule0: today, rule1: today },
      rewardUses: { reward0: { day: uses, month: uses, ever: uses } },
    }),
  );

export const anySale = fc
  .record({
    programme,
    member: fc.option(anyMember, { nil: undefined, freq: 6 }),
    lines: fc.array(saleLine, { minLength: 1, maxLength: 8 }),
    asked: fc.subarray([0, 1, 2, 3, 4], { maxLength: 2 }),
    points: fc.option(
      fc.integer({ min: 1, max: 20 }).map((steps) => steps * 3),
      { nil: undefined },
    ),
  })
  .map(({ programme: some, member: who, lines, asked, points }) => {
    const rewards = asked.flatMap((index) => (index < some.rewards.length - 1 ? [`reward${index}`] : []));
    const redeem: (string | [string, number])[] = points === undefined ? rewards : [...rewards, ['pay', points]];
    const basket = lines.map(({ unitPrice, ...parts }) => line(unitPrice, parts));
    return { programme: some, member: who, request: saleOf(basket, { redeem }) };
  });
