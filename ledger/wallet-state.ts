/**
 * A wallet as lots: every credit is one, and spending takes the lot that ends first, then the one earned first (programme.md, "Wallet").
 * A credit repays what is below zero before it makes a lot (fine print 31).
 */
import type { BusinessDate } from '../base/business-date.ts';
import type { SaleId } from '../base/ids.ts';
import { points, type Points } from '../base/numbers.ts';

export type LotPart = {
  /** The sale that gave it; null where no sale did. */
  readonly sale: SaleId | null;
  readonly earned: BusinessDate;
  /** First business date on which it is gone; null: never. */
  readonly end: BusinessDate | null;
  readonly amount: Points;
};

export type WalletState = {
  /** In spending order, each above 0. */
  readonly lots: readonly LotPart[];
  /** What is missing below zero; above 0 only where there is no lot. */
  readonly below: Points;
};

export const EMPTY_WALLET: WalletState = { lots: [], below: points(0) };

/** Lots of one date beyond these are joined too: a shop's own card may be shown hundreds of times a day. */
export const ENDLESS_LOTS_MAX = 40;

export function credit(wallet: WalletState = EMPTY_WALLET, lot: LotPart): WalletState {
  const { lots, below } = addLot(wallet, lot);
  return { lots: withEndlessJoined(lots, lot.earned), below };
}

/** Repays what is below zero; what is left joins the lot that it is a part of, if that is still there. */
function addLot(wallet: WalletState, lot: LotPart): WalletState {
  const repaid = Math.min(wallet.below, lot.amount);
  const below = points(wallet.below - repaid);
  if (lot.amount === repaid) return { ...wallet, below };
  const index = wallet.lots.findIndex((held) => sameLot(held, lot));
  const amount = points((wallet.lots[index]?.amount ?? 0) + lot.amount - repaid);
  const others = wallet.lots.filter((_held, at) => at !== index);
  return { lots: [...others, { ...lot, amount }].toSorted(bySpendingOrder), below };
}

/**
 * Lots without an end that were earned on earlier dates become one: nothing tells them apart any more, and a member's state must not grow
 * with every sale of their life.
 */
function withEndlessJoined(lots: readonly LotPart[], before: BusinessDate): readonly LotPart[] {
  const endless = lots.filter((lot) => lot.end === null);
  const tooMany = endless.length - ENDLESS_LOTS_MAX;
  const joined = endless.filter((lot, index) => lot.earned < before || index <= tooMany);
  const [oldest] = joined;
  if (oldest === undefined || joined.length === 1) return lots;
  const amount = points(joined.reduce((sum, lot) => sum + lot.amount, 0));
  return [{ ...oldest, sale: null, amount }, ...lots.filter((lot) => !joined.includes(lot))].toSorted(bySpendingOrder);
}

/** Takes `amount`, which is not below 0, first from the lots of `firstFrom` where that is given; what no lot covers goes below zero. */
export function debit(
  wallet: WalletState = EMPTY_WALLET,
  amount: Points,
  firstFrom?: SaleId,
): { readonly state: WalletState; readonly parts: readonly LotPart[] } {
  const order = firstFrom === undefined ? wallet.lots : ownLotsFirst(wallet.lots, firstFrom);
  const parts: LotPart[] = [];
  const taken = new Map<LotPart, number>();
  let left: number = amount;
  for (const lot of order) {
    if (left === 0) break;
    const part = Math.min(left, lot.amount);
    left -= part;
    taken.set(lot, part);
    parts.push({ ...lot, amount: points(part) });
  }
  const lots = wallet.lots
    .map((lot) => ({ ...lot, amount: points(lot.amount - (taken.get(lot) ?? 0)) }))
    .filter((lot) => lot.amount > 0);
  return { state: { lots, below: points(wallet.below + left) }, parts };
}

/**
 * Gives `amount` back to the lots it was taken from, latest-ending first, so that a void leaves the wallet as before the sale. What they do
 * not explain is a lot of its own.
 */
export function returnParts(
  wallet: WalletState = EMPTY_WALLET,
  took: readonly LotPart[],
  amount: Points,
  date: BusinessDate,
): WalletState {
  let left: number = amount;
  let state = wallet;
  for (const part of took.toSorted(bySpendingOrder).toReversed()) {
    const back = Math.min(left, part.amount);
    if (back === 0) break;
    left -= back;
    state = addLot(state, { ...part, amount: points(back) });
  }
  return left === 0 ? state : addLot(state, { sale: null, earned: date, end: null, amount: points(left) });
}

function sameLot(left: LotPart, right: LotPart): boolean {
  return left.sale === right.sale && left.earned === right.earned && left.end === right.end;
}

function ownLotsFirst(lots: readonly LotPart[], sale: SaleId): readonly LotPart[] {
  return [...lots.filter((lot) => lot.sale === sale), ...lots.filter((lot) => lot.sale !== sale)];
}

function bySpendingOrder(left: LotPart, right: LotPart): number {
  return (
    compareEnds(left.end, right.end) ||
    compareText(left.earned, right.earned) ||
    compareText(left.sale ?? '', right.sale ?? '')
  );
}

function compareEnds(left: BusinessDate | null, right: BusinessDate | null): number {
  if (left === right) return 0;
  if (left === null) return 1;
  if (right === null) return -1;
  return compareText(left, right);
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
