import type { HashHex } from '../../../base/ids.ts';
import type { Queries, Transaction } from '../../../sync/server/store/client.ts';
import type { ProgrammeVersion, ProgrammeVersionKey } from '../../../sync/server/store/publications.ts';
import { tablesOf } from './tables.ts';

export async function insertProgrammeVersion(
  transaction: Transaction,
  row: ProgrammeVersion,
  { position }: { position: number; at: number },
): Promise<void> {
  tablesOf(transaction).programmes.set(String(row.version), { ...row, position });
}

export async function programmeVersionKeys(queries: Queries): Promise<ProgrammeVersionKey[]> {
  return await programmeVersions(queries);
}

export async function programmeTexts(
  queries: Queries,
  hashes: readonly HashHex[],
): Promise<Pick<ProgrammeVersion, 'hash' | 'text'>[]> {
  return (await programmeVersions(queries)).filter(({ hash }) => hashes.includes(hash));
}

export async function programmeVersions(queries: Queries): Promise<ProgrammeVersion[]> {
  return tablesOf(queries)
    .programmes.values()
    .toSorted((left, right) => left.version - right.version);
}

export async function insertCatalogue(
  transaction: Transaction,
  row: { version: number; text: string },
  { position }: { position: number; at: number },
): Promise<void> {
  tablesOf(transaction).catalogues.set(String(row.version), { ...row, position });
}

export async function newestCatalogue(queries: Queries): Promise<{ version: number; text: string } | undefined> {
  const all = tablesOf(queries).catalogues.values();
  return all.toSorted((left, right) => right.version - left.version)[0];
}
