import type { WalletId } from '../base/ids.ts';
import { type Points, points } from '../base/numbers.ts';

/** A list, not an object: an id of a wallet may be any text, `constructor` included. */
export type WalletAmount = { readonly wallet: WalletId; readonly amount: Points };

/** One entry a wallet, in order of appearance; wallets whose sum is 0 are left out. */
export function sumByWallet(amounts: readonly WalletAmount[]): readonly WalletAmount[] {
  // Most sales earn in one wallet or two, and a fold asks for millions: no map for that.
  const sums: { wallet: WalletId; amount: Points }[] = [];
  for (const { wallet, amount } of amounts) {
    const known = sums.find((sum) => sum.wallet === wallet);
    if (known === undefined) sums.push({ wallet, amount });
    else known.amount = points(known.amount + amount);
  }
  return sums.some(({ amount }) => amount === 0) ? sums.filter(({ amount }) => amount !== 0) : sums;
}

/** 0 for a wallet that is not in the list. */
export function amountIn(amounts: readonly WalletAmount[], wallet: WalletId): Points {
  return amounts.find((entry) => entry.wallet === wallet)?.amount ?? points(0);
}
