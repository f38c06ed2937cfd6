/** What an entry says of allowances (ledger/allowances/part.ts), by what it does. Made in the turn that writes it, just before. */
import type { BusinessDate } from '../../../base/business-date.ts';
import type { MemberId, WalletId } from '../../../base/ids.ts';
import { points } from '../../../base/numbers.ts';
import { ownOfEarnings, ownOfTransfer, ownOfVoid } from '../../../ledger/allowances/own.ts';
import {
  type AllowancePart,
  allowancesSaid,
  type EntryAllowances,
  type Overdraft,
  partText,
} from '../../../ledger/allowances/part.ts';
import { burn, coverSpend, type HeldPart } from '../../../ledger/allowances/spend.ts';
import type { AttachBody } from '../../../ledger/bodies/after-sale.ts';
import type { RefundBody } from '../../../ledger/bodies/refund.ts';
import type { SaleGift } from '../../../ledger/bodies/sale.ts';
import { NEW_MEMBER_STATE } from '../../../ledger/member-state.ts';
import { voucherAccount } from '../../../ledger/vouchers.ts';
import type { SaleState } from '../../../ledger/sale-state.ts';
import type { Programme } from '../../../loyalty/programme/programme.ts';
import type { RecordedEarning } from '../../../loyalty/sale/record.ts';
import { sumByWallet, type WalletAmount } from '../../../loyalty/wallet-amounts.ts';
import { knownEntry } from '../../store/own-fold.ts';
import type { KnownMember } from '../member-book.ts';
import { type HeldParts, heldBy } from './held-parts.ts';

type Said = EntryAllowances | undefined;

/** Covered by E1; what no part covers was let through by the tolerant policy before. Own earnings: E7. */
export function saleAllowances(
  parts: HeldParts,
  sale: {
    readonly account: MemberId;
    readonly member: KnownMember | undefined;
    readonly programme: Programme;
    readonly date: BusinessDate;
    readonly spent: readonly WalletAmount[];
    readonly earned: readonly RecordedEarning[];
    /** Vouchers that it prints, as this till's own. */
    readonly vouchers?: readonly AllowancePart[];
  },
): Said {
  const { account, member, programme, date, earned, vouchers = [] } = sale;
  const state = member?.state ?? NEW_MEMBER_STATE;
  const own = [...ownOfEarnings({ account, state, programme, date }, earned), ...vouchers];
  if (sale.spent.length === 0) return allowancesSaid({ own });
  return allowancesSaid({ own, ...covered(parts, account, sale.spent, date) });
}

function covered(
  parts: HeldParts,
  account: MemberId,
  amounts: readonly WalletAmount[],
  date: BusinessDate,
): { readonly spent: readonly AllowancePart[]; readonly overdraft: readonly Overdraft[] } {
  const held = heldBy(parts, account);
  const covers = amounts
    .filter(({ amount }) => amount > 0)
    .map(({ wallet, amount }) => ({ wallet, ...coverSpend(inWallet(held, wallet), amount, date) }));
  return {
    spent: covers.flatMap((cover) => cover.parts),
    overdraft: covers.flatMap(({ wallet, short }) => (short > 0 ? [{ account, wallet, amount: short }] : [])),
  };
}

/** Strict, on the giver's parts alone; what arrives may be spent here at once, by lot. */
export function transferAllowances(
  parts: HeldParts,
  {
    from,
    to,
    wallet,
    lots,
    date,
  }: {
    readonly from: KnownMember;
    readonly to: KnownMember;
    readonly wallet: WalletId;
    readonly lots: readonly { readonly end: BusinessDate | null; readonly amount: number }[];
    readonly date: BusinessDate;
  },
): Said {
  const amount = points(lots.reduce((sum, lot) => sum + lot.amount, 0));
  const { parts: spent } = coverSpend(inWallet(heldBy(parts, from.member), wallet), amount, date);
  return allowancesSaid({ own: ownOfTransfer({ account: to.member, state: to.state }, wallet, lots), spent });
}

