import { describe, expect, it } from 'vitest';
import type { MemberId } from '../../base/ids.ts';
import { referralSchema } from '../programme/referral.ts';
import { saleId } from '../testing/ladders.ts';
import { isSelfReferral, judgeReferral, referralLost } from './judge.ts';

const gifts = { referrer: { wallet: 'points', amount: 20 }, referee: { wallet: 'points', amount: 10 } };
const referral = referralSchema.parse({ ...gifts, minSpend: 1_000, monthlyCap: 2 });
const open = { referredBy: 'm1' as MemberId, paid: null }; // a test id
const id = (text: string) => text as MemberId; // test ids

describe('judgeReferral', () => {
  it('pays both for the first sale that pays at least minSpend (fine print 35)', () => {
    expect(judgeReferral(referral, open, 1_000, 0)).toEqual(gifts);
    expect(judgeReferral(referral, open, 999, 0)).toBeUndefined();
  });

  it('pays nobody twice, and nobody who was not referred', () => {
    expect(judgeReferral(referral, { ...open, paid: saleId('s1') }, 1_000, 0)).toBeUndefined();
    expect(judgeReferral(referral, { ...open, referredBy: null }, 1_000, 0)).toBeUndefined();
  });

  it('gives the referrer nothing beyond monthlyCap, and the referee still', () => {
    expect(judgeReferral(referral, open, 1_000, 1)).toEqual(gifts);
    expect(judgeReferral(referral, open, 1_000, 2)).toEqual({ referee: gifts.referee, referrer: null });
    const none = referralSchema.parse({ ...gifts, monthlyCap: 0 });
    expect(judgeReferral(none, open, 0, 0)).toEqual({ referee: gifts.referee, referrer: null });
  });

  it('asks for nothing and has no cap by default', () => {
    expect(judgeReferral(referralSchema.parse(gifts), open, 0, 9_999)).toEqual(gifts);
  });
});

describe('referralLost', () => {
  it.each([
    [true, 1_000, false, false],
    [true, 999, false, true],
    [true, 0, true, true],
    [true, 1_000, true, true],
    [false, 0, true, false],
  ])('paid by the sale %s, %d left, nothing left %s: %s', (paidBySale, leftDue, whole, lost) => {
    expect(referralLost(referral, paidBySale, leftDue, whole)).toBe(lost);
  });

  it('is not lost for a sale that pays nothing, without minSpend, until nothing of it is left', () => {
    const free = referralSchema.parse(gifts);
    expect(referralLost(free, true, 0, false)).toBe(false);
    expect(referralLost(free, true, 0, true)).toBe(true);
  });
});

describe('isSelfReferral', () => {
  it.each([
    ['the same member', { id: id('m1') }, true],
    ['the same phone', { id: id('m2'), phone: '+49170' }, true],
    ['the same e-mail', { id: id('m2'), email: 'a@b.c' }, true],
    ['another person', { id: id('m2'), phone: '+49171', email: 'b@b.c' }, false],
    ['somebody of whom nothing is known', { id: id('m2'), phone: null }, false],
  ])('%s', (_who, other, same) => {
    expect(isSelfReferral(other, { id: id('m1'), phone: '+49170', email: 'a@b.c' })).toBe(same);
    expect(isSelfReferral({ id: id('m1'), phone: '+49170', email: 'a@b.c' }, other)).toBe(same);
  });

  it('takes two unknown phones for no phone', () => {
    expect(isSelfReferral({ id: id('m1'), phone: null }, { id: id('m2'), phone: null })).toBe(false);
  });
});
