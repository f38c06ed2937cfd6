/** What a sale gives beside earnings: badges and referral. What a member can have once stands once, whatever two tills gave (fine print 12). */
import type { BusinessDate } from '../../base/business-date.ts';
import type { SaleId } from '../../base/ids.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import type { RefundBody } from '../bodies/refund.ts';
import type { SaleGift } from '../bodies/sale.ts';
import { noteGift, type SaleNote } from '../sale-note.ts';
import { takeGift } from '../wallet-state.ts';
import type { Accounts, Draft } from './accounts.ts';
import { countedByMonth } from './uses.ts';
import { gain, heldIn, setWallet } from './wallets.ts';

type Sale = { readonly sale: SaleId; readonly date: BusinessDate; readonly programme: Programme | undefined };

/** Credits what stands, and answers it. */
export function giveGifts(
  accounts: Accounts,
  draft: Draft,
  gifts: readonly SaleGift[],
  { sale, date, programme }: Sale,
): readonly SaleGift[] {
  if (gifts.length === 0) return NONE;
  const referralStands = draft.referral.paid === null;
  const standing = gifts.filter((gift): boolean => {
    switch (gift.reason) {
      case 'badge': {
        const again = programme?.badges.find(({ id }) => id === gift.badge)?.again === true;
        if (!again && draft.badges.some(({ badge }) => badge === gift.badge)) return false;
        draft.badges = [...draft.badges, { badge: gift.badge, sale, date }];
        if (gift.wallet !== null)
          gain(draft, programme, { wallet: gift.wallet, amount: gift.amount, date, sale: null });
        return true;
      }
      case 'referee':
        if (!referralStands) return false;
        draft.referral = { ...draft.referral, paid: sale };
        gain(draft, programme, { ...gift, date, sale: null });
        return true;
      case 'referrer': {
        if (!referralStands) return false;
        const referrer = accounts.draft(gift.member);
        referrer.referral = bring(referrer, date, 1);
        gain(referrer, programme, { ...gift, date, sale: null });
        return true;
      }
      default:
        return gift satisfies never;
    }
  });
  return standing.map(noteGift);
}

const NONE: readonly SaleGift[] = [];

type Dates = { readonly saleDate: BusinessDate; readonly date: BusinessDate };

/** Takes back those that stood, by the amounts that the refund says, and answers those that still stand. */
export function takeGifts(
  accounts: Accounts,
  draft: Draft,
  note: SaleNote | undefined,
  { sale, gifts: back }: RefundBody,
  dates: Dates,
): readonly SaleGift[] {
  const stood = note === undefined ? stoodOf(draft, sale, back) : note.gifts;
  const gone = new Set<SaleGift>();
  for (const gift of back) {
    const given = stood.find((known) => isSame(known, gift) && !gone.has(known));
    if (given === undefined) continue;
    gone.add(given);
    switch (gift.reason) {
      case 'badge':
        draft.badges = draft.badges.filter((award) => award.badge !== gift.badge || award.sale !== sale);
        take(draft, gift, dates);
        break;
      case 'referee':
        draft.referral = { ...draft.referral, paid: null };
        take(draft, gift, dates);
        break;
      case 'referrer': {
        const referrer = accounts.draft(gift.member);
        if (note !== undefined) referrer.referral = bring(referrer, dates.saleDate, -1);
        take(referrer, gift, dates);
        break;
      }
      default:
        gift satisfies never;
    }
  }
  return gone.size === 0 ? stood : stood.filter((gift) => !gone.has(gift));
}

/** Of a sale that is too old for its note: what the member still has of it. */
function stoodOf(draft: Draft, sale: SaleId, back: readonly SaleGift[]): readonly SaleGift[] {
  return back.filter((gift) =>
    gift.reason === 'badge'
      ? draft.badges.some((award) => award.badge === gift.badge && award.sale === sale)
      : draft.referral.paid === sale,
  );
}

/** It follows `negative`: the refund says by how much the balance falls (fine print 26). */
function take(draft: Draft, { wallet, amount }: Pick<SaleGift, 'wallet' | 'amount'>, dates: Dates): void {
  if (wallet === null || amount === 0) return;
  const { saleDate: given, date } = dates;
  setWallet(draft, wallet, takeGift(heldIn(draft, wallet), { amount, given, date }), date);
}

function bring({ referral }: Draft, date: BusinessDate, by: number): Draft['referral'] {
  return { ...referral, brought: countedByMonth(referral.brought, date, by) };
}

function isSame(given: SaleGift, back: SaleGift): boolean {
  if (given.reason === 'badge') return back.reason === 'badge' && back.badge === given.badge;
  if (given.reason === 'referrer') return back.reason === 'referrer' && back.member === given.member;
  return back.reason === given.reason;
}
