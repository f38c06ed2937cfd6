/**
 * A quote: a basket evaluated for a member, with what each reward would do. Against copying the same answer by JSON, which is what
 * handing it to a screen costs.
 */
import { businessTime, epochMs } from '../../base/business-date.ts';
import type { MemberId, RewardId, RuleId, StoreId, WalletId } from '../../base/ids.ts';
import { points } from '../../base/numbers.ts';
import type { MemberFacts } from '../../loyalty/member-facts.ts';
import { parseProgramme } from '../../loyalty/programme/parse.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import { describeRewards } from '../../loyalty/rewards/describe.ts';
import { evaluateSale } from '../../loyalty/sale/evaluate.ts';
import type { SaleLine, SaleRequest } from '../../loyalty/sale/request.ts';
import { microseconds, quantile, rounded, type BenchLine } from './bench-line.ts';

const QUOTES = 20_000;
const WARM_UP = 2_000;
const MEDIAN_US_MAX = 200;
const LARGE_QUOTES = 500;
const LARGE_MS_MAX = 100;
/** As many different baskets, each rung up anew for each quote: no answer can be had from the one before. */
const BASKETS = 50;
const CATEGORIES = ['Coffee', 'Cakes', 'Bread', 'Tea', 'Gifts'];

export async function quote(): Promise<BenchLine[]> {
  const usual = measure({ rules: 30, lines: 20, quotes: QUOTES, warmUp: WARM_UP });
  const large = measure({ rules: 200, lines: 100, quotes: LARGE_QUOTES, warmUp: 0 });
  const [median, copy] = [quantile(usual.quote, 0.5), quantile(usual.copy, 0.5)];
  const slowest = Math.max(...large.processor) / 1_000;
  return [
    {
      name: 'quote',
      value: rounded(median),
      unit: 'µs median',
      baseline: rounded(copy),
      ratio: rounded(median / copy),
      aim: `20 lines under 30 rules in under ${MEDIAN_US_MAX} µs`,
      holds: median < MEDIAN_US_MAX,
    },
    {
      name: 'quote-large',
      value: rounded(slowest),
      unit: 'ms of processor, slowest',
      baseline: LARGE_MS_MAX,
      ratio: rounded(slowest / LARGE_MS_MAX),
      aim: `100 lines under 200 rules in under ${LARGE_MS_MAX} ms, each`,
      holds: slowest < LARGE_MS_MAX,
    },
  ];
}

type Size = { readonly rules: number; readonly lines: number; readonly quotes: number; readonly warmUp: number };

type Times = {
  readonly quote: number[];
  readonly copy: number[];
  /** Of the quotes too, without what else the machine was doing: one slow quote among hundreds must be the quote's own. */
  readonly processor: number[];
};

function measure({ rules, lines, quotes, warmUp }: Size): Times {
  const programme = programmeOf(rules);
  const member = memberFacts();
  const times: Times = { quote: [], copy: [], processor: [] };
  for (let index = 0; index < quotes + warmUp; index += 1) {
    const request = requestOf(lines, index % BASKETS);
    let answer: unknown;
    const before = process.threadCpuUsage();
    const taken = microseconds(() => {
      answer = [evaluateSale(programme, member, request), describeRewards(programme, member, request)];
    });
    const { user, system } = process.threadCpuUsage(before);
    const copied = microseconds(() => JSON.parse(JSON.stringify(answer)));
    if (index < warmUp) continue;
    times.quote.push(taken);
    times.processor.push(user + system);
    times.copy.push(copied);
  }
  return times;
}

