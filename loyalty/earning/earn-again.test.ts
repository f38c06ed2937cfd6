import { describe, expect, it } from 'vitest';
import { points } from '../../base/numbers.ts';
import { rational } from '../../base/rational.ts';
import { evaluateSale } from '../sale/evaluate.ts';
import type { SaleRecord } from '../sale/record.ts';
import type { SaleRequest } from '../sale/request.ts';
import { at, line, memberOf, parsedProgramme, PER_EURO, saleOf, valueOf } from '../testing/build.ts';
import { recordOf } from '../testing/record-of.ts';
import { earnAgain, lineLeft, linesSold } from './earn-again.ts';
import { earnForAttached } from './earn-for.ts';
import type { EarningLine } from './earning-line.ts';

type Facts = Parameters<typeof memberOf>[0];

const LADDER = {
  tiers: { measure: 'visits', window: 'lifetime', levels: ['silver', 'gold'].map((id, from) => ({ id, at: from })) },
  memberships: [{ id: 'plus', sku: 'PLUS', period: 'P1M' }],
  clubs: [{ id: 'runners' }],
};

function sold(earn: readonly object[], request: SaleRequest, facts: Facts = {}, rewards: readonly object[] = []) {
  const programme = parsedProgramme({ ...LADDER, earn, rewards });
  const evaluation = valueOf(evaluateSale(programme, memberOf(facts), request));
  const record = recordOf(request, evaluation);
  const left = (lines: readonly EarningLine[], given?: Parameters<typeof earnAgain>[3]) =>
    Object.fromEntries(earnAgain(programme, record, lines, given).map(({ rule, amount }) => [rule, amount]));
  return { programme, record, left, evaluation };
}

/** What is left of the lines of a record when so many are kept; a line of none is gone. */
function keep({ lines }: SaleRecord, quantities: readonly number[], paid: readonly number[]): EarningLine[] {
  return lines.flatMap(
    (some, index) =>
      lineLeft(some, { quantity: rational(quantities[index] ?? 0), paid: paid[index] ?? 0, freeUnits: 0 }) ?? [],
  );
}

describe('what a sale records of its member', () => {
  it('is the level, which rules held, which skus were frequent, and what capped rules gave today', () => {
    const rule = (id: string, when: object, more: object = {}) => ({ ...PER_EURO, id, when, ...more });
    const earn = [
      rule('gold', { tier: ['gold'] }),
      rule('silver', { tier: ['silver'] }),
      rule('all', { membership: ['plus'], club: ['runners'], segment: ['vip'], birthday: 'month', firstSale: true }),
      rule('one fails', { membership: ['plus'], birthday: 'day' }),
      rule('nothing of the member', { weekdays: ['mon'] }, { cap: { perDay: 9 } }),
      rule('not today', { segment: ['vip'], weekdays: ['sun'] }, { cap: { perDay: 9 } }),
      {
        id: 'twice',
        wallet: 'points',
        multiply: 2,
        when: { tier: ['gold'] },
        lines: { frequent: { times: 2, within: 'P30D' } },
      },
      { ...PER_EURO, lines: { frequent: { times: 3, within: 'P30D' } }, cap: { perSale: 1 } },
      { ...PER_EURO, id: 'again', lines: { sku: ['HAM'], frequent: { times: 2, within: 'P30D' } } },
    ];
    const facts: Facts = {
      level: 'gold',
      memberships: ['plus'],
      clubs: ['runners'],
      segments: ['vip'],
      birthday: { month: 3, day: 9 },
      visits: 0,
      purchases: {
        TEA: ['2026-03-02', '2026-02-20'],
        HAM: ['2026-02-20', '2026-02-21', '2025-02-21'],
        OIL: ['2026-03-01', '2026-03-01'],
      },
      earnedToday: { 'nothing of the member': 4, 'not today': 0, base: 7, gold: 3 },
    };
    const basket = ['TEA', 'TEA', 'HAM', 'BUN'].map((sku) => line(100, { sku }));
    expect(sold(earn, saleOf(basket), facts).evaluation.context).toEqual({
      level: 'gold',
      held: ['gold', 'all', 'not today', 'twice'],
      frequent: [{ times: 2, within: 'P30D', skus: ['TEA', 'HAM'] }],
      today: [{ rule: 'nothing of the member', amount: 4 }],
    });
  });

  it('is nothing without a member', () => {
    const programme = parsedProgramme({ ...LADDER, earn: [PER_EURO] });
    expect(valueOf(evaluateSale(programme, undefined, saleOf([line(100)]))).context).toEqual({
      level: null,
      held: [],
      frequent: [],
      today: [],
    });
  });
});

