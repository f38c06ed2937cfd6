/** The published versions of the programme, as the fold and the use cases of head office read them. */
import type { BusinessDate } from '../../../base/business-date.ts';
import type { HashHex } from '../../../base/ids.ts';
import type { Terms } from '../../../ledger/terms.ts';
import { programmeInEffect } from '../../../loyalty/programme/in-effect.ts';
import { parseProgramme } from '../../../loyalty/programme/parse.ts';
import type { Programme } from '../../../loyalty/programme/programme.ts';
import type { Queries } from '../store/client.ts';
import { programmeTexts, programmeVersionKeys } from '../store/publications.ts';

export type PublishedVersion = {
  readonly version: number;
  readonly effectiveFrom: BusinessDate;
  readonly timezone: string;
  readonly hash: HashHex;
  readonly programme: Programme;
};

export type PublishedTerms = Terms & {
  /** By version. */
  readonly versions: readonly PublishedVersion[];
  versionOn(date: BusinessDate): PublishedVersion | undefined;
};

/** A version never changes, so it is parsed once in the life of a process. */
const parsed = new Map<HashHex, Programme | undefined>();
const PARSED_MAX = 200;

export async function loadTerms(queries: Queries): Promise<PublishedTerms> {
  const keys = await programmeVersionKeys(queries);
  const missing = keys.filter(({ hash }) => !parsed.has(hash));
  if (missing.length > 0) {
    const hashes = missing.map(({ hash }) => hash);
    if (parsed.size + hashes.length > PARSED_MAX) parsed.clear();
    const unknown = parsed.size === 0 ? keys.map(({ hash }) => hash) : hashes;
    for (const { hash, text } of await programmeTexts(queries, unknown)) {
      const read = parseProgramme(JSON.parse(text));
      parsed.set(hash, read.ok ? read.value : undefined);
    }
  }
  return termsOf(
    keys.flatMap((key) => {
      const programme = parsed.get(key.hash);
      return programme === undefined ? [] : [{ ...key, programme }];
    }),
  );
}

function termsOf(versions: readonly PublishedVersion[]): PublishedTerms {
  const byHash = new Map(versions.map(({ hash, programme }) => [hash, programme]));
  const byDate = new Map<BusinessDate, PublishedVersion | undefined>();
  const versionOn = (date: BusinessDate): PublishedVersion | undefined => {
    if (!byDate.has(date)) byDate.set(date, programmeInEffect(versions, date));
    return byDate.get(date);
  };
  return { versions, versionOn, byHash: (hash) => byHash.get(hash), on: (date) => versionOn(date)?.programme };
}
