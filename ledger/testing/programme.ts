import { parsedProgramme } from '../../loyalty/testing/build.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import type { Terms } from '../terms.ts';

/** A programme with a bit of everything, for histories of members. Only tests import this. */
export const EVERYTHING = {
  wallets: [
    { id: 'points', kind: 'points', expiry: { after: 'P2M', from: 'earn', round: 'month-end' } },
    { id: 'stamps', kind: 'stamps', expiry: { after: 'P20D', from: 'activity' } },
    { id: 'cash', kind: 'money', rounding: 'half-up', pending: 'P7D', negative: 'forgive' },
    { id: 'gems', kind: 'points', spentOnRefund: 'full-only' },
  ],
  tiers: {
    measure: 'earned',
    wallet: 'points',
    window: 'P2M',
    keep: 'P1M',
    levels: [
      { id: 'bronze', at: 0 },
      { id: 'silver', at: 30 },
      { id: 'gold', at: 100 },
    ],
  },
  earn: [
    { id: 'base', wallet: 'points', amount: { per: 'spend', give: 1, every: 100 } },
    { id: 'double', wallet: 'points', multiply: 2, when: { tier: ['gold'] } },
    { id: 'welcome', wallet: 'points', amount: { per: 'sale', give: 7 }, when: { firstSale: true } },
    { id: 'stamp', wallet: 'stamps', amount: { per: 'item', give: 1 }, lines: { sku: ['COFFEE'] }, cap: { perDay: 6 } },
    { id: 'back', wallet: 'cash', amount: { per: 'share', percent: '2.5' } },
    { id: 'gem', wallet: 'gems', amount: { per: 'sale', give: 2 }, when: { minSpend: 500 } },
  ],
  rewards: [
    { id: 'coffee', cost: { wallet: 'stamps', amount: 4 }, give: { kind: 'free-item', lines: { sku: ['COFFEE'] } } },
    {
      id: 'fiver',
      cost: { wallet: 'points', amount: 10 },
      give: { kind: 'amount-off', amount: 500 },
      limit: { times: 2, per: 'day' },
    },
    { id: 'pay', cost: { wallet: 'cash' }, give: { kind: 'spend', points: 1, money: 1, step: 1 } },
    {
      id: 'tour',
      cost: { wallet: 'gems', amount: 3 },
      give: { kind: 'voucher', validFor: 'P30D' },
      limit: { times: 3, per: 'ever' },
    },
  ],
  badges: [
    { id: 'ten-items', when: { count: { of: 'items', at: 10 } }, give: { wallet: 'points', amount: 5 }, again: true },
    {
      id: 'spender',
      when: { count: { of: 'spend', at: 3_000, within: 'P30D' } },
      give: { wallet: 'cash', amount: 50 },
    },
    { id: 'traveller', when: { count: { of: 'stores', at: 2 } } },
  ],
  referral: {
    referrer: { wallet: 'points', amount: 20 },
    referee: { wallet: 'points', amount: 10 },
    minSpend: 500,
    monthlyCap: 1,
  },
  memberships: [{ id: 'plus', sku: 'PLUS', period: 'P1M' }],
  clubs: [{ id: 'bakers', goals: [] }],
} as const;

export function everything(parts: Readonly<Record<string, unknown>> = {}): Programme {
  return parsedProgramme({ ...EVERYTHING, ...parts });
}

/** One version for all dates and entries. */
export function termsOf(programme: Programme): Terms {
  return { byHash: () => programme, on: () => programme };
}
