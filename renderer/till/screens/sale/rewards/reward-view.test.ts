import { describe, expect, it } from 'vitest';
import type { MemberView, Quote } from '../../../../../till/contract/shapes.ts';
import { rewardViews } from './reward-view.ts';
import { spendFromTyped, withinLimits } from './spend-view.ts';

const COST = { wallet: 'points', amount: 50 };
const outlook = (reward: string, missing: number): MemberView['rewards'][number] => ({
  reward,
  name: reward,
  cost: COST,
  affordable: missing === 0,
  missing,
});
const MEMBER: MemberView = {
  member: 'm1' as never, // an id of the engine's
  displayName: 'Alma',
  cards: [],
  joined: '2026-01-01',
  blocked: false,
  birthdayToday: false,
  balances: [],
  asOf: null,
  waitingEntries: 0,
  rewards: [outlook('far', 300), outlook('near', 34), outlook('free', 0)],
  visits: 1,
  tier: null,
  endingSoon: [],
  pending: [],
  badges: [],
  memberships: [],
  clubs: [],
};
type Option = Quote['rewards'][number];
const option = (reward: string, outcome: Option['outcome'], kind = 'amount-off'): Option => ({
  reward,
  name: reward,
  kind,
  cost: COST,
  applied: false,
  outcome,
  spend: null,
});
const possible: Option['outcome'] = { possible: true, discount: 360, spends: COST };
const short = (missing: number): Option['outcome'] => ({
  possible: false,
  code: 'insufficient-balance',
  message: '',
  missing,
  left: null,
  because: [],
});
const QUOTE: Quote = {
  lines: [],
  list: 0,
  discount: 0,
  due: 0,
  tax: [],
  redeemed: [],
  earned: [],
  spent: [],
  gifts: [],
  balanceAfter: [],
  tierAfter: null,
  claimable: false,
  rewards: [],
};

describe('rewards', () => {
  it('are none without a member', () => expect(rewardViews(null, QUOTE)).toEqual([]));

  it('show before a basket what can be paid, then the nearest', () => {
    expect(rewardViews(MEMBER, null).map(({ reward, state }) => [reward, state])).toEqual([
      ['free', { kind: 'affordable' }],
      ['near', { kind: 'short', missing: { wallet: 'points', amount: 34 } }],
      ['far', { kind: 'short', missing: { wallet: 'points', amount: 300 } }],
    ]);
  });

  it('stay in their place when one is applied and others fall short of it', () => {
    const before = {
      ...QUOTE,
      rewards: [
        option('far', short(300)),
        option('near', short(34)),
        option('free', possible),
        option('gift', possible),
      ],
    };
    const applied = { reward: 'free', name: 'free', cost: COST, discount: 360, cut: true, auto: false };
    const after = {
      ...before,
      redeemed: [applied],
      rewards: [
        option('far', short(350)),
        option('near', short(84)),
        option('free', short(1)),
        option('gift', short(10)),
      ],
    };
    const order = (quote: Quote) => rewardViews(MEMBER, quote).map((view) => view.reward);
    expect(order(before)).toEqual(['free', 'near', 'far', 'gift']);
    expect(order(after)).toEqual(order(before));
    expect(rewardViews(MEMBER, after)[0]?.state).toEqual({ kind: 'applied', discount: 360, cost: COST, cut: true });
  });

  it('say what may be spent without a connection, and of an approval that it is needed', () => {
    const here = (code: string) =>
      option('r', { possible: false, code, message: 'No.', missing: null, left: 20, because: [] });
    const states = (code: string) => rewardViews(MEMBER, { ...QUOTE, rewards: [here(code)] }).map(({ state }) => state);
    expect(states('offline-limit')).toEqual([{ kind: 'offline', left: { wallet: 'points', amount: 20 } }]);
    expect(states('approval-required')).toEqual([
      { kind: 'refused', code: 'approval-required', message: 'No.', because: [] },
    ]);
  });

  it('say of a refusal why, and of a standing benefit that it applies by itself', () => {
    const because = [{ condition: 'tier', wanted: ['gold'], has: null }] as const;
    const refused = option('r', {
      possible: false,
      code: 'not-eligible',
      message: 'No.',
      missing: null,
      left: null,
      because: [...because],
    });
    const auto = { reward: 'a', name: 'a', cost: null, discount: 20, cut: false, auto: true };
    const quote = { ...QUOTE, redeemed: [auto], rewards: [refused, option('a', possible)] };
    expect(rewardViews(MEMBER, quote).map((view) => view.state)).toEqual([
      { kind: 'refused', code: 'not-eligible', message: 'No.', because },
      { kind: 'automatic', discount: 20 },
    ]);
  });
});

describe('what a reward gives', () => {
  const give = (kind: string, redeemed: Quote['redeemed'] = []) =>
    rewardViews(MEMBER, { ...QUOTE, redeemed, rewards: [option('r', possible, kind)] })[0]?.gives;

  it('is a voucher, a donation with where it goes once it is on the sale, or money off', () => {
    const donation = { to: 'Clean Harbour', money: 200 };
    const given = { reward: 'r', name: 'r', cost: COST, discount: 0, cut: false, auto: false, donation };
    expect([give('voucher'), give('donation'), give('donation', [given]), give('amount-off')]).toEqual([
      { kind: 'voucher' },
      { kind: 'donation', donation: null },
      { kind: 'donation', donation },
      undefined,
    ]);
  });
});

describe('how much to spend', () => {
  const limits = { step: 10, most: 75 };

  it('is held within steps and the most', () => {
    expect([-5, 0, 9, 34, 75, 900].map((wanted) => withinLimits(wanted, limits))).toEqual([0, 0, 0, 30, 70, 70]);
  });

  it('is taken as typed only where it fits', () => {
    expect(
      ['10', '70', '0', '15', '80', '', 'x', '9'.repeat(20)].map((typed) => spendFromTyped(typed, limits)),
    ).toEqual([10, 70, ...Array.from({ length: 6 }, () => undefined)]);
  });
});
