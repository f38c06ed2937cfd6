import type { BusinessDate } from '../../../base/business-date.ts';
import type { Actor } from '../../../ledger/entry.ts';
import { businessDayOf } from '../programme/business-day.ts';
import { loadTerms } from '../programme/terms.ts';
import type { Queries } from '../store/client.ts';
import type { OwnContext } from './own-stream.ts';

/** Now, on the organisation's business date or on the one that is named, with the version in effect then. */
export async function ownContext(
  queries: Queries,
  at: number,
  { date, actor }: { date?: BusinessDate | undefined; actor?: Actor | undefined } = {},
): Promise<OwnContext> {
  const terms = await loadTerms(queries);
  const today = businessDayOf(terms, at);
  const local = date === undefined ? today : { ...today, date };
  return { at, local, prog: terms.versionOn(local.date)?.hash ?? null, actor };
}
