import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rational } from '../../base/rational.ts';
import { DOCUMENT, PER_EURO, valueOf } from '../testing/build.ts';
import { parseProgramme } from './parse.ts';
import { PROBLEMS_MAX } from './problem.ts';
import { EARN_RULES_MAX, REWARDS_MAX } from './programme.ts';
import { AUTO_REWARDS_MAX, MULTIPLIED_FACTORS_MAX } from './references.ts';

/** Every field of programme.md, at least once. */
const WHOLE = {
  ...DOCUMENT,
  dayStart: '04:00',
  enrolment: 'automatic',
  combine: 'add',
  wallets: [
    {
      id: 'points',
      kind: 'points',
      rounding: 'half-up',
      expiry: { after: 'P12M', from: 'activity', round: 'month-end' },
      pending: 'P14D',
      negative: 'forgive',
      spentOnRefund: 'full-only',
    },
    { id: 'cashback', kind: 'money' },
  ],
  tiers: {
    measure: 'earned',
    wallet: 'points',
    window: 'P12M',
    keep: 'next-year-end',
    levels: [
      { id: 'silver', at: 0 },
      { id: 'gold', at: 500 },
    ],
  },
  earn: [
    {
      id: 'all',
      wallet: 'points',
      amount: { per: 'spend', give: 1, every: 100, wholeSteps: true },
      basis: 'net',
      lines: {
        sku: ['A'],
        category: ['c'],
        notSku: ['B'],
        notCategory: ['d'],
        tag: ['new'],
        frequent: { times: 3, within: 'P30D' },
      },
      when: {
        weekdays: ['sat'],
        between: ['22:00', '24:00'],
        from: '2026-01-01',
        until: '2026-01-01',
        tier: ['gold'],
        membership: ['plus'],
        club: ['runners'],
        segment: ['staff'],
        birthday: 'day',
        firstSale: true,
        channel: ['store', 'online'],
        store: ['s1'],
        minSpend: 1000,
      },
      cap: { perSale: 100, perDay: 300 },
    },
    { id: 'item', wallet: 'points', amount: { per: 'item', give: 1 } },
    { id: 'sale', wallet: 'points', amount: { per: 'sale', give: 5 } },
    { id: 'share', wallet: 'cashback', amount: { per: 'share', percent: '2.5' } },
    { id: 'double', wallet: 'points', multiply: 2 },
  ],
  rewards: [
    {
      id: 'free',
      cost: { wallet: 'points', amount: 50 },
      give: { kind: 'free-item', lines: { sku: ['A'] }, quantity: 2, pick: 'dearest' },
      when: { tier: ['gold'] },
      limit: { times: 1, per: 'month' },
      approval: 'manager',
      auto: true,
      validFrom: '2026-01-01',
      validUntil: '2026-12-31',
    },
    { id: 'off', cost: null, give: { kind: 'amount-off', amount: 500 } },
    { id: 'ten', cost: null, give: { kind: 'percent-off', percent: '10', max: 2000, lines: { tag: ['x'] } } },
    {
      id: 'pay',
      cost: { wallet: 'points' },
      give: { kind: 'spend', points: 100, money: 100, step: 100, maxPercent: 50 },
    },
    { id: 'tasting', cost: { wallet: 'points', amount: 9 }, give: { kind: 'voucher', validFor: 'P30D' } },
    { id: 'trees', cost: { wallet: 'points', amount: 9 }, give: { kind: 'donation', to: 'Trees', money: 500 } },
  ],
  badges: [
    {
      id: 'regular',
      when: { count: { of: 'visits', lines: { sku: ['A'] }, at: 5, within: 'P30D' } },
      give: { wallet: 'points', amount: 10 },
      again: true,
    },
  ],
  referral: {
    referrer: { wallet: 'points', amount: 20 },
    referee: { wallet: 'points', amount: 10 },
    minSpend: 1000,
    monthlyCap: 10,
  },
  memberships: [{ id: 'plus', sku: 'PLUS', period: 'P1M' }],
  clubs: [
    {
      id: 'runners',
      goals: [
        {
          id: 'spring',
          count: { of: 'items', lines: { sku: ['A'] }, at: 100 },
          from: '2026-03-01',
          until: '2026-05-31',
          give: { wallet: 'points', amount: 5 },
        },
      ],
    },
  ],
  partners: [{ id: 'miles', pattern: '^[0-9]{9}$' }],
  notify: [{ on: 'earned', channel: 'sms', template: 'You have {points} points.' }],
  limits: {
    offlineRedeem: { policy: 'tolerant', perMember: 500 },
    transfer: { perMonth: 1000 },
    adjust: { cashier: 0, supervisor: 10, manager: 1000 },
  },
};

