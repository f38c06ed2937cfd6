import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, transact } from './open-database.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'loyaltill-db-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a database of the till', () => {
  it('is flushed at every commit, also when it is opened again', () => {
    const file = path.join(folder, 'ledger.db');
    for (const _ of [1, 2, 3]) {
      const db = openDatabase(file, 'FULL');
      db.exec('CREATE TABLE IF NOT EXISTS row (id INTEGER PRIMARY KEY) STRICT; INSERT INTO row DEFAULT VALUES');
      expect({
        synchronous: db.pragma('synchronous', { simple: true }),
        mode: db.pragma('journal_mode', { simple: true }),
      }).toEqual({
        synchronous: 2,
        mode: 'wal',
      });
      db.close();
    }
  });

  it('writes all of a transaction or nothing', () => {
    const db = openDatabase(path.join(folder, 'ledger.db'), 'FULL');
    db.exec('CREATE TABLE row (id INTEGER PRIMARY KEY) STRICT');
    expect(() =>
      transact(db, () => {
        db.exec('INSERT INTO row DEFAULT VALUES');
        throw new Error('in the middle');
      }),
    ).toThrow('in the middle');
    expect(db.prepare('SELECT count(*) FROM row').pluck().get()).toBe(0);
    db.close();
  });
});
