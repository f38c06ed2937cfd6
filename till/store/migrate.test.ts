import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../base/node/hash.ts';
import { MIGRATIONS } from '../testing/test-till.ts';
import { migrate, readMigrations, type Migration } from './migrate.ts';
import { openDatabase, type WritableDb } from './open-database.ts';

let db: WritableDb;
beforeEach(() => {
  db = openDatabase(':memory:', 'NORMAL');
});
afterEach(() => {
  db.close();
});

const migration = (version: number, sql: string): Migration => ({
  version,
  name: `${version}.sql`,
  sql,
  checksum: sha256(sql),
});
const FIRST = migration(1, 'CREATE TABLE one (id INTEGER) STRICT');
const SECOND = migration(2, 'CREATE TABLE two (id INTEGER) STRICT');
const tables = () => db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all();
const version = () => db.pragma('user_version', { simple: true });

describe('migrations', () => {
  it('apply in order, once, each with its bookkeeping', () => {
    expect(migrate(db, [FIRST])).toEqual({ ok: true, value: 0 });
    expect(migrate(db, [FIRST, SECOND])).toEqual({ ok: true, value: 1 });
    expect(migrate(db, [FIRST, SECOND])).toEqual({ ok: true, value: 2 });
    expect(tables()).toEqual(['migration', 'one', 'two']);
    expect(db.prepare('SELECT version, checksum FROM migration').all()).toEqual([
      { version: 1, checksum: FIRST.checksum },
      { version: 2, checksum: SECOND.checksum },
    ]);
  });

  it('leave neither tables nor bookkeeping of one that fails in the middle', () => {
    migrate(db, [FIRST]);
    expect(() =>
      migrate(db, [FIRST, migration(2, 'CREATE TABLE two (id INTEGER); CREATE TABLE one (id INTEGER)')]),
    ).toThrow('already exists');
    expect({ tables: tables(), version: version() }).toEqual({ tables: ['migration', 'one'], version: 1 });
    expect(migrate(db, [FIRST, SECOND])).toEqual({ ok: true, value: 1 });
  });

  it('refuse a database from the future, and change nothing in it', () => {
    migrate(db, [FIRST, SECOND]);
    expect(migrate(db, [FIRST])).toMatchObject({ ok: false, error: { code: 'database-from-the-future' } });
    expect(version()).toBe(2);
  });

  it('refuse a shipped file that was changed since', () => {
    migrate(db, [FIRST]);
    expect(migrate(db, [migration(1, 'CREATE TABLE another (id INTEGER) STRICT')])).toMatchObject({
      ok: false,
      error: { code: 'migration-changed' },
    });
  });

  it('refuse a database of another program', () => {
    db.pragma('user_version = 1');
    expect(migrate(db, [FIRST])).toMatchObject({ ok: false, error: { code: 'database-not-ours' } });
  });
});

describe('the tables of the ledger', () => {
  beforeEach(() => {
    migrate(db, readMigrations(path.join(MIGRATIONS, 'till', 'ledger')));
    db.exec(`INSERT INTO stream VALUES ('i', 'o', '', 's', '', 't', '', '', '', '', '', 0, 'e', 0, NULL, NULL);
      INSERT INTO entry VALUES ('i', 1, 'id', 'sale', NULL, x'7b7d', zeroblob(32), NULL);
      INSERT INTO programme VALUES ('h', 1, '{}')`);
  });

  it('never let an entry or a published programme be changed or an entry deleted', () => {
    expect(() => db.exec("UPDATE entry SET kind = 'void'")).toThrow('never changed');
    expect(() => db.exec('DELETE FROM entry')).toThrow('never deleted');
    expect(() =>
      db.exec("INSERT OR REPLACE INTO entry VALUES ('i', 1, 'id', 'void', NULL, x'7b7d', zeroblob(32), NULL)"),
    ).toThrow('follows');
    expect(() => db.exec("INSERT INTO entry VALUES ('i', 3, 'id', 'void', NULL, x'7b7d', zeroblob(32), NULL)")).toThrow(
      'follows',
    );
    expect(() => db.exec("INSERT OR REPLACE INTO programme VALUES ('h', 1, '[]')")).toThrow('never replaced');
    expect(() => db.exec('DELETE FROM programme')).toThrow('never deleted');
    expect(() => db.exec("UPDATE programme SET text = '[]'")).toThrow('never changed');
  });

  it('hold only amounts that stay exact', () => {
    expect(() => db.exec("INSERT INTO account_balance VALUES ('issued', 'points', 9007199254740992)")).toThrow('CHECK');
    expect(() => db.exec("INSERT INTO account_balance VALUES ('issued', 'points', 1.5)")).toThrow('cannot store REAL');
  });
});
