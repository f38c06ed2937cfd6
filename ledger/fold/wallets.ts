/** Credits and debits of a draft's wallets, under the programme version that an entry was computed by. */
import type { BusinessDate } from '../../base/business-date.ts';
import type { SaleId, WalletId } from '../../base/ids.ts';
import type { Points } from '../../base/numbers.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import type { Wallet } from '../../loyalty/programme/wallet.ts';
import { endOfLot, spendableFrom } from '../../loyalty/wallets/ends.ts';
import {
  balanceIn,
  credit,
  EMPTY_WALLET,
  type Lot,
  LOTS_APART_MAX,
  mayHaveOld,
  moveEnds,
  pruned,
  type WalletState,
} from '../wallet-state.ts';
import type { Draft } from './accounts.ts';

export function walletIn(programme: Programme | undefined, wallet: WalletId): Wallet | undefined {
  return programme?.wallets.find(({ id }) => id === wallet);
}

export function heldIn(draft: Draft, wallet: WalletId): WalletState {
  return draft.wallets[wallet] ?? EMPTY_WALLET;
}

/** Wallets with nothing in them are left out, so that states are equal where members are. */
export function setWallet(draft: Draft, wallet: WalletId, held: WalletState, date: BusinessDate): void {
  balanceIn(held, date); // asserts that the balance is exact
  if (held.lots.length > 0 || held.below > 0) draft.wallets[wallet] = held;
  else delete draft.wallets[wallet];
}

export type Gain = {
  readonly wallet: WalletId;
  readonly amount: Points;
  readonly date: BusinessDate;
  /** Whose refund takes it back first; null: a gift. */
  readonly sale: SaleId | null;
};

/** An earning or a gift: with the wallet's expiry, pending, and its life by activity. Of 0: nothing. */
export function gain(draft: Draft, programme: Programme | undefined, { wallet, amount, date, sale }: Gain): void {
  if (amount === 0) return;
  const terms = walletIn(programme, wallet);
  const { from, end } = terms === undefined ? ENDLESS : lifeOf(terms, date);
  const moved = activeIn(terms, heldIn(draft, wallet), date);
  const lot = { sale, earned: date, from, end, amount };
  setWallet(draft, wallet, credit(moved, lot), date);
}

type LotLife = Pick<Lot, 'from' | 'end'>;
const ENDLESS: LotLife = { from: null, end: null };
const lives = new WeakMap<Wallet, { readonly date: BusinessDate; readonly life: LotLife }>();

/** Entries come by date, so the last answer is most often the next one. */
function lifeOf(wallet: Wallet, date: BusinessDate): LotLife {
  const last = lives.get(wallet);
  if (last?.date === date) return last.life;
  const from = spendableFrom(wallet, date);
  const life = { from: from <= date ? null : from, end: endOfLot(wallet, date) };
  lives.set(wallet, { date, life });
  return life;
}

/** Earnings, gifts and redemptions above 0 move the ends of a wallet that lives by activity (fine print 15). */
export function activeIn(terms: Wallet | undefined, held: WalletState, date: BusinessDate): WalletState {
  return terms?.expiry?.from === 'activity' ? moveEnds(held, endOfLot(terms, date), date) : held;
}

/** A sale by itself leaves nothing to drop: what it empties may come back to it. */
export function hasManyLots({ wallets }: Draft): boolean {
  for (const wallet in wallets) {
    if ((wallets[wallet as WalletId]?.lots.length ?? 0) > LOTS_APART_MAX) return true; // a key of the record
  }
  return false;
}

/** Drops what nothing can ask for any more. */
export function prune(draft: Draft, date: BusinessDate): void {
  for (const wallet in draft.wallets) {
    const id = wallet as WalletId; // a key of the record
    const held = draft.wallets[id];
    if (held === undefined || !mayHaveOld(held, date)) continue;
    const left = pruned(held, { date, taken: takenFrom(draft, id), isKnown: isKnownIn(draft) });
    if (left !== held) setWallet(draft, id, left, date);
  }
}

/** Names of the lots that something may return to. */
function takenFrom({ sales }: Draft, wallet: WalletId): ReadonlySet<number> {
  const taken = new Set<number>();
  for (const { took } of sales) {
    const parts = took[wallet];
    if (parts !== undefined) for (const { lot } of parts) taken.add(lot);
  }
  return taken;
}

function isKnownIn({ sales }: Draft): (sale: SaleId) => boolean {
  let known: ReadonlySet<SaleId> | undefined;
  return (sale) => (known ??= new Set(sales.map((note) => note.sale))).has(sale);
}