/** Every kind of rule that shops use, in turn; three rewards. */
function programmeOf(rules: number): Programme {
  const kinds: readonly object[] = [
    { wallet: 'points', amount: { per: 'spend', give: 1, every: 100 } },
    {
      wallet: 'points',
      amount: { per: 'spend', give: 3, every: 70 },
      lines: { category: ['Coffee', 'Tea'] },
      basis: 'net',
    },
    { wallet: 'points', multiply: '1.5', when: { tier: ['gold'] } },
    { wallet: 'stamps', amount: { per: 'item', give: 1 }, lines: { sku: ['SKU-1', 'SKU-3'] }, cap: { perDay: 5 } },
    { wallet: 'points', multiply: 2, lines: { category: ['Cakes'] }, when: { between: ['10:00', '17:00'] } },
    { wallet: 'cashback', amount: { per: 'share', percent: '2.5' }, when: { minSpend: 1000 } },
    { wallet: 'points', amount: { per: 'sale', give: 5 }, when: { weekdays: ['mon'], channel: ['store'] } },
    { wallet: 'points', amount: { per: 'item', give: 2 }, lines: { frequent: { times: 2, within: 'P30D' } } },
    { wallet: 'points', amount: { per: 'spend', give: 1, every: 500, wholeSteps: true }, lines: { notSku: ['SKU-2'] } },
    { wallet: 'points', amount: { per: 'sale', give: 10 }, when: { birthday: 'month', segment: ['vip'] } },
  ];
  const parsed = parseProgramme({
    id: 'bench',
    version: 1,
    effectiveFrom: '2026-01-01',
    currency: 'EUR',
    minorDigits: 2,
    timezone: 'Europe/Berlin',
    wallets: [
      { id: 'points', kind: 'points' },
      { id: 'stamps', kind: 'stamps' },
      { id: 'cashback', kind: 'money', rounding: 'half-up' },
    ],
    tiers: { measure: 'visits', window: 'lifetime', levels: [{ id: 'gold', at: 5 }] },
    earn: Array.from({ length: rules }, (_, index) => ({ id: `r${index}`, ...kinds[index % kinds.length] })),
    rewards: [
      { id: 'coffee', cost: { wallet: 'stamps', amount: 10 }, give: { kind: 'free-item', lines: { sku: ['SKU-1'] } } },
      { id: 'gold', cost: null, auto: true, give: { kind: 'percent-off', percent: '5' }, when: { tier: ['gold'] } },
      { id: 'pay', cost: { wallet: 'points' }, give: { kind: 'spend', points: 100, money: 100, maxPercent: 50 } },
    ],
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

function memberFacts(): MemberFacts {
  return {
    id: 'm1' as MemberId, // ids of this benchmark
    unclaimed: false,
    birthday: { month: 5, day: 1 },
    segments: ['vip'],
    level: 'gold',
    memberships: new Set(),
    clubs: new Set(),
    spendable: new Map([
      ['points' as WalletId, points(730)],
      ['stamps' as WalletId, points(11)],
    ]),
    visits: 7,
    earnedToday: new Map([['r3' as RuleId, points(2)]]),
    rewardUses: new Map([['coffee' as RewardId, { day: 0, month: 1, ever: 3 }]]),
    purchases: new Map([['SKU-4', [dateOf(1), dateOf(9), dateOf(15)]]]),
  };
}

function dateOf(day: number) {
  return businessTime(epochMs(Date.UTC(2026, 1, day, 12)), 'Europe/Berlin', 0).date;
}

function requestOf(lines: number, variant: number): SaleRequest {
  return {
    local: businessTime(epochMs(Date.UTC(2026, 2, 2, 10, variant)), 'Europe/Berlin', 0),
    channel: 'store',
    store: 's1' as StoreId, // an id of this benchmark
    lines: Array.from({ length: lines }, (_, index) => lineOf(index, variant)),
    redeem: [],
    operatorRole: 'cashier',
  };
}

function lineOf(index: number, variant: number): SaleLine {
  const weighed = index % 5 === 4;
  return {
    sku: `SKU-${(index + variant) % 12}`,
    category: CATEGORIES[(index + variant) % CATEGORIES.length],
    tags: [],
    quantity: weighed ? `0.${300 + variant}` : String(1 + ((index + variant) % 3)),
    unitPrice: 150 + ((index * 137 + variant * 61) % 900),
    taxRate: index % 2 === 0 ? '0.19' : '0.07',
  };
}
