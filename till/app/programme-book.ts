/** The programme versions that head office published, parsed once. A version that this till cannot evaluate whole is never used in part. */
import { z } from 'zod';
import type { BusinessDate } from '../../base/business-date.ts';
import type { HashHex } from '../../base/ids.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { programmeInEffect } from '../../loyalty/programme/in-effect.ts';
import { parseProgramme } from '../../loyalty/programme/parse.ts';
import type { ProgrammeProblem } from '../../loyalty/programme/problem.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import { findUnbuilt } from '../../loyalty/programme/unbuilt.ts';
import type { ProgrammeTable, StoredProgramme } from '../store/programmes.ts';

export type KnownProgramme = {
  readonly hash: HashHex;
  readonly programme: Programme;
  readonly version: number;
  readonly effectiveFrom: BusinessDate;
};

export type ProgrammeBook = {
  /** The version of a sale on this business date; undefined where none is in effect. */
  inEffect(date: BusinessDate): KnownProgramme | undefined;
  byHash(hash: HashHex): KnownProgramme | undefined;
  /** The highest version known, in effect or not: where the zone is read from. */
  newest(): KnownProgramme | undefined;
  /** Versions that this till cannot use, with the first reason. */
  unusable(): readonly { readonly version: number; readonly reason: string }[];
  reload(): void;
};

type Version = {
  readonly version: number;
  readonly effectiveFrom: BusinessDate;
  readonly read: Result<KnownProgramme, string>;
};

export function openProgrammeBook(table: ProgrammeTable): ProgrammeBook {
  let versions: Version[] = [];
  const reload = (): void => {
    versions = table.all().map(readVersion);
  };
  reload();
  const known = (): KnownProgramme[] => versions.flatMap(({ read }) => (read.ok ? [read.value] : []));
  return {
    inEffect: (date) => {
      // A version that cannot be used hides the ones before it: their numbers would be wrong from its date on.
      const read = programmeInEffect(versions, date)?.read;
      return read?.ok === true ? read.value : undefined;
    },
    byHash: (hash) => known().find((candidate) => candidate.hash === hash),
    newest: () => known().at(-1),
    unusable: () => versions.flatMap(({ version, read }) => (read.ok ? [] : [{ version, reason: read.error }])),
    reload,
  };
}

const datedSchema = z.looseObject({ effectiveFrom: z.string() });

function readVersion(stored: StoredProgramme): Version {
  const document: unknown = JSON.parse(stored.text);
  const dated = datedSchema.safeParse(document);
  const effectiveFrom = (dated.success ? dated.data.effectiveFrom : '') as BusinessDate; // '' is before every date: it is in effect
  return { version: stored.version, effectiveFrom, read: readProgramme(stored, document) };
}

function readProgramme({ hash, version }: StoredProgramme, document: unknown): Result<KnownProgramme, string> {
  const parsed = parseProgramme(document);
  if (!parsed.ok) return failed(firstReason(parsed.error));
  const unbuilt = findUnbuilt(parsed.value);
  if (unbuilt.length > 0) return failed(firstReason(unbuilt));
  return ok({ hash, version, programme: parsed.value, effectiveFrom: parsed.value.effectiveFrom });
}

function firstReason([first]: readonly ProgrammeProblem[]): string {
  return first === undefined ? 'it could not be read' : `${first.path}: ${first.message.replace(/\.$/, '')}`;
}
