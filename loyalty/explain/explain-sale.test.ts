import { describe, expect, it } from 'vitest';
import { evaluateSale } from '../sale/evaluate.ts';
import type { SaleRequest } from '../sale/request.ts';
import { at, line, memberOf, parsedProgramme, PER_EURO, refusedWith, saleOf, valueOf } from '../testing/build.ts';
import { recordOf } from '../testing/record-of.ts';
import type { RuleExplanation } from './explain-rules.ts';
import { explainRecordedSale, explainSale } from './explain-sale.ts';

type Facts = Parameters<typeof memberOf>[0];

const TIERS = { measure: 'visits', window: 'lifetime', levels: ['silver', 'gold'].map((id, at) => ({ id, at })) };
const PARTS = {
  tiers: TIERS,
  memberships: [{ id: 'plus', sku: 'PLUS', period: 'P1M' }],
  clubs: [{ id: 'runners' }],
};
const DRINKS = { category: ['drinks'] };
const coffee = line(350, { sku: 'COFFEE', category: 'drinks' });
const happyHour = (lines = [coffee], parts: Partial<Pick<SaleRequest, 'store'>> = {}) =>
  saleOf(lines, { ...parts, local: at('2026-03-02', '15:30') });

function both(earn: readonly object[], sale: SaleRequest, facts: Facts = {}) {
  const programme = parsedProgramme({ ...PARTS, earn });
  const member = memberOf(facts);
  const evaluation = valueOf(evaluateSale(programme, member, sale));
  const live = valueOf(explainSale(programme, member, sale)).rules;
  const record = recordOf(sale, evaluation);
  return { live, recorded: explainRecordedSale(programme, record, true).rules };
}

/** Told alike from the request and from the record. */
function explained(earn: readonly object[], sale: SaleRequest, facts: Facts = {}): readonly RuleExplanation[] {
  const { live, recorded } = both(earn, sale, facts);
  expect(recorded).toEqual(live);
  expect(JSON.parse(JSON.stringify(live))).toEqual(live);
  return live;
}

