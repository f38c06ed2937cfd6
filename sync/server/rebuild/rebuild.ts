/**
 * A head office that was lost altogether, made again from its tills' books (ledger-and-sync.md, 2.8): every till holds all that it wrote, what
 * head office itself entered, the programme, and head office's rows of members. The entries are replayed by the same fold; what no book
 * holds is named, and can be opened by an adjustment that says so.
 */
import { assert } from '../../../base/assert.ts';
import type { OrgId } from '../../../base/ids.ts';
import { randomBase64url } from '../../../base/node/hash.ts';
import { generateSealingKeys } from '../../../base/node/sealed-box.ts';
import { generateSigningKeys } from '../../../base/node/signing.ts';
import { failed, ok, refused, type Refusal, type Result } from '../../../base/result.ts';
import type { EpochId } from '../../protocol/versions.ts';
import { publishCatalogue, publishProgramme } from '../admin/publish.ts';
import type { Setting } from '../admin/setting.ts';
import { createStore, createTill, setReceiptTexts } from '../admin/stores-and-tills.ts';
import { foldBatch } from '../fold/fold-batch.ts';
import { createOwnStream } from '../own-stream/own-stream.ts';
import type { Database } from '../store/client.ts';
import { insertOrganisation, loadOrganisation, type Organisation } from '../store/organisation.ts';
import { addGrants } from './add-grants.ts';
import { addOfficeEntries, addStreams, type AddedStreams } from './add-entries.ts';
import { compareRows, openBalances, type Difference } from './compare-rows.ts';
import { enrolFromRows, freshestRows, restoreProfiles, type FreshRows } from './rows.ts';
import type { TillBook } from './till-book.ts';

export type Rebuilt = {
  readonly tills: number;
  readonly entries: number;
  readonly officeEntries: number;
  readonly members: number;
  /** What cannot be had again, in sentences. */
  readonly lost: readonly string[];
  /** Where the replay and head office's freshest row differ: entries that no book holds. */
  readonly differences: readonly Difference[];
  /** Whether those were opened by adjustments. */
  readonly opened: boolean;
};

export type RebuildOptions = {
  readonly at: number;
  readonly countryCode: string;
  /** Enters what the replay lacks against the freshest rows as adjustments of head office. */
  readonly openBalances: boolean;
  /** Head office's own keys, where they were kept apart. */
  readonly keys?: Pick<Organisation, 'signing' | 'sealing'> | undefined;
};

export type RebuildRefusal = Refusal<'not-empty' | 'no-books' | 'several-organisations' | 'programme-refused'>;

/** Refuses a database that holds an organisation, no books, or books of several organisations. */
export async function rebuildHeadOffice(
  database: Database,
  books: readonly TillBook[],
  options: RebuildOptions,
): Promise<Result<Rebuilt, RebuildRefusal>> {
  if ((await loadOrganisation(database)) !== undefined)
    return refused('not-empty', 'This database has a head office already. Name an empty one.');
  const org = organisationOf(books, options);
  if (!org.ok) return org;
  const lost = lostKeys(books, options);
  await database.begin(async (transaction) => {
    assert(await insertOrganisation(transaction, org.value, options.at), 'nobody else founds it meanwhile');
    await createOwnStream(transaction, org.value, options.at);
  });
  const setting: Setting = { database, org: org.value, clock: () => options.at };
  const published = await publishAll(setting, books);
  if (!published.ok) return published;
  await placeTills(setting, books);
  const rows = freshestRows(books);
  const added = await addStreams(setting, books);
  const officeEntries = await addOfficeEntries(setting, books);
  await addGrants(setting, books);
  await enrolFromRows(setting, rows, added.enrolled);
  await foldAll(setting, options.at);
  await restoreProfiles(setting, rows);
  const differences = await compareRows(setting, rows);
  if (options.openBalances) await openBalances(setting, differences);
  await foldAll(setting, options.at);
  return ok(rebuilt(books, rows, added, { officeEntries, lost, differences, opened: options.openBalances }));
}

function rebuilt(
  books: readonly TillBook[],
  rows: FreshRows,
  { entries, leftOut }: AddedStreams,
  more: Pick<Rebuilt, 'officeEntries' | 'lost' | 'differences' | 'opened'>,
): Rebuilt {
  const tills = new Set(books.flatMap(({ streams }) => streams.map(({ till }) => till))).size;
  return { tills, entries, members: rows.size, ...more, lost: [...more.lost, ...leftOut] };
}

/** The same organisation, in a new epoch: tills say what they have, and are asked for nothing that is here. */
function organisationOf(
  books: readonly TillBook[],
  { countryCode, keys }: RebuildOptions,
): Result<Organisation, RebuildRefusal> {
  const streams = books.flatMap((book) => book.streams);
  const newest = streams.toSorted((left, right) => left.enrolledAt - right.enrolledAt).at(-1);
  if (newest === undefined) return refused('no-books', 'None of these folders holds an enrolled till.');
  const others = new Set<OrgId>(streams.map(({ org }) => org));
  if (others.size > 1)
    return refused(
      'several-organisations',
      `These tills are of ${others.size} organisations: ${[...others].join(', ')}.`,
    );
  return ok({
    id: newest.org,
    name: newest.orgName,
    countryCode,
    epoch: randomBase64url(12) as EpochId, // minted here
    signing: keys?.signing ?? generateSigningKeys(),
    sealing: keys?.sealing ?? generateSealingKeys(),
    lookupKey: books.find(({ lookupKey }) => lookupKey !== undefined)?.lookupKey ?? randomBase64url(32),
  });
}

function lostKeys(books: readonly TillBook[], { keys }: RebuildOptions): string[] {
  const lost: string[] = [];
  if (keys === undefined)
    lost.push(
      'The keys of head office: every till enrols again before members can redeem there, and full names, phones and e-mail addresses are gone.',
    );
  if (books.every(({ lookupKey }) => lookupKey === undefined))
    lost.push('The key that phones and e-mail addresses are looked up by: members are found by card and name only.');
  return lost;
}

async function publishAll(setting: Setting, books: readonly TillBook[]): Promise<Result<undefined, RebuildRefusal>> {
  const texts = new Map(
    books.flatMap(({ programmes }) => programmes.map(({ version, text }) => [version, text] as const)),
  );
  for (const [, text] of [...texts].toSorted(([left], [right]) => left - right)) {
    const published = await publishProgramme(setting, text);
    if (!published.ok) return failed({ code: 'programme-refused', message: published.error.message });
  }
  const newest = books
    .flatMap(({ catalogue }) => (catalogue === undefined ? [] : [JSON.parse(catalogue) as { version: number }])) // read by its schema
    .toSorted((left, right) => left.version - right.version)
    .at(-1);
  if (newest !== undefined) await publishCatalogue(setting, newest);
  return ok(undefined);
}

async function placeTills(setting: Setting, books: readonly TillBook[]): Promise<void> {
  for (const { streams, texts } of books) {
    for (const { store, storeName, till, tillName } of streams) {
      await createStore(setting, { id: store, name: storeName });
      await createTill(setting, { id: till, name: tillName, store });
    }
    const current = streams.at(-1);
    if (current !== undefined && texts !== undefined) await setReceiptTexts(setting, current.store, texts);
  }
}

async function foldAll({ database, org }: Setting, at: number): Promise<void> {
  while ((await foldBatch(database, org, at)) > 0);
}
