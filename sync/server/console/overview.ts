/** The console's first screen. */
import type { Programme } from '../../../loyalty/programme/programme.ts';
import type { Overview, TillSummary } from '../../protocol/console.ts';
import type { Setting } from '../admin/setting.ts';
import { businessDayOf } from '../programme/business-day.ts';
import { loadTerms } from '../programme/terms.ts';
import type { Queries } from '../store/client.ts';
import { countFlaggedEntries, countMembers, tillOverview, type TillOverviewRow } from '../store/console-overview.ts';
import { lastPosition } from '../store/counters.ts';
import { forkSummaries, type ForkSummary } from '../store/forks.ts';
import { readRaw } from './raw-entry.ts';

/** ISO 4217's code for "no currency", where there is no programme yet. */
const NO_CURRENCY = { currency: 'XXX', minorDigits: 2 };

export async function overview({ database, org, clock }: Setting): Promise<Overview> {
  const programme = await currentProgramme(database, clock());
  const tills = await tillOverview(database);
  const branches = await forkSummaries(database);
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
    stores: storesOf(tills, branches),
  };
}

/** The one in effect today in its own zone; before any is, the first that will be. */
export async function currentProgramme(queries: Queries, at: number): Promise<Programme | undefined> {
  const terms = await loadTerms(queries);
  return terms.on(businessDayOf(terms, at).date) ?? terms.versions[0]?.programme;
}

function storesOf(rows: readonly TillOverviewRow[], branches: readonly ForkSummary[]): Overview['stores'] {
  return [...Map.groupBy(rows, (row) => row.store)].map(([id, tills]) => ({
    id,
    name: tills[0]?.storeName ?? id,
    tills: tills.flatMap((till) => tillSummary(till, branches)),
  }));
}

function tillSummary(row: TillOverviewRow, branches: readonly ForkSummary[]): TillSummary[] {
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
      branch: branchOf(branches.filter((branch) => branch.till === id)),
      entriesReceived,
      lastEntryAt,
      waitingEntries: waitingEntries ?? 0,
      oldestWaitingAt,
      lagMs,
    },
  ];
}

function branchOf(branches: readonly ForkSummary[]): TillSummary['branch'] {
  if (branches.length === 0) return null;
  return {
    entries: branches.reduce((sum, { entries }) => sum + entries, 0),
    firstSeq: Math.min(...branches.map(({ firstSeq }) => firstSeq)),
    adopted: branches.every(({ adopted }) => adopted),
  };
}
