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
  /** `OVERDRAFT` for what no lot covered. */
  readonly lot: number;
  readonly earned: BusinessDate;
  readonly end: BusinessDate | null;
  readonly amount: Points;
};

export type NewLot = Pick<Lot, 'sale' | 'earned' | 'from' | 'end' | 'amount' | 'via'>;

export const EMPTY_WALLET: WalletState = { lots: [], below: points(0), next: 1 };

/** What returns to a lot that has ended lives for so long, from the refund (fine print 30). */
export const RETURNED_FOR = 'P30D' as DateDuration; // in its form

/** What a redemption took below zero; it ends as a credit of its date would have. No lot has this name. */
export const OVERDRAFT = 0;

/** Beyond so many, lots of one end are joined once their sales are forgotten: a member's state must not grow with every sale of a life. */
export const LOTS_APART_MAX = 40;

export function isLive({ end }: Pick<Lot, 'end'>, date: BusinessDate): boolean {
  return end === null || date < end;
}

function isPending({ from }: Pick<Lot, 'from'>, date: BusinessDate): boolean {
  return from !== null && date < from;
}

/** All that has not ended on the date, pending lots included, less what is below zero. */
export function balanceIn(wallet: WalletState, date: BusinessDate): Points {
  let sum = 0;
  for (const lot of wallet.lots) if (isLive(lot, date)) sum += lot.amount;
  return points(sum - wallet.below);
}

/** The same without what is pending, never below zero. */
export function spendableIn(wallet: WalletState, date: BusinessDate): Points {
  let sum = 0;
  for (const lot of wallet.lots) if (isLive(lot, date) && !isPending(lot, date)) sum += lot.amount;
  return points(Math.max(0, sum - wallet.below));
}

/** Repays what is below zero; what is left is a lot, or joins the one that it is a part of. */
export function credit(wallet: WalletState, lot: NewLot): WalletState {
  const { rest, state } = repaid(wallet, lot.amount);
  if (rest === 0) return state;
  // A sale is credited once, so its lot is a new one.
  const same = lot.sale === null ? state.lots.findIndex((held) => sameLot(held, lot)) : -1;
  const held = state.lots[same];
  if (held !== undefined)
    return { ...state, lots: state.lots.with(same, { ...held, amount: points(held.amount + rest) }) };
  const { sale, earned, from, end, via } = lot;
  const own = { lot: state.next, sale, earned, from, end, amount: points(rest) };
  const added: Lot = via === undefined ? own : { ...own, via };
  return { lots: inserted(state.lots, added), below: state.below, next: state.next + 1 };
}

function repaid(wallet: WalletState, amount: number): { readonly rest: number; readonly state: WalletState } {
  const repays = Math.min(wallet.below, amount);
  return { rest: amount - repays, state: repays === 0 ? wallet : { ...wallet, below: points(wallet.below - repays) } };
}

export type Debited = { readonly state: WalletState; readonly parts: readonly LotPart[] };

