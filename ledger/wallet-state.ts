/**
 * A wallet as lots: every credit is one, and spending takes the lot that ends first, then the one earned first (programme.md, "Wallet").
 * A credit repays what is below zero before it makes a lot (fine print 31). A lot that ended stays as long as a refund may ask for it, and
 * so does an emptied one, since what was spent returns to its own lots with their own ends (fine print 15, 30).
 */
import { addDuration, type BusinessDate, type DateDuration } from '../base/business-date.ts';
import type { MemberId, SaleId } from '../base/ids.ts';
import { points, type Points } from '../base/numbers.ts';

export type Lot = {
  /** Its name in the wallet, for what was taken from it. */
  readonly lot: number;
  /** The sale whose rules gave it; null where none did. */
  readonly sale: SaleId | null;
  readonly earned: BusinessDate;
  /** First business date on which it can be spent; null: at once. */
  readonly from: BusinessDate | null;
  /** First business date on which it is gone; null: never. */
  readonly end: BusinessDate | null;
  /** 0 once emptied. */
  readonly amount: Points;
  /** The account that brought it, where that was merged into this one. */
  readonly via?: MemberId;
};

export type WalletState = {
  /** In spending order. */
  readonly lots: readonly Lot[];
  /** What is missing below zero; above 0 only where no lot has anything that has not ended. */
  readonly below: Points;
  /** The next lot's name. */
  readonly next: number;
};

/** Units taken from a lot, and what that lot was, for the day on which it is no longer there. */
export type LotPart = {
  readonly lot: number;
  readonly earned: BusinessDate;
  readonly end: BusinessDate | null;
  readonly amount: Points;
};

export type NewLot = Pick<Lot, 'sale' | 'earned' | 'from' | 'end' | 'amount' | 'via'>;

export const EMPTY_WALLET: WalletState = { lots: [], below: points(0), next: 1 };

/** What returns to a lot that has ended lives for so long, from the refund (fine print 30). */
export const RETURNED_FOR = 'P30D' as DateDuration; // in its form

/** Lots without an end beyond these are joined: nothing tells old ones apart, and a member's state must not grow with every sale. */
export const ENDLESS_LOTS_MAX = 40;

export function isLive({ end }: Pick<Lot, 'end'>, date: BusinessDate): boolean {
  return end === null || date < end;
}

function isPending({ from }: Pick<Lot, 'from'>, date: BusinessDate): boolean {
  return from !== null && date < from;
}

/** All that has not ended on the date, pending lots included, less what is below zero. */
export function balanceIn(wallet: WalletState, date: BusinessDate): Points {
  return points(sumOf(wallet.lots.filter((lot) => isLive(lot, date))) - wallet.below);
}

/** The same without what is pending, never below zero. */
export function spendableIn(wallet: WalletState, date: BusinessDate): Points {
  const ripe = wallet.lots.filter((lot) => isLive(lot, date) && !isPending(lot, date));
  return points(Math.max(0, sumOf(ripe) - wallet.below));
}

/** Repays what is below zero; what is left is a lot, or joins the one that it is a part of. */
export function credit(wallet: WalletState, lot: NewLot): WalletState {
  const { rest, state } = repaid(wallet, lot.amount);
  if (rest === 0) return state;
  const same = state.lots.findIndex((held) => sameLot(held, lot));
  const held = state.lots[same];
  if (held !== undefined)
    return { ...state, lots: state.lots.with(same, { ...held, amount: points(held.amount + rest) }) };
  const added: Lot = { ...lot, lot: state.next, amount: points(rest) };
  return joinedEndless({ ...state, lots: inserted(state.lots, added), next: state.next + 1 }, lot.earned);
}

function repaid(wallet: WalletState, amount: number): { readonly rest: number; readonly state: WalletState } {
  const repays = Math.min(wallet.below, amount);
  return { rest: amount - repays, state: repays === 0 ? wallet : { ...wallet, below: points(wallet.below - repays) } };
}

export type Debited = { readonly state: WalletState; readonly parts: readonly LotPart[] };

/** A redemption: from what can be spent, in spending order; then from what is pending; what no lot covers goes below zero. */
export function spend(wallet: WalletState, amount: Points, date: BusinessDate): Debited {
  const live = wallet.lots.filter((lot) => isLive(lot, date));
  const order = [...live.filter((lot) => !isPending(lot, date)), ...live.filter((lot) => isPending(lot, date))];
  return take(wallet, order, amount);
}

/**
 * What a refund takes back: `lost` is what the rules no longer give, `taken` by how much the balance falls. What of the sale's own lots has
 * ended counts as taken back already, and what was forgiven is neither (fine print 26, 28).
 */
