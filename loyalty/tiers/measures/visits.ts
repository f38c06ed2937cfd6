import type { Measure } from './measure.ts';

/** Sales. */
export const visits: Measure = { needsWallet: false, of: (tally) => tally.visits };
