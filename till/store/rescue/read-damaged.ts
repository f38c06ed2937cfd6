/** What SQL can still read of a damaged file: each table from both ends, up to where it breaks. Nothing is written to the file. */
import { openReadOnly, type ReadableDb } from '../open-database.ts';
import type { EntryCandidate } from './sqlite-pages.ts';

export type Value = string | number | Buffer | null;
export type Row = Readonly<Record<string, Value>>;

export type DamagedFile = {
  /** The rows that can be read; of a table that is gone none. */
  rows(table: string): Row[];
  entries(): EntryCandidate[];
  close(): void;
};

const ROWS_MAX = 5_000_000;

/** Undefined where SQLite does not even open it. */
export function openDamaged(file: string): DamagedFile | undefined {
  const db = openReadable(file);
  return db && readerOf(db);
}

function openReadable(file: string): ReadableDb | undefined {
  let db: ReadableDb | undefined;
  try {
    db = openReadOnly(file);
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return db;
  } catch {
    db?.close();
    return undefined;
  }
}

function readerOf(db: ReadableDb): DamagedFile {
  return {
    rows: (table) => fromBothEnds(db, table),
    entries: () => fromBothEnds(db, 'entry').flatMap(candidateOf),
    close: () => db.close(),
  };
}

function fromBothEnds(db: ReadableDb, table: string): Row[] {
  const columns = columnsOf(db, table);
  if (columns.length === 0) return [];
  const key = columns.filter(({ pk }) => pk > 0).toSorted((left, right) => left.pk - right.pk);
  const list = columns.map(({ name }) => name).join(', ');
  // Tables of entries and of jobs lie in the order of their row numbers; others in that of their keys.
  const order = table === 'entry' ? ['rowid'] : key.map(({ name }) => name);
  const ends =
    order.length === 0
      ? ['']
      : ['ASC', 'DESC'].map((way) => ` ORDER BY ${order.map((by) => `${by} ${way}`).join(', ')}`);
  const found = new Map<string, Row>();
  for (const end of ends) {
    const whole = readUntilBroken(db, `SELECT ${list} FROM ${table}${end} LIMIT ${ROWS_MAX}`, (row) => {
      found.set(JSON.stringify(key.map(({ name }) => row[name])), row);
    });
    if (whole) break;
  }
  return [...found.values()];
}

function readUntilBroken(db: ReadableDb, sql: string, take: (row: Row) => void): boolean {
  try {
    for (const row of db.prepare<[], Row>(sql).iterate()) take(row);
    return true;
  } catch {
    return false;
  }
}

function columnsOf(db: ReadableDb, table: string): { name: string; pk: number }[] {
  try {
    return db.pragma(`table_info(${table})`) as { name: string; pk: number }[]; // the pragma's own columns
  } catch {
    return [];
  }
}

function candidateOf({ inc, seq, bytes, hash, signature }: Row): EntryCandidate[] {
  if (typeof inc !== 'string' || typeof seq !== 'number' || !Buffer.isBuffer(bytes) || !Buffer.isBuffer(hash))
    return [];
  return [{ inc, seq, bytes, hash, signature: typeof signature === 'string' ? signature : null }];
}
