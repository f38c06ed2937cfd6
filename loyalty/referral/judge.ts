import type { MemberId, SaleId } from '../../base/ids.ts';
import type { Gift } from '../programme/gift.ts';
import type { Referral } from '../programme/referral.ts';

export type ReferralPay = {
  readonly referee: Gift;
  /** Null: the referrer has been paid as often as a month allows. */
  readonly referrer: Gift | null;
};

/**
 * What a sale of the referee pays: their first that pays at least `minSpend`, whichever that is (fine print 35). `paid` is the
 * sale that paid already and still stands; `due` in minor units; `paidThisMonth` the referrer's paid referrals in the sale's
 * calendar month. Undefined: nothing.
 */
export function judgeReferral(
  { referee, referrer, minSpend, monthlyCap }: Referral,
  { referredBy, paid }: { readonly referredBy: MemberId | null; readonly paid: SaleId | null },
  due: number,
  paidThisMonth: number,
): ReferralPay | undefined {
  if (referredBy === null || paid !== null || due < minSpend) return undefined;
  const capped = monthlyCap !== undefined && paidThisMonth >= monthlyCap;
  return { referee, referrer: capped ? null : referrer };
}

/**
 * Whether a refund takes both gifts back: of the sale that paid them, where what is left pays less than `minSpend`, or nothing is
 * left (fine print 35). `leftDue` in minor units; `whole`: nothing of the sale is left.
 */
export function referralLost({ minSpend }: Referral, paidBySale: boolean, leftDue: number, whole: boolean): boolean {
  return paidBySale && (whole || leftDue < minSpend);
}

/** Phone and e-mail in the one form that is compared, or their hashes; null: not known. */
export type ReferralPerson = {
  readonly id: MemberId;
  readonly phone?: string | null | undefined;
  readonly email?: string | null | undefined;
};

/** Nobody refers themself: the same member, phone or e-mail. */
export function isSelfReferral(member: ReferralPerson, referrer: ReferralPerson): boolean {
  return member.id === referrer.id || isSame(member.phone, referrer.phone) || isSame(member.email, referrer.email);
}

function isSame(left: string | null | undefined, right: string | null | undefined): boolean {
  return typeof left === 'string' && left === right;
}