type Path = (string | number)[];

function changed(document: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  const before = document as Record<string | number, unknown>; // a JSON object or list
  const after = changed(before[key], rest, value);
  return Array.isArray(document) ? document.with(Number(key), after) : { ...before, [key]: after };
}

function pathsOf(document: unknown): string[] {
  const parsed = parseProgramme(document);
  return parsed.ok ? [] : parsed.error.map(({ path }) => path);
}

describe('parseProgramme', () => {
  it('reads every field of the contract', () => {
    const programme = valueOf(parseProgramme(WHOLE));
    expect(programme.dayStart).toBe(240);
    expect(programme.earn[0]?.when?.between).toEqual([1320, 1440]);
    expect(programme.earn[0]?.lines?.sku).toEqual(new Set(['A']));
    expect(programme.earn[4]?.multiply).toEqual(rational(2));
    expect(programme.limits?.adjust?.supervisor).toBe(10);
  });

  it('fills in what the contract says is the default', () => {
    const programme = valueOf(
      parseProgramme({ ...DOCUMENT, wallets: [{ id: 'points', kind: 'points' }], earn: [PER_EURO] }),
    );
    expect({ ...programme, earn: [] }).toEqual({
      ...DOCUMENT,
      dayStart: 0,
      enrolment: 'opt-in',
      combine: 'highest',
      wallets: [
        { id: 'points', kind: 'points', rounding: 'down', pending: 'P0D', negative: 'allow', spentOnRefund: 'prorate' },
      ],
      earn: [],
      rewards: [],
      badges: [],
      memberships: [],
      clubs: [],
      partners: [],
      notify: [],
    });
    expect(programme.earn[0]?.amount).toEqual({ per: 'spend', give: 1, every: 100, wholeSteps: false });
  });

  it.each<[Path, unknown]>([
    [['version'], 0],
    [['version'], '1'],
    [['effectiveFrom'], '2026-02-30'],
    [['currency'], 'euro'],
    [['minorDigits'], -1],
    [['timezone'], 'Mars/Olympus'],
    [['timezone'], '+01:00'],
    [['dayStart'], '24:00'],
    [['enrolment'], 'none'],
    [['combine'], 'lowest'],
    [['wallets', 0, 'kind'], 'miles'],
    [['wallets', 0, 'rounding'], 'nearest'],
    [['wallets', 0, 'expiry', 'after'], '12 months'],
    [['wallets', 0, 'pending'], 'P'],
    [['wallets', 0, 'id'], ''],
    [['wallets', 0, 'id'], 'constructor'],
    [['earn'], undefined],
    [['earn', 0, 'wallet'], 'miles'],
    [['earn', 0, 'amount', 'every'], 0],
    [['earn', 0, 'amount', 'every'], 0.5],
    [['earn', 0, 'amount', 'give'], 0],
    [['earn', 0, 'amount', 'give'], '1'],
    [['earn', 0, 'amount', 'per'], 'week'],
    [['earn', 0, 'amount', 'evry'], 100],
    [['earn', 1, 'multiply'], 2],
    [['earn', 0, 'basis'], 'gross'],
    [['earn', 0, 'lines', 'sku'], []],
    [['earn', 0, 'lines', 'tag', 0], ''],
    [['earn', 0, 'lines', 'frequent', 'within'], 'P1H'],
    [['earn', 0, 'lines', 'frequent', 'within'], 'P0D'],
    [['earn', 0, 'lines', 'frequent', 'times'], 0],
    [['earn', 0, 'when', 'tier'], []],
    [['earn', 0, 'when', 'membership'], []],
    [['earn', 0, 'when', 'club'], []],
    [['rewards', 0, 'when', 'tier', 0], 'platinum'],
    [['rewards', 4, 'give', 'validFor'], 'a month'],
    [['rewards', 4, 'give', 'validFor'], 'P0D'],
    [['rewards', 4, 'cost', 'amount'], undefined],
    [['rewards', 5, 'give', 'money'], 0],
    [['rewards', 5, 'give', 'to'], ''],
    [['earn', 0, 'when', 'weekdays'], []],
    [['earn', 0, 'when', 'weekdays', 0], 'Saturday'],
    [
      ['earn', 0, 'when', 'between'],
      ['15:00', '15:00'],
    ],
    [['earn', 0, 'when', 'between', 0], '25:00'],
    [['earn', 0, 'when', 'between', 0], '24:00'],
    [['earn', 0, 'when', 'until'], '2025-12-31'],
    [['earn', 0, 'when', 'tier', 0], 'platinum'],
    [['earn', 0, 'when', 'membership', 0], 'minus'],
    [['earn', 0, 'when', 'club', 0], 'swimmers'],
    [['earn', 0, 'when', 'firstSale'], false],
    [['earn', 0, 'when', 'minSpend'], -1],
    [['earn', 0, 'cap', 'perSale'], -1],
    [['earn', 1, 'id'], 'all'],
    [['earn', 2, 'amount'], undefined],
    [['earn', 3, 'amount', 'percent'], '2.50000'],
    [['earn', 3, 'amount', 'percent'], 0],
    [['earn', 4, 'multiply'], 1.23456],
    [['earn', 4, 'multiply'], '-1'],
    [['earn', 4, 'multiply'], Number.NaN],
    [['earn', 4, 'multiply'], '1e3'],
    [['earn', 4, 'cap'], { perSale: 1 }],
    [['earn', 4, 'basis'], 'paid'],
    [['rewards', 0, 'cost'], undefined],
    [['rewards', 0, 'cost', 'wallet'], 'miles'],
    [['rewards', 0, 'cost', 'amount'], 0],
    [['rewards', 0, 'cost', 'amount'], undefined],
    [['rewards', 0, 'give', 'kind'], 'pony'],
    [['rewards', 0, 'give', 'quantity'], 0],
    [['rewards', 0, 'give', 'lines', 'sku'], []],
    [['rewards', 0, 'limit', 'times'], 0],
    [['rewards', 0, 'approval'], 'cashier'],
    [['rewards', 0, 'validUntil'], '2025-12-31'],
    [['rewards', 1, 'id'], 'free'],
    [['rewards', 2, 'give', 'percent'], '100.01'],
    [['rewards', 2, 'give', 'max'], 0],
    [['rewards', 3, 'cost'], null],
    [['rewards', 3, 'cost', 'amount'], 5],
    [['rewards', 3, 'give', 'step'], 0],
    [['rewards', 3, 'give', 'maxPercent'], 0],
    [['tiers', 'levels', 1, 'at'], 0],
    [['tiers', 'levels', 1, 'id'], ''],
    [['tiers', 'levels'], []],
    [['tiers', 'wallet'], undefined],
    [['tiers', 'wallet'], 'miles'],
    [['tiers', 'keep'], 'ever'],
    [['badges', 0, 'give', 'wallet'], 'miles'],
    [['badges', 0, 'when', 'count', 'of'], 'smiles'],
    [['referral', 'referrer', 'wallet'], 'miles'],
    [['referral', 'minSpend'], -1],
    [['memberships', 0, 'period'], 'a month'],
    [['clubs', 0, 'goals', 0, 'until'], '2026-02-01'],
    [['clubs', 0, 'goals', 0, 'give', 'wallet'], 'miles'],
    [['partners', 0, 'pattern'], '['],
    [['partners', 0, 'pattern'], ''],
    [['partners', 0, 'pattern'], '(?=1)1'],
    [['partners', 0, 'pattern'], '(1)\\1'],
    [['partners', 0, 'pattern'], '(1{99}){99}'],
    [['notify', 0, 'channel'], 'post'],
    [['limits', 'offlineRedeem', 'policy'], 'none'],
    [['limits', 'adjust', 'owner'], 5],
    [['points'], 1],
  ])('names %j where it is %j', (path, value) => {
    expect(pathsOf(changed(WHOLE, path, value))).toEqual([path.join('.')]);
  });

  it('names the second of two that share an id', () => {
    const twice = <Part>(part: Part) => [part, part];
    const goal = WHOLE.clubs[0]?.goals[0];
    expect(
      pathsOf({
        ...WHOLE,
        wallets: twice(WHOLE.wallets).flat(),
        tiers: { ...WHOLE.tiers, levels: [...WHOLE.tiers.levels, { id: 'gold', at: 900 }] },
        rewards: [...WHOLE.rewards, WHOLE.rewards[1]],
        badges: twice(WHOLE.badges[0]),
        memberships: twice(WHOLE.memberships[0]),
        clubs: [{ id: 'runners', goals: twice(goal) }],
        partners: twice(WHOLE.partners[0]),
      }),
    ).toEqual([
      'wallets.2.id',
      'wallets.3.id',
      'tiers.levels.2.id',
      'rewards.6.id',
      'badges.1.id',
      'memberships.1.id',
      'clubs.0.goals.1.id',
      'partners.1.id',
    ]);
  });

  it('wants a money wallet for a share', () => {
    expect(pathsOf(changed(WHOLE, ['earn', 3, 'wallet'], 'points'))).toEqual(['earn.3.amount.per']);
  });

  it('names every unknown field itself', () => {
    expect(pathsOf({ ...DOCUMENT, one: 1, earn: [{ ...PER_EURO, two: 2, three: 3 }] })).toEqual([
      'earn.0.two',
      'earn.0.three',
      'one',
    ]);
    expect(pathsOf(JSON.parse(JSON.stringify(DOCUMENT).replace('{', '{"__proto__":{"x":1},')))).toEqual(['__proto__']);
  });

  it.each([null, undefined, 1, 'programme', [], new Date(0)])('%j is no programme', (document) => {
    expect(parseProgramme(document).ok).toBe(false);
  });

  it('never throws, whatever the document', () => {
    fc.assert(fc.property(fc.jsonValue(), (document) => !parseProgramme(document).ok));
    const keys = fc.constantFrom('earn', 'rewards', 'wallets', 'tiers', 'limits', 'referral', 'clubs');
    fc.assert(fc.property(keys, fc.jsonValue(), (key, value) => void parseProgramme({ ...WHOLE, [key]: value })));
  });

  it('takes 10,000 rules, refuses 10,001, and answers a thousand faults with a hundred sentences', () => {
    const rules = Array.from({ length: EARN_RULES_MAX + 1 }, (_, index) => ({ ...PER_EURO, id: `r${index}` }));
    expect(parseProgramme({ ...DOCUMENT, earn: rules.slice(1) }).ok).toBe(true);
    expect(pathsOf({ ...DOCUMENT, earn: rules })).toEqual(['earn']);
    const wrong = rules.slice(0, 1_000).map((rule) => ({ ...rule, wallet: '' }));
    expect(pathsOf({ ...DOCUMENT, earn: wrong })).toHaveLength(PROBLEMS_MAX);
  });

  it('takes at most a hundred multipliers that multiply each other', () => {
    const earn = Array.from({ length: MULTIPLIED_FACTORS_MAX + 1 }, (_, index) => ({
      id: `m${index}`,
      wallet: 'points',
      multiply: '1.0001',
    }));
    expect(pathsOf({ ...DOCUMENT, combine: 'multiply', earn })).toEqual(['earn.100.multiply']);
    expect(pathsOf({ ...DOCUMENT, combine: 'highest', earn })).toEqual([]);
  });

  it('takes at most fifty auto rewards', () => {
    const auto = { cost: null, auto: true, give: { kind: 'amount-off', amount: 1 } };
    const rewards = Array.from({ length: AUTO_REWARDS_MAX + 1 }, (_, index) => ({ ...auto, id: `r${index}` }));
    expect(pathsOf({ ...DOCUMENT, rewards })).toEqual(['rewards.50.auto']);
    expect(pathsOf({ ...DOCUMENT, rewards: rewards.slice(1) })).toEqual([]);
  });

  it('takes at most five hundred rewards', () => {
    const reward = { cost: null, give: { kind: 'amount-off', amount: 1 } };
    const rewards = Array.from({ length: REWARDS_MAX + 1 }, (_, index) => ({ ...reward, id: `r${index}` }));
    expect(pathsOf({ ...DOCUMENT, rewards })).toEqual(['rewards']);
    expect(pathsOf({ ...DOCUMENT, rewards: rewards.slice(1) })).toEqual([]);
  });

  it('takes a name for a wallet and a reward, which screens show', () => {
    const document = changed(changed(WHOLE, ['wallets', 0, 'name'], 'Beans'), ['rewards', 0, 'name'], 'Free coffee');
    const programme = valueOf(parseProgramme(document));
    expect([programme.wallets[0]?.name, programme.rewards[0]?.name]).toEqual(['Beans', 'Free coffee']);
    expect(pathsOf(changed(WHOLE, ['wallets', 0, 'name'], ''))).toEqual(['wallets.0.name']);
  });
});
