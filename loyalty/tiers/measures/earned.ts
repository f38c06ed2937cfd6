import type { WalletId } from '../../../base/ids.ts';
import type { Tally } from '../tally.ts';
import type { Measure } from './measure.ts';

/** Units that rules earned in one wallet. */
export const earned: Measure = {
  needsWallet: true,
  of: (tally, wallet) => (wallet === undefined ? 0 : earnedIn(tally, wallet)),
};

function earnedIn(tally: Tally, wallet: WalletId): number {
  if ('earned' in tally) return tally.earned[wallet] ?? 0;
  let sum = 0;
  for (const earning of tally.earnings) if (earning.wallet === wallet) sum += earning.amount;
  return sum;
}
