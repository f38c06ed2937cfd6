/**
 * What a refund or void says in the book of its member: what comes back, what is taken, which gifts fall, and by how much balances change.
 * In the order of fine print 26, on the member's lots as they are now, so that the fold finds the same.
 */
import type { BusinessDate } from '../../base/business-date.ts';
import type { MemberId, WalletId } from '../../base/ids.ts';
import { points, type Points } from '../../base/numbers.ts';
import type { RefundBody } from '../../ledger/bodies/refund.ts';
import type { SaleGift } from '../../ledger/bodies/sale.ts';
import { NEW_MEMBER_STATE, type MemberState } from '../../ledger/member-state.ts';
import { countedSale, dueLeft, linesAfter, type SaleNote } from '../../ledger/sale-note.ts';
import type { SaleState } from '../../ledger/sale-state.ts';
import {
  balanceIn,
  EMPTY_WALLET,
  giveBack,
  type LotPart,
  takeBack,
  takeGift,
  takenOf,
  type WalletState,
} from '../../ledger/wallet-state.ts';
import { lostBadges } from '../../loyalty/badges/judge.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import { referralLost } from '../../loyalty/referral/judge.ts';
import type { RefundEvaluation } from '../../loyalty/refunds/evaluation.ts';
import { endOfLot } from '../../loyalty/wallets/ends.ts';
import { sumByWallet, type WalletAmount } from '../../loyalty/wallet-amounts.ts';
import type { MemberBook } from './member-book.ts';

export type Undoing = {
  readonly sale: SaleState;
  /** The sale's own version. */
  readonly programme: Programme;
  readonly evaluation: RefundEvaluation;
  /** Of the account that the sale belongs to; undefined where it belongs to nobody. */
  readonly state: MemberState | undefined;
  readonly date: BusinessDate;
  readonly voids: boolean;
};

export function undoBody(parts: { readonly members: MemberBook }, undoing: Undoing): RefundBody {
  const { sale, programme, evaluation, state = NEW_MEMBER_STATE, date } = undoing;
  const { lines, money, whole } = evaluation;
  const returned = evaluation.redeemed.flatMap(({ index, reward, wallet, amount }) =>
    wallet === null || amount === 0 ? [] : [{ redemption: index, reward, wallet, amount }],
  );
  const lost = evaluation.earned.flatMap(({ index, rule, wallet, amount }) =>
    amount === 0 ? [] : [{ earning: index, rule, wallet, amount }],
  );
  const purse = purseOf(state, programme, date);
  const note = state.sales.find((known) => known.sale === sale.sale);
  for (const { wallet, amount } of sumByWallet(returned)) purse.giveBack(wallet, note?.took[wallet] ?? [], amount);
  const given = lost.map(({ earning, wallet, amount }) => ({ wallet, amount: givenOf(note, earning, amount) }));
  const takenBack = sumByWallet(given).flatMap(({ wallet, amount }): WalletAmount[] => {
    const taken = purse.takeBack(wallet, amount, sale.sale);
    return taken === 0 ? [] : [{ wallet, amount: taken }];
  });
  const gifts = note === undefined ? [] : giftsBack(parts, undoing, note, purse);
  const vouchers = whole && sale.vouchers !== undefined ? { vouchers: sale.vouchers } : {};
  return { sale: sale.sale, lines, money, returned, lost, takenBack, gifts, whole, ...vouchers };
}

/** What another till had given first the member never got (fine print 12). */
function givenOf(note: SaleNote | undefined, earning: number, lost: Points): Points {
  return points(Math.min(lost, note?.earned[earning]?.amount ?? lost));
}

type Purse = ReturnType<typeof purseOf>;

/** Wallets while parts of one entry are worked out; nothing of it is kept. */
function purseOf({ wallets }: MemberState, programme: Programme, date: BusinessDate) {
  const held = new Map<WalletId, WalletState>();
  const walletIn = (wallet: WalletId): WalletState => held.get(wallet) ?? wallets[wallet] ?? EMPTY_WALLET;
  const forgives = (wallet: WalletId): boolean =>
    programme.wallets.find(({ id }) => id === wallet)?.negative === 'forgive';
  return {
    giveBack(wallet: WalletId, took: readonly LotPart[], amount: Points): void {
      const rules = programme.wallets.find(({ id }) => id === wallet);
      const unknownEnd = rules === undefined ? null : endOfLot(rules, date);
      held.set(wallet, giveBack(walletIn(wallet), took, amount, { date, unknownEnd }).state);
    },
    /** By how much the balance falls when rules no longer give `lost`. */
    takeBack(wallet: WalletId, lost: Points, sale: SaleState['sale']): Points {
      const taken = takenOf(walletIn(wallet), { lost, sale, date, forgive: forgives(wallet) });
      held.set(wallet, takeBack(walletIn(wallet), { lost, taken, sale, date }));
      return taken;
    },
    /** By how much it falls when a gift goes back, which follows `negative` too. */
    takeGift(wallet: WalletId, amount: Points, given: BusinessDate): Points {
      const before = walletIn(wallet);
      const falls = forgives(wallet) ? points(Math.min(amount, Math.max(0, balanceIn(before, date)))) : amount;
      held.set(wallet, takeGift(before, { amount: falls, given, date }));
      return falls;
    },
  };
}

function giftsBack(
  { members }: { readonly members: MemberBook },
  undoing: Undoing,
  note: SaleNote,
  purse: Purse,
): readonly SaleGift[] {
  const { programme, evaluation, state = NEW_MEMBER_STATE, sale, date, voids } = undoing;
  const left = { ...note, lines: linesAfter(note.lines, evaluation.lines) };
  const sales = state.sales.map((known) => countedSale(known === note ? left : known));
  const earlierCounts = state.past.counted;
  const lost = lostBadges(programme.badges, state.badges, sales, sale.sale, { voided: voids, earlierCounts });
  const badges = new Set(lost.map(({ badge }) => badge));
  const { referral } = programme;
  const paid = state.referral.paid === sale.sale;
  const unpaid = referral !== undefined && referralLost(referral, paid, dueLeft(left), evaluation.whole);
  return note.gifts.flatMap((gift): SaleGift[] => {
    const { wallet } = gift;
    switch (gift.reason) {
      case 'badge': {
        if (!badges.has(gift.badge)) return [];
        const amount = wallet === null ? gift.amount : purse.takeGift(wallet, gift.amount, note.date);
        return [{ reason: 'badge', badge: gift.badge, wallet, amount }];
      }
      case 'referee':
        return unpaid ? [{ ...gift, amount: purse.takeGift(gift.wallet, gift.amount, note.date) }] : [];
      case 'referrer':
        return unpaid ? [{ ...gift, amount: fromReferrer(members, programme, gift, { given: note.date, date }) }] : [];
      default:
        return gift satisfies never;
    }
  });
}

function fromReferrer(
  members: MemberBook,
  programme: Programme,
  gift: { readonly member: MemberId; readonly wallet: WalletId; readonly amount: Points },
  { given, date }: { readonly given: BusinessDate; readonly date: BusinessDate },
): Points {
  const state = members.find(gift.member)?.state ?? NEW_MEMBER_STATE;
  return purseOf(state, programme, date).takeGift(gift.wallet, gift.amount, given);
}
