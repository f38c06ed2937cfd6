/**
 * Writes a file of the form of a till's members.db, by the till's own migrations. It is filled in one go without a journal, since a file that a
 * crash left half is thrown away, and its indexes are made at the end, since that is faster and leaves them dense.
 */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import type { CardCode, MemberId } from '../../../base/ids.ts';
import { layoutOf, readMigrations } from '../../../base/node/migration-files.ts';
import type { CardStatus } from '../../protocol/feed.ts';

const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../../migrations/till/members/', import.meta.url));
const CACHE_KIB = 256_000;

export const MEMBERS_LAYOUT = layoutOf(readMigrations(MIGRATIONS_FOLDER));

export type MemberOfFile = {
  readonly member: MemberId;
  readonly version: number;
  /** In the feed. */
  readonly position: number;
  readonly displayName: string | null;
  readonly nameKey: string | null;
  readonly birthdayMonth: number | null;
  readonly birthdayDay: number | null;
  /** JSON. */
  readonly segments: string;
  readonly joined: string;
  readonly blocked: 0 | 1;
  readonly phoneHash: string | null;
  readonly emailHash: string | null;
  /** `*` or JSON of [incarnation, seq] pairs. */
  readonly includes: string;
  readonly cards: readonly { readonly code: CardCode; readonly status: CardStatus }[];
  readonly state: string;
};

export type FileOrigin = {
  readonly org: string;
  readonly epoch: string;
  readonly position: number;
  readonly madeAt: number;
  /** JSON of [incarnation, seq] pairs. */
  readonly includes: string;
};

export type MembersFile = {
  add(row: MemberOfFile): void;
  /** Closes it, whole and on disk. How many members are in it. */
  finish(): number;
  /** Closes it as it is. */
  abandon(): void;
};

export function createMembersFile(file: string, origin: FileOrigin): MembersFile {
  const db = new Database(file);
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.pragma('locking_mode = EXCLUSIVE');
  db.pragma(`cache_size = -${CACHE_KIB}`);
  db.pragma('temp_store = MEMORY');
  makeTables(db);
  const indexes = dropIndexes(db);
  const put = putter(db, origin);
  db.exec('BEGIN');
  let rows = 0;
  return {
    add: (row) => {
      put(row);
      rows += 1;
    },
    finish: () => {
      db.exec('INSERT INTO card (code, member, status) SELECT code, member, status FROM new_card ORDER BY code');
      db.exec('DROP TABLE new_card');
      for (const sql of indexes) db.exec(sql);
      db.prepare(
        'INSERT INTO snapshot (one, org, epoch, position, made_at, member_rows, includes) VALUES (1, ?, ?, ?, ?, ?, ?)',
      ).run(origin.org, origin.epoch, origin.position, origin.madeAt, rows, origin.includes);
      db.exec('COMMIT');
      db.close();
      flush(file);
      return rows;
    },
    abandon: () => {
      db.close();
    },
  };
}

/** With the bookkeeping of till/store/migrate.ts, which takes the file for its own. */
function makeTables(db: Database.Database): void {
  db.exec('CREATE TABLE migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL) STRICT');
  const note = db.prepare('INSERT INTO migration (version, name, checksum) VALUES (?, ?, ?)');
  for (const { version, name, sql, checksum } of readMigrations(MIGRATIONS_FOLDER)) {
    db.exec(sql);
    note.run(version, name, checksum);
  }
  db.pragma(`user_version = ${MEMBERS_LAYOUT.version}`);
}

/** How to make them again. */
function dropIndexes(db: Database.Database): readonly string[] {
  const indexes = db
    .prepare<[], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name IN ('member', 'card') AND sql IS NOT NULL",
    )
    .all();
  for (const { name } of indexes) db.exec(`DROP INDEX ${name}`);
  return indexes.map(({ sql }) => sql);
}

function putter(db: Database.Database, { epoch, madeAt }: FileOrigin): (row: MemberOfFile) => void {
  db.exec('CREATE TEMP TABLE new_card (code TEXT NOT NULL, member TEXT NOT NULL, status TEXT NOT NULL) STRICT');
  const putMember =
    db.prepare(`INSERT INTO member (member, epoch, version, as_of, display_name, name_key, birthday_month, birthday_day,
    segments, joined, blocked, phone_hash, email_hash, includes, cards, state, position) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const putCard = db.prepare('INSERT INTO new_card (code, member, status) VALUES (?, ?, ?)');
  return (row) => {
    const active = row.cards.flatMap(({ code, status }) => (status === 'active' ? [code] : []));
    putMember.run(
      row.member,
      epoch,
      row.version,
      madeAt,
      row.displayName,
      row.nameKey,
      row.birthdayMonth,
      row.birthdayDay,
      row.segments,
      row.joined,
      row.blocked,
      row.phoneHash,
      row.emailHash,
      row.includes,
      JSON.stringify(active),
      row.state,
      row.position,
    );
    for (const { code, status } of row.cards) putCard.run(code, row.member, status);
  };
}

function flush(file: string): void {
  const handle = openSync(file, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}
