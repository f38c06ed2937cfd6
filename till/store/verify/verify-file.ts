import path from 'node:path';
import { sha256 } from '../../../base/node/hash.ts';
import { readMigrations } from '../migrate.ts';
import type { ReadableDb } from '../open-database.ts';
import type { Finding } from './verify-ledger.ts';

const TRIGGERS = [
  'entry_never_changes',
  'entry_never_goes',
  'entry_only_follows',
  'programme_never_changes',
  'programme_never_goes',
  'programme_never_replaced',
];

/** The file as SQLite sees it, its version, its triggers, and the texts that carry a hash of their own. */
export function verifyFile(db: ReadableDb, migrationsFolder: string): Finding[] {
  return [...verifyPages(db), ...verifyVersion(db, migrationsFolder), ...verifyTriggers(db), ...verifyProgrammes(db)];
}

function verifyPages(db: ReadableDb): Finding[] {
  const rows = db.prepare<[], string>('PRAGMA integrity_check(20)').pluck().all();
  return rows
    .filter((row) => row !== 'ok')
    .map((what) => ({ where: 'file', what: `SQLite finds it damaged: ${what}.` }));
}

function verifyVersion(db: ReadableDb, migrationsFolder: string): Finding[] {
  const newest = readMigrations(path.join(migrationsFolder, 'till', 'ledger')).length;
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version >= 1 && version <= newest) return [];
  return [{ where: 'file', what: `Its tables are of version ${version}; this Loyaltill knows 1 to ${newest}.` }];
}

function verifyTriggers(db: ReadableDb): Finding[] {
  const present = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all();
  return TRIGGERS.filter((name) => !present.includes(name)).map((name) => ({
    where: 'file',
    what: `The trigger ${name}, which keeps entries from being changed, is missing.`,
  }));
}

function verifyProgrammes(db: ReadableDb): Finding[] {
  const rows = db
    .prepare<[], { version: number; hash: string; text: string }>('SELECT version, hash, text FROM programme')
    .all();
  return rows
    .filter(({ hash, text }) => sha256(text) !== hash)
    .map(({ version }) => ({
      where: `programme version ${version}`,
      what: 'Its text is not the one that was published.',
    }));
}
