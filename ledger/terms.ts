import type { BusinessDate } from '../base/business-date.ts';
import type { HashHex } from '../base/ids.ts';
import type { Programme } from '../loyalty/programme/programme.ts';
import type { Entry } from './entry.ts';

/** The published versions of the programme, as far as they are known here. */
export type Terms = {
  /** The version of a sale and of its refunds, by the hash in the entry. */
  byHash(hash: HashHex): Programme | undefined;
  /** The version in effect on a business date (fine print 13). */
  on(date: BusinessDate): Programme | undefined;
};

export const NO_TERMS: Terms = { byHash: () => undefined, on: () => undefined };

/** The version that an entry was computed by; where that is not known here, the one in effect on its date. */
export function programmeOf(terms: Terms, { prog, bd }: Pick<Entry, 'prog' | 'bd'>): Programme | undefined {
  return (prog === null ? undefined : terms.byHash(prog)) ?? terms.on(bd);
}