export function takeBack(
  wallet: WalletState,
  { lost, taken, sale, date }: { lost: Points; taken: Points; sale: SaleId; date: BusinessDate },
): WalletState {
  const ended = wallet.lots.filter((lot) => lot.sale === sale && !isLive(lot, date));
  const over = take(wallet, ended, points(Math.min(lost - taken, sumOf(ended))));
  return take(over.state, takeBackOrder(over.state, sale, date), taken).state;
}

/** By how much the balance falls when the rules no longer give `lost` (fine print 26, 28). */
export function takenOf(
  wallet: WalletState,
  { lost, sale, date, forgive }: { lost: Points; sale: SaleId; date: BusinessDate; forgive: boolean },
): Points {
  const ended = sumOf(wallet.lots.filter((lot) => lot.sale === sale && !isLive(lot, date)));
  const rest = Math.max(0, lost - ended);
  return forgive ? points(Math.min(rest, Math.max(0, balanceIn(wallet, date)))) : points(rest);
}

function takeBackOrder(wallet: WalletState, sale: SaleId, date: BusinessDate): readonly Lot[] {
  const live = wallet.lots.filter((lot) => isLive(lot, date));
  return [...live.filter((lot) => lot.sale === sale), ...live.filter((lot) => lot.sale !== sale)];
}

/** In spending order, pending lots included: a gift that goes back, an adjustment, a transfer. */
export function debit(wallet: WalletState, amount: Points, date: BusinessDate): Debited {
  return spend(wallet, amount, date);
}

function take(wallet: WalletState, order: readonly Lot[], amount: number): Debited {
  if (amount === 0) return { state: wallet, parts: [] };
  const parts: LotPart[] = [];
  const taken = new Map<number, number>();
  let left = amount;
  for (const { lot, earned, end, amount: held } of order) {
    if (left === 0) break;
    const part = Math.min(left, held);
    if (part === 0) continue;
    left -= part;
    taken.set(lot, part);
    parts.push({ lot, earned, end, amount: points(part) });
  }
  const lots = wallet.lots.map((lot) => {
    const part = taken.get(lot.lot);
    return part === undefined ? lot : { ...lot, amount: points(lot.amount - part) };
  });
  return { state: { ...wallet, lots, below: points(wallet.below + left) }, parts };
}

/**
 * Gives units back to the lots they were taken from, latest-ending first, with those lots' own ends; what would return to a lot that has
 * ended, or that is no longer known, lives from the refund on (fine print 30). Answers also the parts that have not returned.
 */
export function giveBack(
  wallet: WalletState,
  took: readonly LotPart[],
  amount: Points,
  date: BusinessDate,
): { readonly state: WalletState; readonly took: readonly LotPart[] } {
  const known = new Map(wallet.lots.map((lot) => [lot.lot, lot]));
  const parts = took
    .map((part) => ({ part, end: (known.get(part.lot) ?? part).end }))
    .toSorted((left, right) => compareEnds(right.end, left.end) || right.part.lot - left.part.lot);
  let left: number = amount;
  let state = wallet;
  const rest = new Map(took.map((part) => [part, part.amount as number]));
  for (const { part, end } of parts) {
    const back = Math.min(left, part.amount);
    if (back === 0) continue;
    left -= back;
    rest.set(part, part.amount - back);
    state = returned(state, { ...part, end }, points(back), date);
  }
  if (left > 0) {
    const lot = { sale: null, earned: date, from: null, end: addDuration(date, RETURNED_FOR), amount: points(left) };
    state = credit(state, lot);
  }
  const kept = took.flatMap((part) => {
    const units = rest.get(part) ?? 0;
    return units === 0 ? [] : [{ ...part, amount: points(units) }];
  });
  return { state, took: kept };
}

function returned(wallet: WalletState, part: LotPart, amount: Points, date: BusinessDate): WalletState {
  const at = wallet.lots.findIndex(({ lot }) => lot === part.lot);
  const home = wallet.lots[at];
  if (home === undefined || !isLive(home, date)) {
    const end = isLive(part, date) ? part.end : addDuration(date, RETURNED_FOR);
    return credit(wallet, { sale: null, earned: part.earned, from: null, end, amount });
  }
  const { rest, state } = repaid(wallet, amount);
  return rest === 0 ? state : { ...state, lots: state.lots.with(at, { ...home, amount: points(home.amount + rest) }) };
}