describe('an explanation of what was earned', () => {
  it('says: 3 points for 3.50, doubled for happy hour, gold: no', () => {
    const earn = [
      PER_EURO,
      { id: 'happy', wallet: 'points', multiply: 2, lines: DRINKS, when: { between: ['15:00', '17:00'] } },
      { id: 'gold', wallet: 'points', multiply: '1.5', when: { tier: ['gold'] } },
    ];
    expect(explained(earn, happyHour(), { level: 'silver' })).toEqual([
      {
        rule: 'base',
        wallet: 'points',
        kind: 'amount',
        amount: { per: 'spend', give: 1, every: 100, wholeSteps: false },
        held: true,
        lines: [{ line: 0, basis: 350, multiplier: '2' }],
        result: { measure: 'money', basis: 'paid', exact: '7', rounding: 'down', amount: 7 },
      },
      { rule: 'happy', wallet: 'points', kind: 'multiplier', multiplier: '2', held: true, lines: [{ line: 0 }] },
      {
        rule: 'gold',
        wallet: 'points',
        kind: 'multiplier',
        multiplier: '3/2',
        held: false,
        unmet: [{ condition: 'tier', wanted: ['gold'], has: 'silver' }],
      },
    ]);
  });

  it('says the lines, the exact result, its rounding and what capped it', () => {
    const earn = [
      { ...PER_EURO, lines: DRINKS, cap: { perSale: 50, perDay: 5 }, basis: 'list' },
      { id: 'back', wallet: 'cashback', amount: { per: 'share', percent: '2.5' } },
      { id: 'visit', wallet: 'stamps', amount: { per: 'sale', give: 1 } },
      { id: 'nothing', wallet: 'points', amount: { per: 'item', give: 1 }, lines: { sku: ['HAM'] } },
    ];
    const sale = saleOf([line(100), coffee, line(999, { sku: 'HAM', quantity: '0.25' })]);
    const rules = explained(earn, sale, { earnedToday: { base: 3 } });
    expect(rules.map((rule) => (rule.held ? [rule.lines, rule.result] : rule))).toEqual([
      [
        [{ line: 1, basis: 350, multiplier: '1' }],
        {
          measure: 'money',
          basis: 'list',
          exact: '7/2',
          rounding: 'down',
          cap: { perSale: 50, perDay: 5, today: 3 },
          cappedBy: 'perDay',
          amount: 2,
        },
      ],
      [
        [0, 1, 2].map((index) => ({ line: index, basis: [100, 350, 250][index], multiplier: '1' })),
        { measure: 'money', basis: 'paid', exact: '35/2', rounding: 'half-up', amount: 18 },
      ],
      [
        [{ line: 0 }, { line: 1 }, { line: 2 }],
        { measure: 'sale', basis: 'paid', exact: '1', rounding: 'up', amount: 1 },
      ],
      [
        [{ line: 2, basis: 0, multiplier: '1' }],
        { measure: 'units', basis: 'paid', exact: '0', rounding: 'down', amount: 0 },
      ],
    ]);
  });

  it.each<[object, object[]]>([
    [{ when: { weekdays: ['sat', 'sun'] } }, [{ condition: 'weekdays', wanted: ['sat', 'sun'], has: 'mon' }]],
    [{ when: { between: ['22:00', '02:00'] } }, [{ condition: 'between', wanted: ['22:00', '02:00'], has: '15:30' }]],
    [{ when: { from: '2026-03-03' } }, [{ condition: 'from', wanted: '2026-03-03', has: '2026-03-02' }]],
    [{ when: { until: '2026-03-01' } }, [{ condition: 'until', wanted: '2026-03-01', has: '2026-03-02' }]],
    [{ when: { channel: ['online'] } }, [{ condition: 'channel', wanted: ['online'], has: 'store' }]],
    [{ when: { store: ['s2'] } }, [{ condition: 'store', wanted: ['s2'], has: 's1' }]],
    [{ when: { tier: ['gold'] } }, [{ condition: 'tier', wanted: ['gold'], has: null }]],
    [{ when: { membership: ['plus'] } }, [{ condition: 'membership', wanted: ['plus'] }]],
    [{ when: { club: ['runners'] } }, [{ condition: 'club', wanted: ['runners'] }]],
    [{ when: { segment: ['vip'] } }, [{ condition: 'segment', wanted: ['vip'] }]],
    [{ when: { birthday: 'month' } }, [{ condition: 'birthday', wanted: 'month' }]],
    [{ when: { firstSale: true } }, [{ condition: 'firstSale' }]],
    [{ when: { minSpend: 1000 } }, [{ condition: 'minSpend', wanted: 1000, has: 350, missing: 650 }]],
    [{ lines: { sku: ['HAM'] } }, [{ condition: 'lines' }]],
    [{ lines: { sku: ['HAM'], frequent: { times: 3, within: 'P30D' } } }, [{ condition: 'lines' }]],
    [{ lines: { frequent: { times: 3, within: 'P30D' } } }, [{ condition: 'frequent', wanted: ['3', 'P30D'] }]],
    [
      { when: { weekdays: ['sun'], birthday: 'day', minSpend: 400 } },
      [
        { condition: 'weekdays', wanted: ['sun'], has: 'mon' },
        { condition: 'birthday', wanted: 'day' },
        { condition: 'minSpend', wanted: 400, has: 350, missing: 50 },
      ],
    ],
  ])('%j: no, since %j', (parts, unmet) => {
    const facts = { birthday: { month: 5, day: 2 }, purchases: { COFFEE: ['2026-03-02', '2026-03-01'] } };
    expect(explained([{ ...PER_EURO, ...parts }], happyHour(), facts)).toMatchObject([{ held: false, unmet }]);
  });

  it('of a recorded sale names the conditions of which one failed, and the level where that did', () => {
    const earn = [
      { ...PER_EURO, id: 'two', when: { segment: ['vip'], birthday: 'day' } },
      { ...PER_EURO, id: 'three', when: { tier: ['gold'], segment: ['vip'], birthday: 'day' } },
      { ...PER_EURO, id: 'held', when: { tier: ['silver'], firstSale: true } },
    ];
    const { live, recorded } = both(earn, happyHour(), { level: 'silver', segments: ['vip'], visits: 0 });
    expect(live.map((rule) => !rule.held && rule.unmet)).toEqual([
      [{ condition: 'birthday', wanted: 'day' }],
      [
        { condition: 'tier', wanted: ['gold'], has: 'silver' },
        { condition: 'birthday', wanted: 'day' },
      ],
      false,
    ]);
    expect(recorded.map((rule) => !rule.held && rule.unmet)).toEqual([
      [{ condition: 'member', wanted: ['segment', 'birthday'] }],
      [{ condition: 'tier', wanted: ['gold'], has: 'silver' }],
      false,
    ]);
  });

  it('has no rules where there is no member', () => {
    const programme = parsedProgramme({ earn: [PER_EURO] });
    const explanation = valueOf(explainSale(programme, undefined, happyHour()));
    expect(explanation).toEqual({
      programme: { id: 'p', version: 1 },
      level: null,
      rules: [],
      earned: [],
      rewards: [],
      offers: [],
    });
    const record = recordOf(happyHour(), valueOf(evaluateSale(programme, undefined, happyHour())));
    expect(explainRecordedSale(programme, record, false)).toEqual({
      programme: { id: 'p', version: 1 },
      level: null,
      rules: [],
      earned: [],
      rewards: [],
    });
  });
});

