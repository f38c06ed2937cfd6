/**
 * Two records of one person, opened at tills that did not know of each other, each had what a member can have once: the bonus of a first sale,
 * a badge's gift, a referral's. The record that goes gives its share back before it is brought over (docs/conflicts.md, fine print 12).
 */
import type { BusinessDate } from '../../base/business-date.ts';
import type { RuleId, SaleId, WalletId } from '../../base/ids.ts';
import { points } from '../../base/numbers.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import { sumByWallet, type WalletAmount } from '../../loyalty/wallet-amounts.ts';
import type { SaleGift } from '../bodies/sale.ts';
import type { MemberState } from '../member-state.ts';
import type { SaleNote } from '../sale-note.ts';
import { takeBack, takeGift, takenOf } from '../wallet-state.ts';
import type { Draft } from './accounts.ts';
import { heldIn, setWallet, walletIn } from './wallets.ts';

/** Answers by how much balances fell, so that the undoing of the merge can give it again. */
export function giveUpDoubles(
  from: Draft,
  into: Pick<MemberState, 'sales' | 'badges' | 'referral'>,
  programme: Programme | undefined,
  date: BusinessDate,
): readonly WalletAmount[] {
  const had = hadOnce(into, programme);
  const taken: WalletAmount[] = [];
  from.sales = from.sales.map((note) => {
    const doubles = note.earned.map(({ rule, amount }) => (had.rules.has(rule) ? amount : points(0)));
    const gifts = note.gifts.filter((gift) => isDouble(gift, had, programme));
    if (gifts.length === 0 && !doubles.some((amount) => amount > 0)) return note;
    taken.push(...takeEarned(from, note, doubles, programme, date), ...takeGifts(from, note, gifts, date));
    const earned = note.earned.map((earning, index) =>
      (doubles[index] ?? 0) > 0 ? { ...earning, amount: points(0) } : earning,
    );
    return { ...note, earned, gifts: note.gifts.filter((gift) => !gifts.includes(gift)) };
  });
  return sumByWallet(taken);
}

type Had = {
  readonly rules: ReadonlySet<RuleId>;
  readonly badges: ReadonlySet<string>;
  readonly referred: SaleId | null;
};

function hadOnce(
  { sales, badges, referral }: Pick<MemberState, 'sales' | 'badges' | 'referral'>,
  programme: Programme | undefined,
): Had {
  const ofFirstSales = (programme?.earn ?? []).flatMap(({ id, when }) => (when?.firstSale === true ? [id] : []));
  const gave = new Set(sales.flatMap(({ earned }) => earned.flatMap(({ rule, amount }) => (amount > 0 ? [rule] : []))));
  return {
    rules: new Set(ofFirstSales.filter((rule) => gave.has(rule))),
    badges: new Set(badges.map(({ badge }) => badge)),
    referred: referral.paid,
  };
}

function isDouble(gift: SaleGift, { badges, referred }: Had, programme: Programme | undefined): boolean {
  switch (gift.reason) {
    case 'badge':
      return badges.has(gift.badge) && programme?.badges.find(({ id }) => id === gift.badge)?.again !== true;
    case 'referee':
      return referred !== null;
    // Of another account, which head office corrects with an entry of its own.
    case 'referrer':
      return false;
    default:
      return gift satisfies never;
  }
}

function takeEarned(
  from: Draft,
  { sale, earned }: SaleNote,
  doubles: readonly number[],
  programme: Programme | undefined,
  date: BusinessDate,
): WalletAmount[] {
  const lost = earned.map(({ wallet }, index) => ({ wallet, amount: points(doubles[index] ?? 0) }));
  return sumByWallet(lost).map(({ wallet, amount }) => {
    const held = heldIn(from, wallet);
    const forgive = walletIn(programme, wallet)?.negative === 'forgive';
    const taken = takenOf(held, { lost: amount, sale, date, forgive });
    setWallet(from, wallet, takeBack(held, { lost: amount, taken, sale, date }), date);
    lessLifetime(from, wallet, amount);
    return { wallet, amount: taken };
  });
}

function lessLifetime(from: Draft, wallet: WalletId, amount: number): void {
  const left = (from.lifetime[wallet] ?? 0) - amount;
  if (left > 0) from.lifetime[wallet] = points(left);
  else delete from.lifetime[wallet];
}

function takeGifts(
  from: Draft,
  { date: given }: SaleNote,
  gifts: readonly SaleGift[],
  date: BusinessDate,
): WalletAmount[] {
  return gifts.flatMap(({ wallet, amount }) => {
    if (wallet === null || amount === 0) return [];
    setWallet(from, wallet, takeGift(heldIn(from, wallet), { amount, given, date }), date);
    return [{ wallet, amount }];
  });
}
