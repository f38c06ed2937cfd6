/**
 * Makes a snapshot that is here whole this till's own, before it takes the place of members.db: checked as a database, with what it has not
 * (sales, catalogue, store) carried over from the old file, and the one vector of what its rows include cut to this till's incarnations.
 */
import { setImmediate } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { z } from 'zod';
import type { IncarnationId } from '../../base/ids.ts';
import type { SnapshotManifest } from '../../sync/protocol/snapshot.ts';
import { parseIncludes } from './includes.ts';
import { memberTables } from './members.ts';
import { migrate, type Migration } from './migrate.ts';
import type { ReadableDb, WritableDb } from './open-database.ts';
import { snapshotTable } from './snapshot-table.ts';

export type ReadyOptions = {
  readonly manifest: SnapshotManifest;
  readonly migrations: readonly Migration[];
  readonly incs: readonly IncarnationId[];
  /** The file that the till lives on. */
  readonly live: () => ReadableDb;
};

/** A scan may wait while rows are carried over: so many at a time. */
const ROWS_AT_ONCE = 1_000;

/** False where it is no database, or another one than the manifest says: signed or not, it is not used then. */
export async function makeReady(file: string, options: ReadyOptions): Promise<boolean> {
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { fileMustExist: true });
    // No log: one that is cut off here is known by its hashes, and mended piece by piece.
    db.pragma('journal_mode = OFF');
    db.pragma('synchronous = OFF');
    const own = db as WritableDb; // opened for writing, just above
    if (!migrate(own, options.migrations).ok || !isWhatItSays(own, options.manifest)) return false;
    await carryOver(own, options);
    takeOwn(own, options);
    return true;
  } catch (error) {
    if (error instanceof Database.SqliteError && DAMAGED.has(error.code)) return false;
    throw error;
  } finally {
    db?.close();
  }
}

const DAMAGED = new Set(['SQLITE_CORRUPT', 'SQLITE_NOTADB']);

function isWhatItSays(db: WritableDb, { org, epoch, position, madeAt, rows }: SnapshotManifest): boolean {
  const origin = snapshotTable(db).origin();
  const counted = db.prepare<[], number>('SELECT count(*) FROM member').pluck().get();
  const same = origin?.org === org && origin.epoch === epoch && origin.position === position;
  return same && origin.madeAt === madeAt && origin.memberRows === rows && counted === rows;
}

async function carryOver(db: WritableDb, { live }: ReadyOptions): Promise<void> {
  const put = db.prepare(`INSERT INTO sale (sale, epoch, version, receipt, claim, date, includes, state)
    VALUES (:sale, :epoch, :version, :receipt, :claim, :date, :includes, :state) ON CONFLICT (sale) DO NOTHING`);
  for (let after: string | undefined = ''; after !== undefined;) {
    const rows: { sale: string }[] = live()
      .prepare<[string, number], { sale: string }>(
        `SELECT sale, epoch, version, receipt, claim, date, includes, state FROM sale WHERE sale > ? ORDER BY sale LIMIT ?`,
      )
      .all(after, ROWS_AT_ONCE);
    db.transaction(() => rows.forEach((row) => void put.run(row)))();
    after = rows.length < ROWS_AT_ONCE ? undefined : rows.at(-1)?.sale;
    await setImmediate();
  }
}

function takeOwn(db: WritableDb, { manifest, incs, live }: ReadyOptions): void {
  const { epoch, position, madeAt } = manifest;
  const own = new Set<IncarnationId>(incs);
  db.transaction(() => {
    const documents = live().prepare<[], { kind: string; text: string }>('SELECT kind, text FROM document').all();
    const putDocument = db.prepare(
      'INSERT INTO document (kind, text) VALUES (:kind, :text) ON CONFLICT (kind) DO UPDATE SET text = excluded.text',
    );
    for (const document of documents) putDocument.run(document);
    const pairs = [...parseIncludes(snapshotTable(db).origin()?.includes)].filter(([inc]) => own.has(inc));
    db.prepare('UPDATE snapshot SET includes = ?, beside_position = ? WHERE one = 1').run(
      JSON.stringify(pairs),
      besideFrom(live(), manifest),
    );
    memberTables(db).setCursor(epoch, position, madeAt);
  })();
}

const standSchema = z.object({ epoch: z.string().nullable(), position: z.int(), beside: z.int().nullable() });

/** Up to there the old file has the rows of all other kinds; null where that is as far as the new one's. */
function besideFrom(live: ReadableDb, { epoch, position }: SnapshotManifest): number | null {
  const stand = standSchema.parse(
    live
      .prepare(
        'SELECT epoch, position, (SELECT beside_position FROM snapshot) AS beside FROM feed_cursor WHERE one = 1',
      )
      .get(),
  );
  if (stand.epoch !== epoch) return 0;
  const from = stand.beside ?? stand.position;
  return from >= position ? null : from;
}