/** E9: what is taken burns this till's own parts first. */
export function adjustAllowances(
  parts: HeldParts,
  member: MemberId,
  { wallet, amount }: { readonly wallet: WalletId; readonly amount: number },
): Said {
  return amount >= 0
    ? undefined
    : allowancesSaid({ spent: burnt(parts, [{ account: member, wallet, amount: -amount }]) });
}

/** A card that came late takes the points of the account that the sale had opened. */
export function attachAllowances(parts: HeldParts, { dropped }: AttachBody): Said {
  if (dropped === null) return undefined;
  const { account, amounts } = dropped;
  const taken = amounts.map(({ wallet, amount }) => ({ account, wallet, amount }));
  return allowancesSaid({ spent: burnt(parts, taken) });
}

/**
 * What a refund or void takes back burns. A void, on its business date, of a redemption of this incarnation gives back what was spent on parts:
 * what came from an overdraft or from another till's parts does not come back as this till's.
 */
export function undoAllowances(
  parts: HeldParts,
  undo: {
    readonly voids: boolean;
    readonly account: MemberId;
    readonly member: KnownMember | undefined;
    readonly sale: SaleState;
    readonly body: RefundBody;
    readonly date: BusinessDate;
  },
): Said {
  const { account, member, body, date } = undo;
  const returned = undo.voids ? returnedParts(parts, undo.sale, body) : [];
  const own = ownOfVoid({ account, state: member?.state ?? NEW_MEMBER_STATE, date }, returned);
  const taken = body.takenBack.map(({ wallet, amount }) => ({ account, wallet, amount }));
  const gifts = body.gifts.flatMap((gift) => takenGift(account, gift));
  const vouchers = (body.vouchers ?? []).flatMap((code) => heldBy(parts, voucherAccount(code)));
  const withdrawn = vouchers.map(({ left, ...part }) => ({ ...part, amount: left }));
  return allowancesSaid({ own, spent: [...burnt(parts, [...taken, ...gifts], own), ...withdrawn] });
}

function returnedParts({ store, stream }: HeldParts, sale: SaleState, body: RefundBody): readonly WalletAmount[] {
  if (sale.inc !== stream()?.inc) return [];
  const stored = store.entries.at(sale.inc, sale.seq);
  const spent = (stored && knownEntry(stored)?.allowances?.spent) ?? [];
  const onParts = new Map(sumByWallet(spent).map(({ wallet, amount }) => [wallet, amount]));
  return sumByWallet(body.returned).map(({ wallet, amount }) => ({
    wallet,
    amount: points(Math.min(amount, onParts.get(wallet) ?? 0)),
  }));
}

/** What an entry takes without being asked. */
type Taken = { readonly account: MemberId; readonly wallet: WalletId; readonly amount: number };

function takenGift(member: MemberId, gift: SaleGift): readonly Taken[] {
  const { wallet, amount } = gift;
  return wallet === null ? [] : [{ account: gift.reason === 'referrer' ? gift.member : member, wallet, amount }];
}

/** `own`: what the same entry gives to this till counts before. */
function burnt(
  parts: HeldParts,
  taken: readonly Taken[],
  own: readonly AllowancePart[] = [],
): readonly AllowancePart[] {
  const accounts = [...new Set(taken.map(({ account }) => account))];
  return accounts.flatMap((account) => {
    const held = withOwn(
      heldBy(parts, account),
      own.filter((part) => part.account === account),
    );
    const sums = sumByWallet(
      taken.flatMap((one) => (one.account === account ? [{ ...one, amount: points(one.amount) }] : [])),
    );
    return sums.flatMap(({ wallet, amount }) => (amount > 0 ? burn(inWallet(held, wallet), amount) : []));
  });
}

function withOwn(held: readonly HeldPart[], own: readonly AllowancePart[]): readonly HeldPart[] {
  const all = new Map(held.map((part) => [partText(part), part]));
  for (const { amount, ...key } of own) {
    const before = all.get(partText(key))?.left ?? 0;
    all.set(partText(key), { ...key, left: points(before + amount) });
  }
  return [...all.values()];
}

function inWallet(held: readonly HeldPart[], wallet: WalletId): readonly HeldPart[] {
  return held.filter((part) => part.wallet === wallet);
}
