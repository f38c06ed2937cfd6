import type { Measure } from './measure.ts';

/** Minor units paid. */
export const spend: Measure = { needsWallet: false, of: (tally) => tally.spend };
