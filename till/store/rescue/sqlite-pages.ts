/**
 * Reads entries straight from the pages of a ledger's files, past all of SQLite's own structure: a single wrong bit in a page that leads to
 * others hides them from SQL, and they are still there. What is found here is a candidate; only the hash chain says what is true.
 * Format: sqlite.org/fileformat2.html, sections 1.5 (B-tree pages), 1.6 (overflow), 2.1 (records) and 4.1 (the WAL).
 */

/** An entry as its row said it, or what a broken row still shows. */
export type EntryCandidate = {
  readonly inc: string;
  readonly seq: number;
  readonly bytes: Buffer;
  readonly hash: Buffer;
  readonly signature: string | null;
};

const PAGE_BYTES = 4_096;
const WAL_HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
const HASH_BYTES = 32;
const SIGNATURE_CHARS = 86;
/** Every entry begins so: see ledger/entry.ts. */
const ENTRY_BEGIN = Buffer.from('{"v":');
/** Where an entry's text says that it stands. */
const PLACE = /"inc":"([^"]{1,128})","seq":(\d{1,15}),/;
const ENTRY_COLUMNS = 8;
const [INC_COLUMN, SEQ_COLUMN, BYTES_COLUMN, HASH_COLUMN, SIGNATURE_COLUMN] = [0, 1, 5, 6, 7] as const;

/** All that looks like an entry, in no order, some more than once. */
export function entriesInPages(database: Buffer, wal: Buffer): EntryCandidate[] {
  const pages = [...databasePages(database), ...committedFrames(wal)];
  const newest = new Map(pages.map(({ number, content }) => [number, content]));
  return pages.flatMap(({ content }) => [...byCells(content, newest), ...byText(content)]);
}

type Page = { readonly number: number; readonly content: Buffer };

function databasePages(database: Buffer): Page[] {
  const count = Math.floor(database.length / PAGE_BYTES);
  return Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    content: database.subarray(index * PAGE_BYTES, (index + 1) * PAGE_BYTES),
  }));
}

/** Frames up to the last that ends a transaction; what was never committed was never confirmed. Checksums are not asked: the chain is. */
function committedFrames(wal: Buffer): Page[] {
  const frames: Page[] = [];
  let committed = 0;
  for (
    let at = WAL_HEADER_BYTES;
    at + FRAME_HEADER_BYTES + PAGE_BYTES <= wal.length;
    at += FRAME_HEADER_BYTES + PAGE_BYTES
  ) {
    const begin = at + FRAME_HEADER_BYTES;
    frames.push({ number: wal.readUInt32BE(at), content: wal.subarray(begin, begin + PAGE_BYTES) });
    if (wal.readUInt32BE(at + 4) !== 0) committed = frames.length;
  }
  return frames.slice(0, committed);
}

/** By the page's list of cells, whatever its flag says that it is. */
function byCells(page: Buffer, newest: ReadonlyMap<number, Buffer>): EntryCandidate[] {
  const cells = page.readUInt16BE(3);
  const found: EntryCandidate[] = [];
  for (let cell = 0; cell < cells && 8 + 2 * cell + 2 <= PAGE_BYTES; cell += 1) {
    const candidate = entryInCell(page, page.readUInt16BE(8 + 2 * cell), newest);
    if (candidate !== undefined) found.push(candidate);
  }
  return found;
}

function entryInCell(page: Buffer, at: number, newest: ReadonlyMap<number, Buffer>): EntryCandidate | undefined {
  try {
    const [length, afterLength] = varint(page, at);
    const [, begin] = varint(page, afterLength);
    if (length < 100 || length > 70_000) return undefined;
    return entryInRecord(payload(page, begin, length, newest));
  } catch (error) {
    if (error instanceof RangeError) return undefined; // it leads out of the page: no cell, or no whole one
    throw error;
  }
}

