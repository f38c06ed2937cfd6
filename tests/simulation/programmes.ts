/** Random programmes: wallets whose lots end soon, late, by activity or never, wait, or forgive; rewards of each kind; limits by policy. */
import type { Chance } from './virtual/random.ts';

export type Policy = 'strict' | 'tolerant';

export const COFFEE = 'COFFEE';
/** What one sale of a schedule gives is a few rewards' worth, so that the same points are wanted at several tills. */
export const FIVER_POINTS = 10;

export function randomProgramme(chance: Chance, policy: Policy): object {
  const points = chance.pick([
    {},
    { expiry: { after: 'P3D', from: 'earn' } },
    { expiry: { after: 'P1M', from: 'earn', round: 'month-end' } },
    { expiry: { after: 'P4D', from: 'activity' } },
    { pending: 'P2D', expiry: { after: 'P9D', from: 'earn' } },
    { negative: 'forgive' },
    { spentOnRefund: 'full-only', expiry: { after: 'P5D', from: 'earn' } },
  ]);
  return {
    id: 'sim',
    version: 1,
    effectiveFrom: '2025-01-01',
    currency: 'EUR',
    minorDigits: 2,
    timezone: 'Europe/Berlin',
    enrolment: chance.percent(30) ? 'automatic' : 'opt-in',
    wallets: [
      { id: 'points', kind: 'points', ...points },
      { id: 'stamps', kind: 'stamps', ...(chance.percent(40) ? { expiry: { after: 'P2D', from: 'activity' } } : {}) },
    ],
    earn: [
      { id: 'base', wallet: 'points', amount: { per: 'spend', give: 1, every: 100 } },
      { id: 'stamp', wallet: 'stamps', amount: { per: 'item', give: 1 }, lines: { sku: [COFFEE] } },
      ...(chance.percent(30)
        ? [{ id: 'welcome', wallet: 'points', amount: { per: 'sale', give: 7 }, when: { firstSale: true } }]
        : []),
    ],
    rewards: [
      { id: 'fiver', cost: { wallet: 'points', amount: FIVER_POINTS }, give: { kind: 'amount-off', amount: 300 } },
      { id: 'pay', cost: { wallet: 'points' }, give: { kind: 'spend', points: 1, money: 10, step: 1 } },
      {
        id: 'coffee',
        cost: { wallet: 'stamps', amount: 2 },
        give: { kind: 'free-item', lines: { sku: [COFFEE] }, quantity: 1 },
      },
    ],
    badges: chance.percent(30)
      ? [{ id: 'regular', when: { count: { of: 'visits', at: 2 } }, give: { wallet: 'points', amount: 5 } }]
      : [],
    limits: {
      transfer: {},
      adjust: { supervisor: 50, manager: 1000 },
      offlineRedeem: policy === 'strict' ? { policy } : { policy, perMember: 15, perTill: 25 },
    },
  };
}
