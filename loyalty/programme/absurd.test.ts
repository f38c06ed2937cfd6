import { describe, expect, it } from 'vitest';
import { DOCUMENT } from '../testing/build.ts';
import { parseProgramme } from './parse.ts';

/** What a document can say that means nothing is refused where it stands, not found out at the till. */

function problems(parts: Readonly<Record<string, unknown>>): string[] {
  const parsed = parseProgramme({ ...DOCUMENT, ...parts });
  return parsed.ok ? [] : parsed.error.map(({ path, message }) => `${path}: ${message}`);
}

const TIERS = { measure: 'visits', window: 'lifetime', levels: [{ id: 'gold', at: 1 }] };
const GIVE = { wallet: 'points', amount: 1 };
const points = (parts: Readonly<Record<string, unknown>>) => ({
  wallets: [{ id: 'points', kind: 'points', ...parts }],
});

describe('a programme', () => {
  it.each([
    ['tiers.window', { tiers: { ...TIERS, window: 'P0D' } }],
    ['tiers.window', { tiers: { ...TIERS, window: 'P0M0D' } }],
    ['tiers.window', { tiers: { ...TIERS, window: 'year' } }],
    ['tiers.keep', { tiers: { ...TIERS, keep: 'P0D' } }],
    ['tiers.keep', { tiers: { ...TIERS, keep: 'lifetime' } }],
    ['tiers.measure', { tiers: { ...TIERS, measure: 'items' } }],
    ['tiers.wallet', { tiers: { ...TIERS, measure: 'earned' } }],
    ['tiers.levels', { tiers: { ...TIERS, levels: [] } }],
    ['tiers.levels.0.at', { tiers: { ...TIERS, levels: [{ id: 'gold', at: -1 }] } }],
    [
      'tiers.levels.1.at',
      {
        tiers: {
          ...TIERS,
          levels: [
            { id: 'gold', at: 5 },
            { id: 'top', at: 5 },
          ],
        },
      },
    ],
    ['memberships.0.period', { memberships: [{ id: 'plus', sku: 'PLUS', period: 'P0D' }] }],
    ['badges.0.when.count.within', { badges: [{ id: 'b', when: { count: { of: 'visits', at: 1, within: 'P0D' } } }] }],
    ['badges.0.when.count.at', { badges: [{ id: 'b', when: { count: { of: 'visits', at: 0 } } }] }],
    ['badges.0.when.count.of', { badges: [{ id: 'b', when: { count: { of: 'points', at: 1 } } }] }],
    [
      'clubs.0.goals.0.until',
      {
        clubs: [
          {
            id: 'c',
            goals: [{ id: 'g', count: { of: 'visits', at: 1 }, from: '2026-03-02', until: '2026-03-01', give: GIVE }],
          },
        ],
      },
    ],
    ['referral.monthlyCap', { referral: { referrer: GIVE, referee: GIVE, monthlyCap: -1 } }],
    ['referral.minSpend', { referral: { referrer: GIVE, referee: GIVE, minSpend: -1 } }],
    ['limits.transfer.perMonth', { limits: { transfer: { perMonth: -1 } } }],
    ['limits.adjust.manager', { limits: { adjust: { manager: -1 } } }],
    ['wallets.0.expiry.after', points({ expiry: { after: 'P0D', from: 'earn' } })],
    ['wallets.0.expiry.after', points({ expiry: { after: 'P30D', from: 'activity' }, pending: 'P30D' })],
    ['wallets.0.expiry.after', points({ expiry: { after: 'P1D', from: 'earn', round: 'month-end' }, pending: 'P2M' })],
    ['wallets.0.expiry.from', points({ expiry: { after: 'P1D', from: 'birth' } })],
  ])('is refused at %s', (path, parts) => {
    expect(problems(parts).map((problem) => problem.split(':')[0])).toEqual([path]);
  });

  it('says what is wrong', () => {
    expect(problems({ tiers: { ...TIERS, window: 'P0D', keep: 'never' } })).toEqual([
      'tiers.window: must not be a duration of nothing',
      'tiers.keep: must be year-end, next-year-end or a duration like P12M',
    ]);
    expect(problems({ tiers: { ...TIERS, window: 'year' } })).toEqual([
      'tiers.window: must be lifetime, calendar-year or a duration like P12M',
    ]);
    expect(problems({ memberships: [{ id: 'plus', sku: 'PLUS', period: 'P0Y' }] })).toEqual([
      'memberships.0.period: must not be a duration of nothing',
    ]);
    expect(problems(points({ expiry: { after: 'P1M', from: 'earn' }, pending: 'P31D' }))).toEqual([
      'wallets.0.expiry.after: must be longer than pending: nothing could ever be spent',
    ]);
  });

  it.each([
    points({ expiry: { after: 'P0D', from: 'earn', round: 'month-end' } }),
    points({ expiry: { after: 'P1M', from: 'earn' }, pending: 'P30D' }),
    points({ expiry: { after: 'P1M', from: 'earn' }, pending: 'P29D' }),
    points({ pending: 'P999Y' }),
    { tiers: { ...TIERS, window: 'P1D', keep: 'P999Y9999M9999W99999D' } },
  ])('may be strange where it means something: %j', (parts) => {
    expect(problems(parts)).toEqual([]);
  });
});
