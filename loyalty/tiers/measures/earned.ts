import type { Measure } from './measure.ts';

/** Units that rules earned in one wallet. */
export const earned: Measure = {
  needsWallet: true,
  of: (tally, wallet) => (wallet === undefined ? 0 : (tally.earned[wallet] ?? 0)),
};
