import type { WalletId } from '../base/ids.ts';
import { type Points, points } from '../base/numbers.ts';

/** A list, not an object: an id of a wallet may be any text, `constructor` included. */
export type WalletAmount = { readonly wallet: WalletId; readonly amount: Points };

/** One entry a wallet, in order of appearance; wallets whose sum is 0 are left out. */
export function sumByWallet(amounts: readonly WalletAmount[]): readonly WalletAmount[] {
  const [only] = amounts;
  if (only === undefined) return [];
  if (amounts.length === 1) return only.amount === 0 ? [] : [{ wallet: only.wallet, amount: only.amount }];
  const sums = new Map<WalletId, number>();
  for (const { wallet, amount } of amounts) sums.set(wallet, (sums.get(wallet) ?? 0) + amount);
  return [...sums].flatMap(([wallet, sum]) => (sum === 0 ? [] : [{ wallet, amount: points(sum) }]));
}

/** 0 for a wallet that is not in the list. */
export function amountIn(amounts: readonly WalletAmount[], wallet: WalletId): Points {
  return amounts.find((entry) => entry.wallet === wallet)?.amount ?? points(0);
}
