/** A ledger that is built anew from what was salvaged: entries that the chain proves, all that follows from them, and what else can be read. */
import { assert, present } from '../../../base/assert.ts';
import type { IncarnationId } from '../../../base/ids.ts';
import { sha256 } from '../../../base/node/hash.ts';
import { verifier } from '../../../base/node/signing.ts';
import { grantText, signedGrantSchema } from '../../../ledger/allowances/grant-text.ts';
import { accountsIn, parseEntry } from '../../../ledger/entry.ts';
import { grantWrites } from '../allowances.ts';
import { entryTable, type NewEntry } from '../entries.ts';
import { memberCache } from '../member-cache.ts';
import { migrate, type Migration } from '../migrate.ts';
import { openDatabase, transact, type WritableDb } from '../open-database.ts';
import { projections } from '../projections.ts';
import { rescueNotes } from '../rescue-notes.ts';
import type { Row, Value } from './read-damaged.ts';

export type SalvagedStream = {
  readonly inc: IncarnationId;
  readonly row: Row;
  readonly entries: readonly NewEntry[];
  /** The last number that was ever written, as far as anything says it. */
  readonly lastSeq: number;
};

export type Salvaged = {
  /** Oldest first. */
  readonly streams: readonly SalvagedStream[];
  /** Rows that SQL could still read of a table. */
  rows(table: string): readonly Row[];
};

/** Made by the migrations, filled from the entries, or worth nothing without what they were made from. */
const NOT_COPIED = [
  'migration',
  'stream',
  'entry',
  'programme',
  'member_cache',
  'missing_entries',
  'allowance',
  'allowance_grant',
];

/** `file` is not there yet. All of it is on disk when this returns. */
export function buildLedger(file: string, migrations: readonly Migration[], salvaged: Salvaged, now: number): void {
  const db = openDatabase(file, 'FULL');
  try {
    const migrated = migrate(db, migrations);
    assert(migrated.ok, 'a new ledger takes all migrations');
    transact(db, () => fill(db, salvaged, now));
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
}

function fill(db: WritableDb, salvaged: Salvaged, now: number): void {
  const notes = rescueNotes(db);
  // What it believes that it may spend has a hole now, or may have one.
  for (const { row } of salvaged.streams)
    insertRow(db, 'stream', { ...row, redemption_stop: row['redemption_stop'] ?? 'damaged' });
  for (const row of salvaged.rows('programme')) if (isProgramme(row)) insertRow(db, 'programme', row);
  for (const { inc, entries, lastSeq } of salvaged.streams) {
    appendAll(db, entries);
    if (lastSeq > entries.length) notes.missing(inc, entries.length + 1, lastSeq, now);
  }
  const add = grantWrites(db);
  for (const grant of salvaged.rows('allowance_grant')) {
    const signed = signedGrant(grant, salvaged.streams);
    if (signed !== undefined) add(signed);
  }
  for (const row of salvaged.rows('missing_entries')) insertRow(db, 'missing_entries', row);
  for (const table of tablesToCopy(db)) for (const row of salvaged.rows(table)) insertRow(db, table, row);
  dropWhatLeadsNowhere(db);
}

function appendAll(db: WritableDb, entries: readonly NewEntry[]): void {
  const { append } = entryTable(db);
  const { apply, applyOpaque } = projections(db);
  const cache = memberCache(db);
  for (const stored of entries) {
    append(stored);
    const parsed = parseEntry(stored.bytes.toString('utf8'));
    const read = present(parsed.ok ? parsed.value : undefined, 'a proven entry can be read');
    if (!read.known) {
      applyOpaque(read.entry);
      continue;
    }
    const { entry } = read;
    apply(entry);
    for (const member of accountsIn(entry)) cache.put({ member, row: '', inc: entry.inc, seq: entry.seq, state: null });
  }
}

/** Those that no entry led to: answers, print jobs, people's profiles, signed grants. */
function tablesToCopy(db: WritableDb): string[] {
  const tables = db
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all();
  const isEmpty = (table: string): boolean => db.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() === undefined;
  return tables.filter((table) => !NOT_COPIED.includes(table) && isEmpty(table));
}

/** A row of other columns, or one that a CHECK refuses, is left out: it is in the file that was set aside. */
function insertRow(db: WritableDb, table: string, row: Row): void {
  const known = db.prepare<[], { name: string }>(`PRAGMA table_info(${table})`).all();
  const columns = known.map(({ name }) => name).filter((name) => row[name] !== undefined);
  const values = columns.map((name): Value => row[name] ?? null);
  try {
    db.prepare(
      `INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    ).run(values);
  } catch (error) {
    if (!isRefusedRow(error)) throw error;
  }
}

function isRefusedRow(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^SQLITE_(CONSTRAINT|MISMATCH|ERROR)/.test(String(error.code));
}

/** Where its signature still holds: what head office granted is shown to one that was restored. */
function signedGrant(
  { inc, epoch, account, wallet, end, granted, at_seq: seq, at_head: head, signature }: Row,
  streams: readonly SalvagedStream[],
) {
  const parsed = signedGrantSchema.safeParse({
    inc,
    epoch,
    account,
    wallet,
    granted,
    signature,
    end: end === '' ? null : end,
    at: { seq, head },
  });
  const key = streams.find((stream) => stream.inc === inc)?.row['signing_key'];
  if (!parsed.success || typeof key !== 'string') return undefined;
  return verifier(key).verify(grantText(parsed.data), parsed.data.signature) ? parsed.data : undefined;
}

function isProgramme({ hash, text }: Row): boolean {
  return typeof text === 'string' && sha256(text) === hash;
}

/** Jobs of sales that are lost, answers that are not JSON any more, and commands without an answer. */
function dropWhatLeadsNowhere(db: WritableDb): void {
  db.exec(`DELETE FROM print_job WHERE json_valid(receipt) = 0 OR (answer IS NOT NULL AND json_valid(answer) = 0)
    OR (number < 1099511627776 AND NOT EXISTS (SELECT 1 FROM sale WHERE sale.sale = print_job.sale AND sale.number = print_job.number));
  DELETE FROM command WHERE (answer IS NOT NULL AND json_valid(answer) = 0)
    OR (print_job IS NOT NULL AND NOT EXISTS (SELECT 1 FROM print_job WHERE number = command.print_job AND print_job.answer IS NOT NULL))`);
}