/** Earnings, gifts and redemptions of a wallet that lives by activity move the ends of all lots that have not ended (fine print 15). */
export function moveEnds(wallet: WalletState, end: BusinessDate | null, date: BusinessDate): WalletState {
  const lots = wallet.lots.map((lot) => (isLive(lot, date) && lot.end !== end ? { ...lot, end } : lot));
  return { ...wallet, lots: lots.toSorted(bySpendingOrder) };
}

/** Lots of another account's wallet, as lots of this one. Answers also how their names changed. */
export function joinWallets(
  wallet: WalletState,
  other: WalletState,
  via: MemberId,
): { readonly state: WalletState; readonly shift: number } {
  const shift = wallet.next;
  const moved = other.lots.map((lot): Lot => ({ ...lot, lot: lot.lot + shift, via: lot.via ?? via }));
  const below = wallet.below + other.below;
  const lots = [...wallet.lots, ...moved].toSorted(bySpendingOrder);
  return { state: { lots, below: points(below), next: shift + other.next }, shift };
}

/** The lots that an account brought, as its own wallet again, and what is left. `shift` is what `joinWallets` answered. */
export function splitWallet(
  wallet: WalletState,
  via: MemberId,
  shift: number,
): { readonly left: WalletState; readonly gone: WalletState } {
  const brought = wallet.lots.filter((lot) => lot.via === via);
  const lots = brought.map(({ via: _via, ...lot }): Lot => ({ ...lot, lot: lot.lot - shift }));
  const next = lots.reduce((most, { lot }) => Math.max(most, lot + 1), 1);
  return {
    left: { ...wallet, lots: wallet.lots.filter((lot) => lot.via !== via) },
    gone: { lots, below: points(0), next },
  };
}

/** Pays what is below zero from what has not ended. */
export function settleBelow(wallet: WalletState, date: BusinessDate): WalletState {
  if (wallet.below === 0) return wallet;
  const live = sumOf(wallet.lots.filter((lot) => isLive(lot, date)));
  const pays = Math.min(live, wallet.below);
  if (pays === 0) return wallet;
  return spend({ ...wallet, below: points(wallet.below - pays) }, points(pays), date).state;
}

/** Drops lots that nothing can ask for any more: emptied ones that nothing was taken from, and ended ones whose sale is forgotten. */
export function pruned(
  wallet: WalletState,
  { date, taken, sales }: { date: BusinessDate; taken: ReadonlySet<number>; sales: ReadonlySet<SaleId> },
): WalletState {
  const lots = wallet.lots.filter((lot) => {
    if (taken.has(lot.lot)) return true;
    if (lot.amount === 0) return false;
    return isLive(lot, date) || (lot.sale !== null && sales.has(lot.sale));
  });
  return lots.length === wallet.lots.length ? wallet : { ...wallet, lots };
}

/** Endless lots of earlier dates become one, once there are many. */
function joinedEndless(wallet: WalletState, before: BusinessDate): WalletState {
  const endless = wallet.lots.filter((lot) => lot.end === null && lot.amount > 0);
  if (endless.length <= ENDLESS_LOTS_MAX) return wallet;
  const tooMany = endless.length - ENDLESS_LOTS_MAX;
  const joined = endless.filter(
    (lot, index) =>
      lot.via === undefined && (lot.from === null || lot.from <= before) && (lot.earned < before || index <= tooMany),
  );
  const [oldest] = joined;
  if (oldest === undefined || joined.length === 1) return wallet;
  const rest = wallet.lots.filter((lot) => !joined.includes(lot));
  return { ...wallet, lots: inserted(rest, { ...oldest, sale: null, from: null, amount: points(sumOf(joined)) }) };
}

function sumOf(lots: readonly Pick<Lot, 'amount'>[]): number {
  return lots.reduce((sum, { amount }) => sum + amount, 0);
}

function sameLot(left: Lot, right: NewLot): boolean {
  return (
    left.sale === right.sale &&
    left.earned === right.earned &&
    left.end === right.end &&
    left.from === right.from &&
    left.via === right.via
  );
}

/** Into a list that is in spending order; after those that are equal. */
function inserted(lots: readonly Lot[], lot: Lot): readonly Lot[] {
  const at = lots.findIndex((held) => bySpendingOrder(held, lot) > 0);
  return at === -1 ? [...lots, lot] : [...lots.slice(0, at), lot, ...lots.slice(at)];
}

/** Equal ones by when they came: the fold is in one order everywhere. */
function bySpendingOrder(left: Lot, right: Lot): number {
  return compareEnds(left.end, right.end) || compareText(left.earned, right.earned) || left.lot - right.lot;
}

function compareEnds(left: BusinessDate | null, right: BusinessDate | null): number {
  if (left === right) return 0;
  if (left === null) return 1;
  return right === null ? -1 : compareText(left, right);
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