describe('earnAgain (fine print 27)', () => {
  it('judges minSpend and perSale again on what is left', () => {
    const earn = [
      { ...PER_EURO, id: 'min', when: { minSpend: 1000 } },
      { ...PER_EURO, id: 'cap', cap: { perSale: 8 } },
    ];
    const { record, left } = sold(earn, saleOf([line(500, { quantity: '3' })]));
    expect(left(linesSold(record))).toEqual({ min: 15, cap: 8 });
    expect(left(keep(record, [2], [1000]))).toEqual({ min: 10, cap: 8 });
    expect(left(keep(record, [1], [500]))).toEqual({ cap: 5 });
  });

  it('keeps what frequent, firstSale, tier and the day had been at the sale', () => {
    const earn = [
      { ...PER_EURO, id: 'often', lines: { frequent: { times: 1, within: 'P1D' } } },
      { ...PER_EURO, id: 'first', when: { firstSale: true } },
      { ...PER_EURO, id: 'gold', when: { tier: ['gold'] } },
      { ...PER_EURO, id: 'day', cap: { perDay: 10 } },
    ];
    const facts: Facts = { visits: 0, level: 'gold', purchases: { BREAD: ['2026-03-02'] }, earnedToday: { day: 4 } };
    const { record, left } = sold(earn, saleOf([line(500, { quantity: '2' })]), facts);
    expect(left(linesSold(record))).toEqual({ often: 10, first: 10, gold: 10, day: 6 });
    expect(left(keep(record, [1], [500]))).toEqual({ often: 5, first: 5, gold: 5, day: 5 });
    const without = sold(earn, saleOf([line(500)]), {});
    expect(without.left(linesSold(without.record))).toEqual({ day: 5 });
  });

  it('judges time and place by the record', () => {
    const when = { weekdays: ['sun'], between: ['22:00', '02:00'], channel: ['online'] };
    const request = saleOf([line(500)], { local: at('2026-03-01', '23:30'), channel: 'online' });
    const { record, left } = sold([{ ...PER_EURO, when }], request);
    expect(left(linesSold(record))).toEqual({ base: 5 });
  });

  it('never gives more than before, though what lowered it is gone', () => {
    const earn = [PER_EURO, { id: 'half', wallet: 'points', multiply: '0.5', when: { minSpend: 1000 } }];
    const { record, left } = sold(earn, saleOf([line(500, { quantity: '2' })]));
    expect(left(linesSold(record))).toEqual({ base: 5 });
    expect(left(keep(record, [2], [900]))).toEqual({ base: 5 });
    expect(left(keep(record, [2], [900]), [points(3)])).toEqual({ base: 3 });
    expect(left(keep(record, [1], [200]), [points(3)])).toEqual({ base: 2 });
  });

  it('takes a list price from the quantity left, and the tax from what is left of paid', () => {
    const recorded = sold([], saleOf([line(333, { quantity: '2.5', taxRate: '0.19' })])).record.lines[0];
    if (recorded === undefined) throw new Error('a line was sold');
    expect(lineLeft(recorded, { quantity: rational(3, 2), paid: 357, freeUnits: 1 })).toEqual({
      sku: 'BREAD',
      category: undefined,
      tags: [],
      list: 500,
      paid: 357,
      net: 300,
      wholeUnits: 1,
      freeUnits: 1,
    });
    expect(lineLeft(recorded, { quantity: rational(0), paid: 0, freeUnits: 0 })).toBeUndefined();
  });
});

describe('earnForAttached (fine print 39)', () => {
  const earn = [
    { ...PER_EURO, when: { tier: ['gold'] } },
    { id: 'item', wallet: 'stamps', amount: { per: 'item', give: 1 } },
    { id: 'hour', wallet: 'points', amount: { per: 'sale', give: 7 }, when: { between: ['10:00', '10:01'] } },
  ];
  const programme = parsedProgramme({ ...LADDER, earn });
  const record = recordOf(
    saleOf([line(400, { quantity: '3' })]),
    valueOf(evaluateSale(programme, undefined, saleOf([line(400, { quantity: '3' })]))),
  );

  it('gives what the sale would have earned, at its own time, with the member as they are now', () => {
    const attached = valueOf(earnForAttached(programme, memberOf({ level: 'gold' }), record));
    expect(attached.rules.map(({ rule, amount }) => [rule, amount])).toEqual([
      ['base', 12],
      ['item', 3],
      ['hour', 7],
    ]);
    expect(attached.context).toEqual({ level: 'gold', held: ['base'], frequent: [], today: [] });
  });

  it('keeps the price and the free units as recorded, and can look at what is left only', () => {
    const paidLess: SaleRecord = {
      ...record,
      lines: record.lines.map((some) => ({ ...some, paid: 800 as typeof some.paid })), // what a reward left
      redeemed: [
        {
          reward: 'free' as SaleRecord['redeemed'][number]['reward'], // a test id
          wallet: null,
          cost: points(0),
          discount: 400 as SaleRecord['lines'][number]['paid'], // of the free unit
          lines: [{ line: 0, discount: 400 as SaleRecord['lines'][number]['paid'], freeUnits: 1 }], // the same
        },
      ],
    };
    const given = (lines?: readonly EarningLine[]) =>
      valueOf(earnForAttached(programme, memberOf({ level: 'gold' }), paidLess, lines)).rules.map(
        ({ amount }) => amount,
      );
    expect([given(), given(keep(paidLess, [1], [400])), given([])]).toEqual([[8, 2, 7], [4, 1, 7], []]);
  });
});
