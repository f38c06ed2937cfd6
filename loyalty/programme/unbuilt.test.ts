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
        enrolment: 'automatic',
        dayStart: '04:00',
        wallets: [
          {
            ...POINTS,
            pending: 'P1D',
            negative: 'forgive',
            spentOnRefund: 'full-only',
            expiry: { after: 'P1Y', from: 'activity' },
          },
        ],
        tiers: LEVELS,
        earn: [{ ...PER_EURO, when: { tier: ['gold'], membership: ['plus'], club: ['c'] }, cap: { perDay: 1 } }],
        rewards: [
          { id: 'r', cost: null, auto: true, give: { kind: 'amount-off', amount: 1 } },
          { id: 'f', cost: null, give: { kind: 'free-item', lines: { frequent: { times: 1, within: 'P1D' } } } },
          { id: 'v', cost: null, give: { kind: 'voucher', validFor: 'P30D' } },
          { id: 'd', cost: null, give: { kind: 'donation', to: 'x', money: 1 } },
        ],
        memberships: [{ id: 'plus', sku: 'P', period: 'P1M' }],
        clubs: [{ id: 'c' }],
        badges: [{ id: 'b', when: { count: { of: 'visits', at: 1 } } }],
        referral: { referrer: { wallet: 'points', amount: 1 }, referee: { wallet: 'points', amount: 1 } },
        partners: [{ id: 'p', pattern: '^1$' }],
        limits: { offlineRedeem: { policy: 'strict' }, transfer: { perMonth: 1 }, adjust: { manager: 1 } },
      }),
    ).toEqual([]);
  });

  it.each<[string[], Readonly<Record<string, unknown>>]>([
    [['notify'], { notify: [{ on: 'earned', channel: 'email', template: 't' }] }],
  ])('names %j', (paths, parts) => {
    expect(unbuiltIn(parts)).toEqual(paths);
  });
});
