/** The console's first screen. */
import { capPerTill } from '../../../ledger/allowances/tolerant.ts';
import type { Programme } from '../../../loyalty/programme/programme.ts';
import type { Overview, TillSummary } from '../../protocol/console.ts';
import type { Setting } from '../admin/setting.ts';
import { businessDayOf } from '../programme/business-day.ts';
import { loadTerms } from '../programme/terms.ts';
import type { Queries } from '../store/client.ts';
import { outAtTills } from '../store/allowances.ts';
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
  const out = (await outAtTills(database)).map((part) => ({ ...part, name: nameOf(programme, part.wallet) }));
  const enrolled = tills.filter(({ incarnations }) => incarnations > 0).length;
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
    worstOverdraft: enrolled * capOf(programme),
    stores: storesOf(tills, branches, out),
  };
}

/** The one in effect today in its own zone; before any is, the first that will be. */
export async function currentProgramme(queries: Queries, at: number): Promise<Programme | undefined> {
  const terms = await loadTerms(queries);
  return terms.on(businessDayOf(terms, at).date) ?? terms.versions[0]?.programme;
}

type OutAtTill = { readonly till: string; readonly wallet: string; readonly name: string; readonly amount: number };

function nameOf(programme: Programme | undefined, wallet: string): string {
  return programme?.wallets.find(({ id }) => id === wallet)?.name ?? wallet;
}

/** What one till may overdraw of a wallet. */
function capOf(programme: Programme | undefined): number {
  const limits = programme?.limits?.offlineRedeem;
  return limits === undefined ? 0 : capPerTill(limits);
}

function storesOf(
  rows: readonly TillOverviewRow[],
  branches: readonly ForkSummary[],
  out: readonly OutAtTill[],
): Overview['stores'] {
  return [...Map.groupBy(rows, (row) => row.store)].map(([id, tills]) => ({
    id,
    name: tills[0]?.storeName ?? id,
    tills: tills.flatMap((till) => tillSummary(till, branches, out)),
  }));
}

function tillSummary(row: TillOverviewRow, branches: readonly ForkSummary[], out: readonly OutAtTill[]): TillSummary[] {
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
      out: out.filter(({ till }) => till === id).map(({ wallet, name: of, amount }) => ({ wallet, name: of, amount })),
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
