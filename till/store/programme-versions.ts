/** The published versions in the table, each read once: whole, or with the reason why this till cannot use it. */
import { z } from 'zod';
import type { BusinessDate } from '../../base/business-date.ts';
import type { HashHex } from '../../base/ids.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import type { Terms } from '../../ledger/terms.ts';
import { programmeInEffect } from '../../loyalty/programme/in-effect.ts';
import { parseProgramme } from '../../loyalty/programme/parse.ts';
import type { ProgrammeProblem } from '../../loyalty/programme/problem.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import { findUnbuilt } from '../../loyalty/programme/unbuilt.ts';
import type { StoredProgramme } from './programmes.ts';

export type KnownProgramme = {
  readonly hash: HashHex;
  readonly programme: Programme;
  readonly version: number;
  readonly effectiveFrom: BusinessDate;
};

export type ProgrammeVersion = {
  readonly version: number;
  readonly effectiveFrom: BusinessDate;
  readonly read: Result<KnownProgramme, string>;
};

const datedSchema = z.looseObject({ effectiveFrom: z.string() });

export function readVersion(stored: StoredProgramme): ProgrammeVersion {
  const document: unknown = JSON.parse(stored.text);
  const dated = datedSchema.safeParse(document);
  const effectiveFrom = (dated.success ? dated.data.effectiveFrom : '') as BusinessDate; // '' is before every date: it is in effect
  return { version: stored.version, effectiveFrom, read: readProgramme(stored, document) };
}

/** A version that cannot be used hides the ones before it: their numbers would be wrong from its date on. */
export function versionOn(versions: readonly ProgrammeVersion[], date: BusinessDate): KnownProgramme | undefined {
  const read = programmeInEffect(versions, date)?.read;
  return read?.ok === true ? read.value : undefined;
}

/** For folds; a version that cannot be used is not there. */
export function termsOf(versions: () => readonly ProgrammeVersion[]): Terms {
  return {
    byHash: (hash) => {
      for (const { read } of versions()) if (read.ok && read.value.hash === hash) return read.value.programme;
      return undefined;
    },
    on: (date) => versionOn(versions(), date)?.programme,
  };
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
