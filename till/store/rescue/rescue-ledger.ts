/**
 * A ledger that is damaged is never deleted and never written over: its files are set aside as they are, entries are salvaged as far as the
 * chain proves them, and a new ledger is built from those. A power cut at any point of it leaves the old files, or the new one.
 */
import {
  copyFileSync,
  existsSync,
  fsyncSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { IncarnationId, OrgId, TillId } from '../../../base/ids.ts';
import { readMigrations } from '../migrate.ts';
import { buildLedger, type SalvagedStream } from './build-ledger.ts';
import type { CountedStream } from './count-file.ts';
import { proveStream, type ProvenStream, type SignHead } from './prove-entries.ts';
import { openDamaged, type DamagedFile, type Row } from './read-damaged.ts';
import { hasBrokenHeader, putHeaderRight } from './sqlite-header.ts';
import { entriesInPages, type EntryCandidate } from './sqlite-pages.ts';

/** Copies of broken files, in folders named by their time. */
export const SET_ASIDE_FOLDER = 'damaged';
const NEW_FILE = 'ledger.rescued.db';
const PATCHED_FILE = 'ledger.patched.db';
/** There while the new ledger takes the old one's place. */
const SWAP_FILE = 'ledger.swap';
const SUFFIXES = ['', '-wal', '-shm'] as const;

export type RescueOptions = {
  readonly ledgerFile: string;
  /** Folder `migrations` of this release. */
  readonly migrationsFolder: string;
  /** Other files that hold entries of this till: backups. */
  readonly otherFiles: readonly string[];
  /** What stands outside of the database. */
  readonly counted?: readonly CountedStream[] | undefined;
  /** Signs anew with the till's own key what lost its signature. */
  readonly sign: SignHead;
  readonly now: number;
};

export type RescueReport = {
  /** Where the broken files are. */
  readonly setAside: string;
  readonly streams: readonly {
    readonly inc: IncarnationId;
    readonly salvaged: number;
    readonly repaired: number;
    readonly lastSeq: number;
  }[];
};

/** Throws where the files cannot be copied or no enrolment can be made out: then nothing was changed. */
export function rescueLedger(options: RescueOptions): RescueReport {
  const { ledgerFile, otherFiles, now } = options;
  const setAside = setFilesAside(ledgerFile, now);
  const patched = path.join(path.dirname(ledgerFile), PATCHED_FILE);
  const others = otherFiles.filter((file) => existsSync(file)).map(openDamaged);
  const damaged = [openOwn(ledgerFile, patched), ...others].filter((file) => file !== undefined);
  try {
    const streams = salvage(options, damaged);
    writeFileSync(swapFileOf(ledgerFile), setAside, { mode: 0o600, flush: true });
    return {
      setAside,
      streams: streams.map(({ inc, entries, repaired, lastSeq }) => ({
        inc,
        salvaged: entries.length,
        repaired,
        lastSeq,
      })),
    };
  } catch (error) {
    rmSync(setAside, { recursive: true }); // a copy of what is still in its place; each new try makes its own
    throw error;
  } finally {
    for (const file of damaged) file.close();
    removeWithWal(patched);
    finishSwap(ledgerFile);
  }
}

/** Builds the new ledger beside the old one. */
function salvage(
  { ledgerFile, migrationsFolder, counted = [], sign, now }: RescueOptions,
  damaged: readonly DamagedFile[],
): (SalvagedStream & ProvenStream)[] {
  const candidates = [
    ...damaged.flatMap((file) => file.entries()),
    ...entriesInPages(contentOf(ledgerFile), contentOf(`${ledgerFile}-wal`)),
  ];
  const all = streamRows(damaged, counted).map((row) => salvageStream(row, candidates, counted, sign));
  // A row whose own id was hit by the damage is another stream, without a single entry that it could prove.
  const streams = all.filter(
    ({ inc, entries }) => counted.length === 0 || entries.length > 0 || counted.some((stream) => stream.inc === inc),
  );
  if (streams.length === 0 && candidates.length > 0) throw new Error('No enrolment can be read from it.');
  const newFile = path.join(path.dirname(ledgerFile), NEW_FILE);
  removeWithWal(newFile);
  const migrations = readMigrations(path.join(migrationsFolder, 'till', 'ledger'));
  // Of two rows with the same key the first stays: that of the till's own file.
  buildLedger(newFile, migrations, { streams, rows: (table) => damaged.flatMap((file) => file.rows(table)) }, now);
  return streams;
}

function openOwn(ledgerFile: string, patched: string): DamagedFile | undefined {
  if (!existsSync(ledgerFile)) return undefined;
  return hasBrokenHeader(ledgerFile) ? openPatched(ledgerFile, patched) : openDamaged(ledgerFile);
}

/** A file that broke in its head is read with that put right, in a copy. */
function openPatched(ledgerFile: string, patched: string): DamagedFile | undefined {
  removeWithWal(patched);
  const content = readFileSync(ledgerFile);
  putHeaderRight(content);
  writeFileSync(patched, content, { mode: 0o600 });
  if (existsSync(`${ledgerFile}-wal`)) copyFileSync(`${ledgerFile}-wal`, `${patched}-wal`);
  return openDamaged(patched);
}

function removeWithWal(file: string): void {
  for (const suffix of SUFFIXES) rmSync(`${file}${suffix}`, { force: true });
}

/** At every start, before anything opens the ledger: a rescue that was cut off while the files changed places is brought to its end. */
export function finishSwap(ledgerFile: string): void {
  if (!existsSync(swapFileOf(ledgerFile))) return;
  const newFile = path.join(path.dirname(ledgerFile), NEW_FILE);
  if (existsSync(newFile)) {
    // A WAL that stayed would be taken for the new file's.
    for (const file of [ledgerFile, newFile])
      for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
    renameSync(newFile, ledgerFile);
  }
  flushFolder(path.dirname(ledgerFile));
  rmSync(swapFileOf(ledgerFile));
}

/** Of the other file, which can be fetched again: it is moved, and a new one begins. */
export function setMembersAside(membersFile: string, now: number): void {
  const setAside = setFilesAside(membersFile, now);
  for (const suffix of SUFFIXES) rmSync(`${membersFile}${suffix}`, { force: true });
  flushFolder(setAside);
}

function setFilesAside(ledgerFile: string, now: number): string {
  const folder = path.join(path.dirname(ledgerFile), SET_ASIDE_FOLDER);
  const name = new Date(now).toISOString().replaceAll(':', '-');
  let setAside = path.join(folder, name);
  for (let more = 2; existsSync(setAside); more += 1) setAside = path.join(folder, `${name}-${more}`);
  mkdirSync(setAside, { recursive: true, mode: 0o700 });
  for (const suffix of SUFFIXES) {
    const file = `${ledgerFile}${suffix}`;
    if (!existsSync(file)) continue;
    const copy = path.join(setAside, path.basename(file));
    copyFileSync(file, copy);
    flushFile(copy);
  }
  for (const made of [setAside, folder]) flushFolder(made);
  return setAside;
}

function salvageStream(
  row: Row,
  candidates: readonly EntryCandidate[],
  counted: readonly CountedStream[],
  sign: SignHead,
): SalvagedStream & ProvenStream {
  const inc = String(row['inc']) as IncarnationId; // of our own table
  const bySeq = new Map<number, EntryCandidate[]>();
  for (const candidate of candidates) {
    if (candidate.inc !== inc) continue;
    bySeq.set(candidate.seq, [...(bySeq.get(candidate.seq) ?? []), candidate]);
  }
  const identity = {
    inc,
    org: String(row['org']) as OrgId, // of our own table
    till: String(row['till']) as TillId, // likewise
    publicKey: String(row['public_key']),
  };
  const proven = proveStream(identity, bySeq, sign);
  const count = counted.find((stream) => stream.inc === inc)?.lastSeq ?? 0;
  const acknowledged = row['acknowledged_seq'];
  const confirmed = typeof acknowledged === 'number' ? acknowledged : 0;
  return { inc, row, ...proven, lastSeq: Math.max(proven.seen, count, confirmed) };
}

/** The rows outside of the database carry a hash of their own and win; streams that are not among them come from the first file that has them. */
function streamRows(damaged: readonly DamagedFile[], counted: readonly CountedStream[]): Row[] {
  const rows = new Map<string, Row>();
  for (const row of damaged.flatMap((file) => file.rows('stream'))) {
    const inc = row['inc'];
    if (typeof inc === 'string' && !rows.has(inc)) rows.set(inc, row);
  }
  for (const { inc, row } of counted) rows.set(inc, row);
  return [...rows.values()].toSorted((left, right) => Number(left['enrolled_at']) - Number(right['enrolled_at']));
}

function contentOf(file: string): Buffer {
  return existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
}

function swapFileOf(ledgerFile: string): string {
  return path.join(path.dirname(ledgerFile), SWAP_FILE);
}

function flushFile(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** So that names are on disk too. Windows knows no such thing, and needs none. */
function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
