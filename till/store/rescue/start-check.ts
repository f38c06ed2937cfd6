/**
 * What a till looks at before it opens its ledger, in milliseconds whatever the size: that SQLite can read it, that its version and tables
 * are what the migrations made, that nobody else writes to it, and that the end of the chain holds. All of it is looked at when the shop is
 * quiet (check-ledger.ts). The file is opened for reading: a check must not change what may have to be set aside.
 */
import { existsSync, statSync } from 'node:fs';
import type { HashHex, IncarnationId, OrgId, TillId } from '../../../base/ids.ts';
import { sha256 } from '../../../base/node/hash.ts';
import { genesisHead, nextHead } from '../../../ledger/chain.ts';
import { parseEntry } from '../../../ledger/entry.ts';
import { hasBrokenHeader } from './sqlite-header.ts';
import { openForProbe, openReadOnly, type ReadableDb } from '../open-database.ts';

const TAIL_ENTRIES = 64;

export type StartFinding =
  /** `new`: there is no ledger yet. */
  | { readonly state: 'sound' | 'new' }
  /** `why`: a sentence for the log. */
  | { readonly state: 'damaged'; readonly why: string };

export function checkAtStart(ledgerFile: string): StartFinding {
  if (!existsSync(ledgerFile) || statSync(ledgerFile).size === 0) return { state: 'new' };
  if (hasBrokenHeader(ledgerFile)) return { state: 'damaged', why: 'its head is not that of a ledger' };
  let db: ReadableDb | undefined;
  try {
    db = openReadOnly(ledgerFile);
    const why = findDamage(db);
    return why === undefined ? { state: 'sound' } : { state: 'damaged', why };
  } catch (error) {
    // A table or column that is not there is damage too, in a file that was whole when it was last closed.
    if (!isDamage(error) && !isSqlError(error)) throw error;
    return { state: 'damaged', why: error.message };
  } finally {
    db?.close();
  }
}

/** Whether it opens at all; a file that is not there yet does. */
export function canBeRead(file: string): boolean {
  if (!existsSync(file) || statSync(file).size === 0) return true;
  if (hasBrokenHeader(file)) return false;
  let db: ReadableDb | undefined;
  try {
    db = openReadOnly(file);
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return true;
  } catch (error) {
    if (!isDamage(error)) throw error;
    return false;
  } finally {
    db?.close();
  }
}

/** The folder's lock keeps a second till out; this keeps out one of another kind, that does not know the lock. */
export function isWrittenElsewhere(ledgerFile: string): boolean {
  if (!existsSync(ledgerFile)) return false;
  const db = openForProbe(ledgerFile);
  try {
    db.exec('BEGIN IMMEDIATE');
    db.exec('ROLLBACK');
    return false;
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')) return true;
    throw error;
  } finally {
    db.close();
  }
}

/** Of the file, or of the disk below it; not a lock, a full disk or a right that is missing. */
export function isDamage(error: unknown): error is Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^SQLITE_(CORRUPT|NOTADB|IOERR)/.test(code);
}

function isSqlError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_ERROR';
}

function findDamage(db: ReadableDb): string | undefined {
  const version = Number(db.pragma('user_version', { simple: true }));
  const tables = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
  if (!tables.includes('migration'))
    return version === 0 && tables.length === 0 ? undefined : 'it has no list of its versions';
  const newest = db.prepare<[], number>('SELECT coalesce(max(version), 0) FROM migration').pluck().get();
  if (newest !== version) return `its version is ${version}, and its list of versions ends with ${String(newest)}`;
  const streams = db
    .prepare<[], StreamRow>('SELECT inc, org, till, public_key AS publicKey FROM stream ORDER BY enrolled_at')
    .all();
  return streams.map((stream) => findInTail(db, stream)).find((why) => why !== undefined);
}

type StreamRow = {
  readonly inc: IncarnationId;
  readonly org: OrgId;
  readonly till: TillId;
  readonly publicKey: string;
};

function findInTail(db: ReadableDb, stream: StreamRow): string | undefined {
  const rows = db
    .prepare<[string, number], { seq: number; bytes: Buffer; hash: Buffer }>(
      'SELECT seq, bytes, hash FROM entry WHERE inc = ? ORDER BY seq DESC LIMIT ?',
    )
    .all(stream.inc, TAIL_ENTRIES + 1)
    .toReversed();
  let [before] = rows;
  const tail = rows.length > TAIL_ENTRIES ? rows.slice(1) : rows;
  if (tail === rows) before = undefined;
  let head = before === undefined ? genesisHead(sha256, stream) : hashOf(before.hash);
  let seq = before?.seq ?? 0;
  for (const row of tail) {
    const where = `entry ${row.seq} of stream ${stream.inc}`;
    if (row.seq !== seq + 1) return `${where} does not follow entry ${seq}`;
    if (nextHead(sha256, head, row.bytes) !== hashOf(row.hash)) return `the chain breaks at ${where}`;
    if (!parseEntry(row.bytes.toString('utf8')).ok) return `${where} cannot be read`;
    head = hashOf(row.hash);
    seq = row.seq;
  }
  return undefined;
}

function hashOf(hash: Buffer): HashHex {
  return hash.toString('hex') as HashHex; // 32 bytes, as the column's CHECK says
}
