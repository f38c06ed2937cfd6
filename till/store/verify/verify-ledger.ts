/**
 * The ledger proves itself: reads any till's ledger.db, trusts nothing in it, and says where it breaks. It opens the file read-only, and
 * works on one that is damaged or from another till.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ReadableDb } from '../open-database.ts';
import { openReadOnly } from '../open-database.ts';
import { MEMBERS_FILE } from '../till-store.ts';
import { verifyFile } from './verify-file.ts';
import { verifyGrants } from './verify-grants.ts';
import { verifyMembers } from './verify-members.ts';
import { verifyProjections } from './verify-projections.ts';
import { verifyStreams, type CheckedStream } from './verify-streams.ts';

/** One thing that is wrong, and where: `stream <inc>, entry <seq>`, a table and its row, or the file. */
export type Finding = { readonly where: string; readonly what: string };

export type VerifyReport = {
  readonly findings: readonly Finding[];
  readonly entries: number;
  readonly streams: readonly CheckedStream[];
  /** `checked`, or why members' states could not be. */
  readonly members: 'checked' | 'no-members-file';
};

const FINDINGS_MAX = 100;

export function verifyLedger(file: string, migrationsFolder: string): VerifyReport {
  const nothing = { entries: 0, streams: [], members: 'no-members-file' } as const;
  if (!existsSync(file)) return { ...nothing, findings: [{ where: file, what: 'There is no such file.' }] };
  let db: ReadableDb | undefined;
  try {
    db = openReadOnly(file);
    return verifyOpen(db, file, migrationsFolder);
  } catch (error) {
    const what = `The file cannot be read as a till's ledger: ${error instanceof Error ? error.message : String(error)}.`;
    return { ...nothing, findings: [{ where: path.basename(file), what }] };
  } finally {
    db?.close();
  }
}

function verifyOpen(db: ReadableDb, file: string, migrationsFolder: string): VerifyReport {
  const findings: Finding[] = [...verifyFile(db, migrationsFolder)];
  const { streams, findings: broken, entries } = verifyStreams(db);
  findings.push(...broken);
  findings.push(...verifyProjections(db, migrationsFolder));
  findings.push(...verifyGrants(db));
  const membersFile = path.join(path.dirname(file), MEMBERS_FILE);
  const beside = existsSync(membersFile);
  if (beside) findings.push(...verifyMembers(db, membersFile));
  return {
    findings: findings.slice(0, FINDINGS_MAX),
    entries,
    streams,
    members: beside ? 'checked' : 'no-members-file',
  };
}
