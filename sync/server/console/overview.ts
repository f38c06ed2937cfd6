/** The console's first screen. */
import type { Programme } from '../../../loyalty/programme/programme.ts';
import type { Overview, TillSummary } from '../../protocol/console.ts';
import type { Setting } from '../admin/setting.ts';
import { businessDayOf } from '../programme/business-day.ts';
import { loadTerms } from '../programme/terms.ts';
import type { Queries } from '../store/client.ts';
import { countFlaggedEntries, countMembers, tillOverview, type TillOverviewRow } from '../store/console-overview.ts';
import { lastPosition } from '../store/counters.ts';
import { readRaw } from './raw-entry.ts';

/** ISO 4217's code for "no currency", where there is no programme yet. */
const NO_CURRENCY = { currency: 'XXX', minorDigits: 2 };

export async function overview({ database, org, clock }: Setting): Promise<Overview> {
  const programme = await currentProgramme(database, clock());
  const tills = await tillOverview(database);
  const entries = await lastPosition(database, 'entry');
  const { currency, minorDigits } = programme ?? NO_CURRENCY;
  return {
    org: org.name,
    epoch: org.epoch,
    serverTime: clock(),
    currency,
    minorDigits,
    members: await countMembers(database),
    // Positions are given without a gap, so the last one is the count.
    entries,
    flaggedEntries: await countFlaggedEntries(database),
    unfoldedEntries: Math.max(0, entries - (await lastPosition(database, 'folded'))),
    programme:
      programme === undefined
        ? null
        : { id: programme.id, version: programme.version, effectiveFrom: programme.effectiveFrom },
    stores: storesOf(tills),
  };
}

/** The one in effect today in its own zone; before any is, the first that will be. */
export async function currentProgramme(queries: Queries, at: number): Promise<Programme | undefined> {
  const terms = await loadTerms(queries);
  return terms.on(businessDayOf(terms, at).date) ?? terms.versions[0]?.programme;
}

function storesOf(rows: readonly TillOverviewRow[]): Overview['stores'] {
  return [...Map.groupBy(rows, (row) => row.store)].map(([id, tills]) => ({
    id,
    name: tills[0]?.storeName ?? id,
    tills: tills.flatMap(tillSummary),
  }));
}

function tillSummary(row: TillOverviewRow): TillSummary[] {
  const { id, name, lastSeenAt, forked, entriesReceived, waitingEntries, oldestWaitingAt, text, receivedAt } = row;
  if (id === null || name === null) return [];
  const lastEntryAt = text === null ? null : (readRaw(text)?.wall ?? null);
  const lagMs = lastEntryAt === null || receivedAt === null ? null : receivedAt - lastEntryAt;
  const enrolled = row.incarnations > 0;
  return [
    {
      id,
      name,
      lastSeenAt,
      enrolled,
      forked,
      entriesReceived,
      lastEntryAt,
      waitingEntries: waitingEntries ?? 0,
      oldestWaitingAt,
      lagMs,
    },
  ];
}
