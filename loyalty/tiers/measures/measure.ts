import type { WalletId } from '../../../base/ids.ts';
import type { Tally } from '../tally.ts';

/** What of a sale a ladder sums. A new measure is a file beside this one and a line in table.ts. */
export type Measure = {
  /** Whether the ladder must say whose earnings count. */
  readonly needsWallet: boolean;
  readonly of: (tally: Tally, wallet: WalletId | undefined) => number;
};
