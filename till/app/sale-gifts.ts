/** What a sale gives beside its earnings: badges, and what the member's referrer and they are paid. Judged with the sale as the newest. */
import type { BusinessDate } from '../../base/business-date.ts';
import type { SaleId, StoreId } from '../../base/ids.ts';
import { NO_POINTS } from '../../base/numbers.ts';
import type { SaleGift } from '../../ledger/bodies/sale.ts';
import { broughtIn, NEW_MEMBER_STATE } from '../../ledger/member-state.ts';
import { countedSale, noteLines } from '../../ledger/sale-note.ts';
import { judgeBadges } from '../../loyalty/badges/judge.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import { judgeReferral } from '../../loyalty/referral/judge.ts';
import type { RecordedLine } from '../../loyalty/sale/record.ts';
import type { KnownMember, MemberBook } from './member-book.ts';

export type GivingSale = {
  readonly date: BusinessDate;
  readonly store: StoreId;
  /** With what is left of each. */
  readonly lines: readonly RecordedLine[];
  readonly due: number;
};

/** An account that nobody has claimed gets none (fine print 19). */
export function giftsOf(
  parts: { readonly members: MemberBook },
  programme: Programme,
  member: KnownMember | undefined,
  sale: GivingSale,
): readonly SaleGift[] {
  if (member === undefined || member.state.claim !== null) return [];
  return [...badgesOf(programme, member, sale), ...referralOf(parts, programme, member, sale)];
}

/** Until it has its id. */
const THIS_SALE = '' as SaleId; // no id of any sale

function badgesOf({ badges }: Programme, { state }: KnownMember, { date, store, lines }: GivingSale): SaleGift[] {
  if (badges.length === 0) return [];
  const note = { sale: THIS_SALE, date, store, lines: noteLines(lines), earned: [], uses: {}, took: {}, gifts: [] };
  const sales = [...state.sales, note].map(countedSale);
  const awards = judgeBadges(badges, state.badges, sales, THIS_SALE, date, state.past.counted);
  return awards.map(({ badge }): SaleGift => {
    const give = badges.find(({ id }) => id === badge)?.give;
    return { reason: 'badge', badge, wallet: give?.wallet ?? null, amount: give?.amount ?? NO_POINTS };
  });
}

function referralOf(
  { members }: { readonly members: MemberBook },
  { referral }: Programme,
  { member, state }: KnownMember,
  { date, due }: GivingSale,
): SaleGift[] {
  const { by, paid } = state.referral;
  if (referral === undefined || by === null) return [];
  const referrer = members.find(by);
  const brings = referrer?.member ?? by;
  if (brings === member) return []; // a merge made them one person
  const brought = broughtIn(referrer?.state ?? NEW_MEMBER_STATE, date);
  const pay = judgeReferral(referral, { referredBy: brings, paid }, due, brought);
  if (pay === undefined) return [];
  return [
    { reason: 'referee', ...pay.referee },
    ...(pay.referrer === null ? [] : [{ reason: 'referrer' as const, member: brings, ...pay.referrer }]),
  ];
}
