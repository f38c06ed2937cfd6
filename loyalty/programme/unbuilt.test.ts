import { describe, expect, it } from 'vitest';
import { DOCUMENT, PER_EURO, valueOf } from '../testing/build.ts';
import { parseProgramme } from './parse.ts';
import { findUnbuilt } from './unbuilt.ts';

const POINTS = DOCUMENT.wallets[0];
const LEVELS = { measure: 'visits', window: 'lifetime', levels: [{ id: 'gold', at: 5 }] };

function unbuiltIn(parts: Readonly<Record<string, unknown>>): string[] {
  return findUnbuilt(valueOf(parseProgramme({ ...DOCUMENT, ...parts }))).map(({ path }) => path);
}

describe('findUnbuilt', () => {
  it('finds nothing in a programme of what is built', () => {
    expect(
      unbuiltIn({
        enrolment: 'opt-in',
        dayStart: '04:00',
        wallets: [{ ...POINTS, pending: 'P0D', negative: 'allow', spentOnRefund: 'prorate' }],
        earn: [
          { ...PER_EURO, when: { birthday: 'day', firstSale: true, segment: ['x'], minSpend: 1 }, cap: { perDay: 1 } },
        ],
        rewards: [
          { id: 'r', cost: null, auto: true, give: { kind: 'amount-off', amount: 1 } },
          { id: 'f', cost: null, give: { kind: 'free-item', lines: { frequent: { times: 1, within: 'P1D' } } } },
          { id: 'v', cost: null, give: { kind: 'voucher', validFor: 'P30D' } },
          { id: 'd', cost: null, give: { kind: 'donation', to: 'x', money: 1 } },
        ],
        partners: [{ id: 'p', pattern: '^1$' }],
        badges: [],
        limits: {},
      }),
    ).toEqual([]);
  });

  it.each<[string[], Readonly<Record<string, unknown>>]>([
    [['enrolment'], { enrolment: 'automatic' }],
    [['wallets.0.expiry'], { wallets: [{ ...POINTS, expiry: { after: 'P1Y', from: 'earn' } }] }],
    [['wallets.0.pending'], { wallets: [{ ...POINTS, pending: 'P1D' }] }],
    [['wallets.0.spentOnRefund'], { wallets: [{ ...POINTS, spentOnRefund: 'full-only' }] }],
    [['tiers'], { tiers: LEVELS, earn: [{ ...PER_EURO, when: { tier: ['gold'] } }] }],
    [
      ['memberships'],
      {
        memberships: [{ id: 'plus', sku: 'P', period: 'P1M' }],
        earn: [{ ...PER_EURO, when: { membership: ['plus'] } }],
      },
    ],
    [
      ['clubs'],
      {
        clubs: [{ id: 'c' }],
        rewards: [{ id: 'r', cost: null, give: { kind: 'amount-off', amount: 1 }, when: { club: ['c'] } }],
      },
    ],
    [['badges'], { badges: [{ id: 'b', when: { count: { of: 'visits', at: 1 } } }] }],
    [
      ['referral'],
      {
        referral: { referrer: { wallet: 'points', amount: 1 }, referee: { wallet: 'points', amount: 1 } },
      },
    ],
    [['notify'], { notify: [{ on: 'tier', channel: 'email', template: 't' }] }],
    [
      ['limits.offlineRedeem', 'limits.transfer', 'limits.adjust'],
      {
        limits: { offlineRedeem: { policy: 'strict' }, transfer: {}, adjust: {} },
      },
    ],
  ])('names %j', (paths, parts) => {
    expect(unbuiltIn(parts)).toEqual(paths);
  });
});