function payload(page: Buffer, begin: number, length: number, newest: ReadonlyMap<number, Buffer>): Buffer {
  const local = localBytes(length);
  if (begin + local > PAGE_BYTES) throw new RangeError('a cell ends outside of its page');
  if (local === length) return page.subarray(begin, begin + length);
  const parts = [page.subarray(begin, begin + local)];
  let missing = length - local;
  for (let next = page.readUInt32BE(begin + local); missing > 0;) {
    const overflow = newest.get(next);
    if (overflow === undefined || parts.length > 32) throw new RangeError('an overflow page is not there');
    parts.push(overflow.subarray(4, 4 + Math.min(missing, PAGE_BYTES - 4)));
    missing -= PAGE_BYTES - 4;
    next = overflow.readUInt32BE(0);
  }
  return Buffer.concat(parts);
}

/** How much of a payload lies in the page itself (section 1.6). */
function localBytes(length: number): number {
  const most = PAGE_BYTES - 35;
  if (length <= most) return length;
  const least = Math.floor(((PAGE_BYTES - 12) * 32) / 255) - 23;
  const local = least + ((length - least) % (PAGE_BYTES - 4));
  return local <= most ? local : least;
}

/** The columns of `entry` in migrations/till/ledger/0001_ledger.sql, in their order. */
function entryInRecord(record: Buffer): EntryCandidate | undefined {
  const [headerBytes, first] = varint(record, 0);
  const types: number[] = [];
  for (let at = first; at < headerBytes;) {
    const [type, next] = varint(record, at);
    types.push(type);
    at = next;
  }
  const lengths = types.map(lengthOf);
  if (lengths.length !== ENTRY_COLUMNS || lengths[HASH_COLUMN] !== HASH_BYTES) return undefined;
  const column = (index: number): Buffer => {
    const begin = lengths.slice(0, index).reduce((sum, bytes) => sum + bytes, headerBytes);
    return record.subarray(begin, begin + (lengths[index] ?? 0));
  };
  const signature = column(SIGNATURE_COLUMN);
  return {
    inc: column(INC_COLUMN).toString('latin1'),
    seq: integer(types[SEQ_COLUMN] ?? 0, column(SEQ_COLUMN)),
    bytes: column(BYTES_COLUMN),
    hash: column(HASH_COLUMN),
    signature: signature.length === 0 ? null : signature.toString('latin1'),
  };
}

/** Of a serial type (section 2.1). */
function lengthOf(type: number): number {
  if (type >= 12) return Math.floor((type - 12) / 2);
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0][type] ?? 0;
}

function integer(type: number, content: Buffer): number {
  if (type === 9) return 1; // constants have no content
  return content.length === 0 ? 0 : content.readIntBE(0, Math.min(content.length, 6));
}

/** By the text itself, where the row around it is broken. Only entries that lie in one page. */
function byText(page: Buffer): EntryCandidate[] {
  const found: EntryCandidate[] = [];
  for (let at = page.indexOf(ENTRY_BEGIN); at >= 0; at = page.indexOf(ENTRY_BEGIN, at + 1)) {
    const end = endOfObject(page, at);
    if (end === undefined || end + HASH_BYTES > PAGE_BYTES) continue;
    const after = page.toString('latin1', end + HASH_BYTES, end + HASH_BYTES + SIGNATURE_CHARS);
    const signature = /^[A-Za-z0-9_-]{86}$/.test(after) ? after : null;
    const bytes = page.subarray(at, end);
    const [, inc, seq] = PLACE.exec(bytes.toString('utf8')) ?? [];
    if (inc === undefined) continue;
    found.push({ inc, seq: Number(seq), bytes, hash: page.subarray(end, end + HASH_BYTES), signature });
  }
  return found;
}

/** After the brace that closes the object which begins at `at`. */
function endOfObject(page: Buffer, at: number): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let index = at; index < page.length; index += 1) {
    const byte = page[index];
    if (quoted) {
      if (byte === 0x5c) index += 1;
      else if (byte === 0x22) quoted = false;
    } else if (byte === 0x22) quoted = true;
    else if (byte === 0x7b) depth += 1;
    else if (byte === 0x7d) {
      depth -= 1;
      if (depth === 0) return index + 1;
    }
  }
  return undefined;
}

function varint(buffer: Buffer, at: number): readonly [value: number, next: number] {
  let value = 0;
  for (let index = at; index < at + 8; index += 1) {
    const byte = buffer.readUInt8(index);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return [value, index + 1];
  }
  throw new RangeError('a number that is too long');
}
