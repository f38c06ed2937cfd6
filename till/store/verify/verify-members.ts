import { encodeState, memberStateSchema } from '../../../ledger/state-text.ts';
import { entryTable } from '../entries.ts';
import type { CachedMember } from '../member-cache.ts';
import { memberTables, type StoredMember } from '../members.ts';
import { openReadOnly, type ReadableDb, type WritableDb } from '../open-database.ts';
import { foldOwnEntries, type FoldParts } from '../own-fold.ts';
import { readVersion, termsOf } from '../programme-versions.ts';
import { programmeTable } from '../programmes.ts';
import { PROGRAMME_LAYOUT } from '../projections.ts';
import { branchesIn } from '../stream-troubles.ts';
import { streamTable } from '../streams.ts';
import type { Finding } from './verify-ledger.ts';

/** Members' states: head office's rows must be readable, and every cached state must be what the row and the own entries fold to. */
export function verifyMembers(ledger: ReadableDb, membersFile: string): Finding[] {
  let members: ReadableDb | undefined;
  try {
    members = openReadOnly(membersFile);
    if (layoutOf(ledger) < PROGRAMME_LAYOUT || layoutOf(members) < STATES_LAYOUT) return [];
    return [...verifyRows(members), ...verifyCache(ledger, members)];
  } catch (error) {
    return [
      { where: 'members.db', what: `It cannot be read: ${error instanceof Error ? error.message : String(error)}.` },
    ];
  } finally {
    members?.close();
  }
}

function verifyRows(members: ReadableDb): Finding[] {
  const findings: Finding[] = [];
  for (const { member, state } of members
    .prepare<[], { member: string; state: string }>('SELECT member, state FROM member')
    .iterate()) {
    if (!memberStateSchema.safeParse(parseJson(state)).success) {
      findings.push({ where: `members.db, member ${member}`, what: 'Its state cannot be read.' });
    }
  }
  return findings;
}

function verifyCache(ledger: ReadableDb, members: ReadableDb): Finding[] {
  const rows = memberTables(readable(members));
  const versions = programmeTable(readable(ledger)).all().map(readVersion);
  const branches = branchesIn(ledger);
  const parts: FoldParts = {
    entries: entryTable(readable(ledger)),
    streams: streamTable(readable(ledger)),
    troubles: { branches: () => branches },
    rows,
    terms: termsOf(() => versions),
  };
  const findings: Finding[] = [];
  for (const cached of ledger
    .prepare<[], CachedMember>('SELECT member, row, inc, seq, state FROM member_cache')
    .all()) {
    const row = rows.find(cached.member);
    if (rowKey(row) !== cached.row) continue; // a newer row came since: the cache is out of use, and says nothing
    const folded = encodeState(foldOwnEntries(parts, cached.member));
    if (folded !== cached.state) {
      findings.push({ where: `member_cache, member ${cached.member}`, what: 'It is not what the entries fold to.' });
    }
  }
  return findings;
}

/** Older members' files lack what a row is read with, or hold states of an older form: the till brings them up before anything reads them. */
const STATES_LAYOUT = 3;

function layoutOf(db: ReadableDb): number {
  return Number(db.pragma('user_version', { simple: true }));
}

function rowKey(row: StoredMember | undefined): string {
  return row === undefined ? '' : `${row.epoch}/${row.version}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The tables prepare their writes too; on a connection that was opened read-only SQLite refuses to run them. */
function readable(db: ReadableDb): WritableDb {
  return db as WritableDb; // only its reads are called here
}