describe('an explanation of rewards', () => {
  const OFF = { kind: 'amount-off', amount: 100 };
  const rewards = [
    { id: 'off', cost: { wallet: 'points', amount: 50 }, give: OFF },
    { id: 'dear', cost: { wallet: 'points', amount: 84 }, give: OFF },
    { id: 'gold', cost: null, give: OFF, when: { tier: ['gold'], minSpend: 500 } },
    { id: 'old', cost: null, give: OFF, validUntil: '2026-03-01' },
    { id: 'soon', cost: null, give: OFF, validFrom: '2026-03-03' },
    { id: 'once', cost: null, give: OFF, limit: { times: 1, per: 'month' } },
  ];
  const member = memberOf({ spendable: { points: 100 }, rewardUses: { once: { day: 0, month: 1, ever: 1 } } });
  const programme = parsedProgramme({ ...PARTS, rewards });

  it('says what each does and costs, or what is missing: 34 points to go', () => {
    const { offers, rewards: applied } = valueOf(explainSale(programme, member, saleOf([coffee], { redeem: ['off'] })));
    expect(applied).toEqual([
      {
        reward: 'off',
        kind: 'amount-off',
        auto: false,
        cost: { wallet: 'points', amount: 50 },
        discount: 100,
        lines: [{ line: 0, discount: 100, freeUnits: 0 }],
      },
    ]);
    const refused = (code: string, because: object[]) => ({ state: 'refused', code, because });
    expect(offers.map(({ outcome }) => outcome)).toMatchObject([
      { state: 'available', cost: { wallet: 'points', amount: 50 }, discount: 100, due: 150 },
      { state: 'refused', code: 'insufficient-balance', missing: 34 },
      refused('not-eligible', [
        { condition: 'tier', wanted: ['gold'], has: null },
        { condition: 'minSpend', wanted: 500, has: 250, missing: 250 },
      ]),
      refused('not-eligible', [{ condition: 'validUntil', wanted: '2026-03-01', has: '2026-03-02' }]),
      refused('not-eligible', [{ condition: 'validFrom', wanted: '2026-03-03', has: '2026-03-02' }]),
      refused('limit-reached', [{ condition: 'limit', wanted: 1, has: 1 }]),
    ]);
  });

  it('has of a recorded sale what the book has', () => {
    const sale = saleOf([coffee], { redeem: ['off'] });
    const record = recordOf(sale, valueOf(evaluateSale(programme, member, sale)));
    expect(explainRecordedSale(programme, record, true).rewards).toEqual(record.redeemed);
  });

  it('is refused where the sale is', () => {
    expect(refusedWith(explainSale(programme, member, saleOf([coffee], { redeem: ['gold'] })))).toBe('not-eligible');
  });
});
