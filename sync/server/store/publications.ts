/** What head office published: programme versions, which are for ever, and the catalogue. */
import type { BusinessDate } from '../../../base/business-date.ts';
import type { HashHex } from '../../../base/ids.ts';
import type { Queries, Transaction } from './client.ts';

export type ProgrammeVersion = {
  readonly version: number;
  readonly programme: string;
  readonly effectiveFrom: BusinessDate;
  readonly timezone: string;
  readonly text: string;
  readonly hash: HashHex;
};

export async function insertProgrammeVersion(
  transaction: Transaction,
  row: ProgrammeVersion,
  { position, at }: { position: number; at: number },
): Promise<void> {
  await transaction`
    insert into programme_version (version, programme, effective_from, timezone, text, hash, position, published_at)
    values (${row.version}, ${row.programme}, ${row.effectiveFrom}, ${row.timezone}, ${row.text}, ${row.hash}, ${position}, ${at})`;
}

export type ProgrammeVersionKey = Pick<ProgrammeVersion, 'version' | 'effectiveFrom' | 'timezone' | 'hash'>;

/** By version, without their texts. */
export async function programmeVersionKeys(queries: Queries): Promise<ProgrammeVersionKey[]> {
  return await queries<ProgrammeVersionKey[]>`
    select version, effective_from, timezone, hash from programme_version order by version`;
}

export async function programmeTexts(
  queries: Queries,
  hashes: readonly HashHex[],
): Promise<Pick<ProgrammeVersion, 'hash' | 'text'>[]> {
  return await queries<Pick<ProgrammeVersion, 'hash' | 'text'>[]>`
    select hash, text from programme_version where hash = any(${[...hashes]}::text[])`;
}

/** By version. */
export async function programmeVersions(queries: Queries): Promise<ProgrammeVersion[]> {
  return await queries<ProgrammeVersion[]>`
    select version, programme, effective_from, timezone, text, hash from programme_version order by version`;
}

export async function insertCatalogue(
  transaction: Transaction,
  row: { version: number; text: string },
  { position, at }: { position: number; at: number },
): Promise<void> {
  await transaction`
    insert into catalogue (version, text, position, published_at) values (${row.version}, ${row.text}, ${position}, ${at})`;
}

export async function newestCatalogue(queries: Queries): Promise<{ version: number; text: string } | undefined> {
  const [row] = await queries<{ version: number; text: string }[]>`
    select version, text from catalogue order by version desc limit 1`;
  return row;
}
