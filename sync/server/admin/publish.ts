/**
 * Publishing: a version of the programme is for ever, exact text, and a programme that uses what is not built is refused, since a till
 * must never sell under terms that it would leave out.
 */
import { catalogueSchema } from '../../../base/catalogue.ts';
import type { HashHex } from '../../../base/ids.ts';
import { sha256 } from '../../../base/node/hash.ts';
import { failed, ok, refused, type Refusal, type Result } from '../../../base/result.ts';
import { parseProgramme } from '../../../loyalty/programme/parse.ts';
import type { ProgrammeProblem } from '../../../loyalty/programme/problem.ts';
import type { Programme } from '../../../loyalty/programme/programme.ts';
import { findUnbuilt } from '../../../loyalty/programme/unbuilt.ts';
import { saveRefolded } from '../fold/save-refolded.ts';
import { loadTerms } from '../programme/terms.ts';
import type { Transaction } from '../store/client.ts';
import { isStorable } from '../push/envelope.ts';
import { lockFolded, takePositions } from '../store/counters.ts';
import { membersSince } from '../store/member-states.ts';
import { insertCatalogue, insertProgrammeVersion, newestCatalogue, programmeVersions } from '../store/publications.ts';
import { announceFolded } from '../announcements.ts';
import type { Setting } from './setting.ts';

/** A row of the feed must fit its page. */
const PUBLISHED_BYTES_MAX = 786_432;

export type Published = { readonly version: number; readonly hash: HashHex };
export type PublishRefusal = Refusal<
  'invalid-programme' | 'not-built' | 'version-exists' | 'other-timezone' | 'too-large'
> & {
  /** All wrong fields, by path. */
  readonly problems: readonly ProgrammeProblem[];
};

/**
 * The same text again gives the same answer. A version may be in effect on dates that are past. Sales stay as they were computed, but two things
 * of a state are judged by the version of a date: the ends of levels (fine print 17), and entries that name no version. Both show only in an
 * entry of that date or later, so the members with such an entry are folded anew, in the same transaction; where nothing changes, no row does.
 */
export async function publishProgramme(
  { database, clock }: Setting,
  text: string,
): Promise<Result<Published, PublishRefusal>> {
  const read = readProgramme(text);
  if (!read.ok) return read;
  const { version, id, effectiveFrom, timezone } = read.value;
  const hash = sha256(text);
  return await database.begin(async (transaction) => {
    const upTo = await lockFolded(transaction);
    // Takes the feed's lock, so that of two at once the second sees the first.
    const position = await takePositions(transaction, 'feed', 1);
    const refusal = await compareVersions(transaction, read.value, hash);
    if (refusal === 'same') return ok({ version, hash });
    if (refusal !== undefined) return failed({ ...refusal, problems: [] });
    const row = { version, programme: id, effectiveFrom, timezone, text, hash };
    await insertProgrammeVersion(transaction, row, { position, at: clock() });
    await announceFolded(transaction);
    const members = await membersSince(transaction, effectiveFrom);
    if (members.length > 0)
      await saveRefolded(transaction, members, { upTo, terms: await loadTerms(transaction), at: clock() });
    return ok({ version, hash });
  });
}

function readProgramme(text: string): Result<Programme, PublishRefusal> {
  if (Buffer.byteLength(text) > PUBLISHED_BYTES_MAX || !isStorable(text)) {
    return failed({
      code: 'too-large',
      message: `A programme has at most ${PUBLISHED_BYTES_MAX} bytes of text.`,
      problems: [],
    });
  }
  const parsed = parseProgramme(jsonOf(text));
  if (!parsed.ok) return wrong('invalid-programme', parsed.error);
  const unbuilt = findUnbuilt(parsed.value);
  return unbuilt.length === 0 ? ok(parsed.value) : wrong('not-built', unbuilt);
}

function wrong(
  code: 'invalid-programme' | 'not-built',
  problems: readonly ProgrammeProblem[],
): Result<never, PublishRefusal> {
  const [first] = problems;
  return failed({ code, message: first?.message ?? 'This is no programme.', path: first?.path ?? '', problems });
}

async function compareVersions(
  transaction: Transaction,
  { version, timezone }: Programme,
  hash: HashHex,
): Promise<'same' | Refusal<'version-exists' | 'other-timezone'> | undefined> {
  const versions = await programmeVersions(transaction);
  const known = versions.find((row) => row.version === version);
  if (known !== undefined && known.hash === hash) return 'same';
  if (known !== undefined) {
    return { code: 'version-exists', message: `Version ${version} is published, and stays as it is.`, path: 'version' };
  }
  const other = versions.find((row) => row.timezone !== timezone);
  if (other === undefined) return undefined;
  const message = `Version ${other.version} is in ${other.timezone}: business dates of one shop are in one zone.`;
  return { code: 'other-timezone', message, path: 'timezone' };
}

/** `document`: a `Catalogue`. Its version must be above the newest one. */
export async function publishCatalogue(
  { database, clock }: Setting,
  document: unknown,
): Promise<Result<{ version: number }, Refusal<'invalid-catalogue' | 'version-exists'>>> {
  const parsed = catalogueSchema.safeParse(document);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refused('invalid-catalogue', issue?.message ?? 'This is no catalogue.', issue?.path.map(String).join('.'));
  }
  const { version } = parsed.data;
  const text = JSON.stringify(parsed.data);
  if (Buffer.byteLength(text) > PUBLISHED_BYTES_MAX)
    return refused('invalid-catalogue', `A catalogue has at most ${PUBLISHED_BYTES_MAX} bytes.`);
  return await database.begin(async (transaction) => {
    const position = await takePositions(transaction, 'feed', 1);
    const newest = await newestCatalogue(transaction);
    if (newest?.version === version && newest.text === text) return ok({ version });
    if (newest !== undefined && newest.version >= version) {
      return refused(
        'version-exists',
        `The catalogue is at version ${newest.version}: publish a higher one.`,
        'version',
      );
    }
    await insertCatalogue(transaction, { version, text }, { position, at: clock() });
    await announceFolded(transaction);
    return ok({ version });
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