/** A redemption: from what can be spent, in spending order; then from what is pending; what no lot covers goes below zero. */
export function spend(wallet: WalletState, amount: Points, date: BusinessDate): Debited {
  const live = wallet.lots.filter((lot) => isLive(lot, date));
  const order = live.some((lot) => isPending(lot, date))
    ? [...live.filter((lot) => !isPending(lot, date)), ...live.filter((lot) => isPending(lot, date))]
    : live;
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
  return take(
    over.state,
    takeBackOrder(over.state, (lot) => lot.sale === sale, date),
    taken,
  ).state;
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

/**
 * A gift that goes back: from the lot that it made, of the date of its sale, so that all is as before; then as a refund takes. `amount` is by
 * how much the balance falls (fine print 26).
 */
export function takeGift(
  wallet: WalletState,
  { amount, given, date }: { amount: Points; given: BusinessDate; date: BusinessDate },
): WalletState {
  return take(
    wallet,
    takeBackOrder(wallet, (lot) => lot.sale === null && lot.earned === given, date),
    amount,
  ).state;
}

function takeBackOrder(wallet: WalletState, isOwn: (lot: Lot) => boolean, date: BusinessDate): readonly Lot[] {
  const live = wallet.lots.filter((lot) => isLive(lot, date));
  return [...live.filter(isOwn), ...live.filter((lot) => !isOwn(lot))];
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
  const lots =
    taken.size === 0
      ? wallet.lots
      : wallet.lots.map((lot) => {
          const part = taken.get(lot.lot);
          return part === undefined ? lot : { ...lot, amount: points(lot.amount - part) };
        });
  return { state: { ...wallet, lots, below: points(wallet.below + left) }, parts };
}

/**
 * Gives units back to the lots they were taken from, what was overdrawn first, then latest-ending first: the reverse of how they were
 * taken. They keep those lots' own ends; what would return to a lot that has ended, or that is no longer known, lives from the refund on
 * (fine print 30). `unknownEnd`: of what nothing tells where it came from. Answers also the parts that have not returned.
 */
export function giveBack(
  wallet: WalletState,
  took: readonly LotPart[],
  amount: Points,
  { date, unknownEnd }: { readonly date: BusinessDate; readonly unknownEnd: BusinessDate | null },
): { readonly state: WalletState; readonly took: readonly LotPart[] } {
  const known = new Map(wallet.lots.map((lot) => [lot.lot, lot]));
  const parts = took
    .map((part) => ({ part, end: (known.get(part.lot) ?? part).end }))
    .toSorted((left, right) => byReturn({ ...left.part, end: left.end }, { ...right.part, end: right.end }));
  let left: number = amount;
  let state = wallet;
  const rest = new Map<LotPart, number>(took.map((part) => [part, part.amount]));
  for (const { part, end } of parts) {
    const back = Math.min(left, part.amount);
    if (back === 0) continue;
    left -= back;
    rest.set(part, part.amount - back);
    state = returned(state, { ...part, end }, points(back), date);
  }
  if (left > 0) state = credit(state, { sale: null, earned: date, from: null, end: unknownEnd, amount: points(left) });
  const kept = took.flatMap((part) => {
    const units = rest.get(part) ?? 0;
    return units === 0 ? [] : [units === part.amount ? part : { ...part, amount: points(units) }];
  });
  return { state, took: kept };
}

function byReturn(left: LotPart, right: LotPart): number {
  if ((left.lot === OVERDRAFT) !== (right.lot === OVERDRAFT)) return left.lot === OVERDRAFT ? -1 : 1;
  return -bySpendingOrder(left, right);
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
  if (!wallet.lots.some((lot) => lot.end !== end && isLive(lot, date))) return wallet;
  const lots = wallet.lots.map((lot) => (isLive(lot, date) && lot.end !== end ? { ...lot, end } : lot));
  return { ...wallet, lots: lots.toSorted(bySpendingOrder) };
}

/** Lots of another account's wallet, as lots of this one. Answers also by how much their names rose. */
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

/**
 * The lots that an account brought, as its own wallet again, and what is left; those that came to it from others, `through` it, too.
 * `shift` is what `joinWallets` answered, `next` the name of the account's next lot at that time.
 */
export function splitWallet(
  wallet: WalletState,
  via: MemberId,
  { through, shift, next }: { readonly through: ReadonlySet<MemberId>; readonly shift: number; readonly next: number },
): { readonly left: WalletState; readonly gone: WalletState } {
  const isBack = (lot: Lot): boolean => lot.via !== undefined && (lot.via === via || through.has(lot.via));
  const lots = wallet.lots.filter(isBack).map(({ via: came, ...lot }): Lot => {
    const own = { ...lot, lot: lot.lot - shift };
    return came === undefined || came === via ? own : { ...own, via: came };
  });
  return {
    left: { ...wallet, lots: wallet.lots.filter((lot) => !isBack(lot)) },
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

/** Whether `pruned` may find anything to drop: a look at the lots alone. */
export function mayHaveOld({ lots }: WalletState, date: BusinessDate): boolean {
  return lots.length > LOTS_APART_MAX || lots.some((lot) => lot.amount === 0 || !isLive(lot, date));
}

/**
 * Drops lots that nothing can ask for any more: emptied ones that nothing was taken from, and ended ones whose sale is forgotten. `taken`:
 * lots that something may return to; `isKnown`: whether a sale's note is still there.
 */
export function pruned(
  wallet: WalletState,
  { date, taken, isKnown }: { date: BusinessDate; taken: ReadonlySet<number>; isKnown: (sale: SaleId) => boolean },
): WalletState {
  const isAskedFor = (lot: Lot): boolean => taken.has(lot.lot) || (lot.sale !== null && isKnown(lot.sale));
  const mayGo = (lot: Lot): boolean =>
    lot.amount === 0 ? !taken.has(lot.lot) : !isLive(lot, date) && !isAskedFor(lot);
  const lots = wallet.lots.some(mayGo) ? wallet.lots.filter((lot) => !mayGo(lot)) : wallet.lots;
  const kept = lots.length > LOTS_APART_MAX ? joined(lots, (lot) => !isAskedFor(lot) && !isPending(lot, date)) : lots;
  return kept.length === wallet.lots.length ? wallet : { ...wallet, lots: kept };
}

/** Of one end, and brought by one account: nothing tells them apart any more, and the first of them stands for all. */
function joined(lots: readonly Lot[], mayJoin: (lot: Lot) => boolean): readonly Lot[] {
  const firsts = new Map<string, number>();
  const kept: Lot[] = [];
  for (const lot of lots) {
    const key = `${lot.end} ${lot.via ?? ''}`;
    const at = mayJoin(lot) ? firsts.get(key) : undefined;
    const first = at === undefined ? undefined : kept[at];
    if (at !== undefined && first !== undefined) {
      kept[at] = { ...first, sale: null, from: null, amount: points(first.amount + lot.amount) };
      continue;
    }
    if (mayJoin(lot)) firsts.set(key, kept.length);
    kept.push(lot);
  }
  return kept;
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

/** Into a list that is in spending order; after those that are equal, which most often is at its end. */
function inserted(lots: readonly Lot[], lot: Lot): readonly Lot[] {
  const at = lots.findLastIndex((held) => bySpendingOrder(held, lot) <= 0) + 1;
  return at === lots.length ? [...lots, lot] : lots.toSpliced(at, 0, lot);
}

/** Equal ones by when they came: the fold is in one order everywhere. */
function bySpendingOrder(
  left: Pick<Lot, 'end' | 'earned' | 'lot'>,
  right: Pick<Lot, 'end' | 'earned' | 'lot'>,
): number {
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
