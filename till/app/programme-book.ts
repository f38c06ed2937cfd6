/** The programme versions that head office published. A version that this till cannot evaluate whole is never used in part. */
import type { BusinessDate } from '../../base/business-date.ts';
import type { HashHex } from '../../base/ids.ts';
import type { Terms } from '../../ledger/terms.ts';
import {
  type KnownProgramme,
  type ProgrammeVersion,
  readVersion,
  termsOf,
  versionOn,
} from '../store/programme-versions.ts';
import type { ProgrammeTable } from '../store/programmes.ts';

export type { KnownProgramme } from '../store/programme-versions.ts';

export type ProgrammeBook = {
  /** The version of a sale on this business date; undefined where none is in effect. */
  inEffect(date: BusinessDate): KnownProgramme | undefined;
  byHash(hash: HashHex): KnownProgramme | undefined;
  /** What the fold asks for. */
  readonly terms: Terms;
  /** The highest version known, in effect or not: where the zone is read from. */
  newest(): KnownProgramme | undefined;
  /** Versions that this till cannot use, with the first reason. */
  unusable(): readonly { readonly version: number; readonly reason: string }[];
  reload(): void;
};

export function openProgrammeBook(table: ProgrammeTable): ProgrammeBook {
  let versions: readonly ProgrammeVersion[] = [];
  let known: readonly KnownProgramme[] = [];
  const reload = (): void => {
    versions = table.all().map(readVersion);
    known = versions.flatMap(({ read }) => (read.ok ? [read.value] : []));
  };
  reload();
  return {
    inEffect: (date) => versionOn(versions, date),
    byHash: (hash) => known.find((candidate) => candidate.hash === hash),
    terms: termsOf(() => versions),
    newest: () => known.at(-1),
    unusable: () => versions.flatMap(({ version, read }) => (read.ok ? [] : [{ version, reason: read.error }])),
    reload,
  };
}
