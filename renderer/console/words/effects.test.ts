import { describe, expect, it } from 'vitest';
import { effectsOn, netEffects } from './effects.ts';

const spentAndEarned = [
  { account: 'member:a', wallet: 'points', amount: -50 },
  { account: 'redeemed', wallet: 'points', amount: 50 },
  { account: 'member:a', wallet: 'points', amount: 7 },
  { account: 'issued', wallet: 'points', amount: -7 },
  { account: 'member:a', wallet: 'stamps', amount: 1 },
  { account: 'issued', wallet: 'stamps', amount: -1 },
];

describe('what postings did to a member', () => {
  it('tells spent from earned in one wallet by the counterparts', () => {
    expect(effectsOn(spentAndEarned, 'a')).toEqual([
      { kind: 'spent', wallet: 'points', amount: -50 },
      { kind: 'earned', wallet: 'points', amount: 7 },
      { kind: 'earned', wallet: 'stamps', amount: 1 },
    ]);
  });

  it('comes to one number for each wallet, and to none where nothing is left of it', () => {
    expect(netEffects(effectsOn(spentAndEarned))).toEqual([
      { wallet: 'points', amount: -43 },
      { wallet: 'stamps', amount: 1 },
    ]);
    const undone = [
      { kind: 'earned' as const, wallet: 'points', amount: 7 },
      { kind: 'takenBack' as const, wallet: 'points', amount: -7 },
    ];
    expect(netEffects(undone)).toEqual([]);
  });

  it.each([
    ['issued', 5, 'earned'],
    ['issued', -5, 'takenBack'],
    ['redeemed', -5, 'spent'],
    ['redeemed', 5, 'returned'],
    ['expired', -5, 'expired'],
    ['expired', 5, 'restored'],
    ['adjusted', -5, 'adjusted'],
    ['member:b', -5, 'moved'],
  ])('against %s by %d is %s', (counter, amount, kind) => {
    const postings = [
      { account: 'member:a', wallet: 'points', amount },
      { account: counter, wallet: 'points', amount: -amount },
    ];
    expect(effectsOn(postings, 'a')).toEqual([{ kind, wallet: 'points', amount }]);
  });

  it('is nothing to another member', () => {
    expect(effectsOn(spentAndEarned, 'b')).toEqual([]);
  });

  it('claims no reason where the counterpart is not beside it', () => {
    const postings = [
      { account: 'member:a', wallet: 'points', amount: 5 },
      { account: 'issued', wallet: 'stamps', amount: -5 },
    ];
    expect(effectsOn(postings, 'a')).toEqual([{ kind: 'moved', wallet: 'points', amount: 5 }]);
  });
});
