/** Tills' entries, proved by their chains, and head office's own, as accepted entries of a new database. */
import type { HashHex, IncarnationId, MemberId } from '../../../base/ids.ts';
import { sha256 } from '../../../base/node/hash.ts';
import { genesisHead, nextHead } from '../../../ledger/chain.ts';
import type { Setting } from '../admin/setting.ts';
import { OWN_TILL } from '../own-stream/own-stream.ts';
import { isStorable, readEnvelope, type StreamOwner } from '../push/envelope.ts';
import type { Transaction } from '../store/client.ts';
import { appendEntries, type EntryStream, type NewEntry } from '../store/entries.ts';
import { advanceStream, insertIncarnation } from '../store/incarnations.ts';
import { findOwnStore } from '../store/stores.ts';
import type { BookEntry, BookStream, OfficeBookEntry, TillBook } from './till-book.ts';

const ENTRIES_A_STEP = 1_000;
const PROTOCOL = 1;
const SOFTWARE = 'rebuilt';

export type AddedStreams = {
  readonly entries: number;
  /** Whom these entries enrol. */
  readonly enrolled: ReadonlySet<MemberId>;
  /** What does not prove itself, in sentences. */
  readonly leftOut: readonly string[];
};

/** Of two books with one stream, a till's folder and its copy, the longer proven history is taken. */
export async function addStreams(setting: Setting, books: readonly TillBook[]): Promise<AddedStreams> {
  const enrolled = new Set<MemberId>();
  const leftOut: string[] = [];
  let entries = 0;
  for (const [inc, copies] of copiesByStream(books)) {
    const proven = copies.map((copy) => ({ ...copy, ...provenLength(setting, copy) }));
    const best = proven.toSorted((left, right) => right.length - left.length)[0];
    if (best === undefined) continue;
    if (best.broken)
      leftOut.push(`Entries of till ${best.stream.tillName} from ${best.length + 1} on: their chain is broken.`);
    entries += await addStream(setting, best.stream, provenEntries(setting, best, best.length), enrolled);
    if (proven.some(({ length, last }) => length === best.length && last !== best.last))
      leftOut.push(`A second history of till ${best.stream.tillName} (${inc}): one of both was taken.`);
  }
  return { entries, enrolled, leftOut };
}

type Copy = { readonly stream: BookStream; readonly book: TillBook };

function copiesByStream(books: readonly TillBook[]): Map<IncarnationId, Copy[]> {
  const copies = new Map<IncarnationId, Copy[]>();
  for (const book of books)
    for (const stream of book.streams) copies.set(stream.inc, [...(copies.get(stream.inc) ?? []), { stream, book }]);
  return copies;
}

function ownerOf({ org }: Setting, { till, inc }: BookStream): StreamOwner {
  return { org: org.id, till, inc };
}

/** How far the chain holds, and its head there. */
function provenLength(setting: Setting, { stream, book }: Copy): { length: number; last: HashHex; broken: boolean } {
  const owner = ownerOf(setting, stream);
  let last = genesisHead(sha256, { ...owner, publicKey: stream.publicKey });
  let length = 0;
  for (const entry of book.entries(stream.inc)) {
    if (entry.seq !== length + 1 || readEntry(entry, owner) === undefined) return { length, last, broken: true };
    last = nextHead(sha256, last, entry.text);
    length += 1;
  }
  return { length, last, broken: false };
}

function readEntry({ seq, text }: BookEntry, owner: StreamOwner) {
  if (!isStorable(text)) return undefined;
  const envelope = readEnvelope(text, owner, seq);
  return envelope === 'other-stream' ? undefined : envelope;
}

function* provenEntries(setting: Setting, { stream, book }: Copy, length: number): Iterable<NewEntry> {
  const owner = ownerOf(setting, stream);
  let head = genesisHead(sha256, { ...owner, publicKey: stream.publicKey });
  for (const entry of book.entries(stream.inc)) {
    const envelope = entry.seq > length ? undefined : readEntry(entry, owner);
    if (envelope === undefined) return;
    head = nextHead(sha256, head, entry.text);
    yield { ...envelope, seq: entry.seq, text: entry.text, hash: head, signature: entry.signature };
  }
}

async function addStream(
  setting: Setting,
  stream: BookStream,
  entries: Iterable<NewEntry>,
  enrolled: Set<MemberId>,
): Promise<number> {
  const { database } = setting;
  const { inc, till, store, publicKey, enrolledAt } = stream;
  const genesis = genesisHead(sha256, { ...ownerOf(setting, stream), publicKey });
  await insertIncarnation(database, {
    id: inc,
    till,
    publicKey,
    privateKey: null,
    software: SOFTWARE,
    protocol: PROTOCOL,
    receivedHead: genesis,
    enrolledAt,
  });
  let count = 0;
  for (const step of inSteps(entries)) {
    for (const { kind, member } of step) if (kind === 'enrol' && member !== null) enrolled.add(member);
    await database.begin((transaction) => appendStep(transaction, setting, { inc, till, store }, step));
    count += step.length;
  }
  return count;
}

async function appendStep(
  transaction: Transaction,
  { clock }: Setting,
  stream: EntryStream,
  step: readonly NewEntry[],
): Promise<void> {
  const newest = step.at(-1);
  if (newest === undefined) return;
  await advanceStream(transaction, stream.inc, { receivedSeq: newest.seq, receivedHead: newest.hash });
  await appendEntries(transaction, stream, step, clock());
}

function* inSteps(entries: Iterable<NewEntry>): Iterable<NewEntry[]> {
  let step: NewEntry[] = [];
  for (const entry of entries) {
    step.push(entry);
    if (step.length < ENTRIES_A_STEP) continue;
    yield step;
    step = [];
  }
  if (step.length > 0) yield step;
}

/** Streams of head office that was, under their old names; they have gaps, and nobody writes them any more. */
export async function addOfficeEntries(setting: Setting, books: readonly TillBook[]): Promise<number> {
  const { database, org, clock } = setting;
  let count = 0;
  for (const [inc, entries] of officeStreams(books)) {
    const owner = { org: org.id, till: OWN_TILL, inc };
    await insertIncarnation(database, {
      id: inc,
      till: OWN_TILL,
      publicKey: `lost:${inc}`,
      privateKey: null,
      software: SOFTWARE,
      protocol: PROTOCOL,
      receivedHead: genesisHead(sha256, { ...owner, publicKey: `lost:${inc}` }),
      enrolledAt: clock(),
    });
    const store = await findOwnStore(database, OWN_TILL);
    const read = entries.flatMap(({ seq, text, hash }): NewEntry[] => {
      const envelope = readEntry({ seq, text, signature: null }, owner);
      return envelope === undefined ? [] : [{ ...envelope, seq, text, hash, signature: null }];
    });
    for (const step of inSteps(read))
      await database.begin((transaction) => appendStep(transaction, setting, { inc, till: OWN_TILL, store }, step));
    count += read.length;
  }
  return count;
}

/** What any till holds of them, in order. */
function officeStreams(books: readonly TillBook[]): Map<IncarnationId, OfficeBookEntry[]> {
  const found = new Map<IncarnationId, Map<number, OfficeBookEntry>>();
  for (const book of books) {
    for (const entry of book.officeEntries()) {
      const stream = found.get(entry.inc) ?? new Map<number, OfficeBookEntry>();
      found.set(entry.inc, stream.set(entry.seq, entry));
    }
  }
  return new Map([...found].map(([inc, stream]) => [inc, [...stream.values()].toSorted((a, b) => a.seq - b.seq)]));
}
