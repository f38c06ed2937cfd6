/** One file of all members, from one snapshot of the database: what it holds of a person is what the feed would send (feed/rows.ts). */
import { rmSync } from 'node:fs';
import { normaliseName } from '../../../base/name.ts';
import type { OrgId } from '../../../base/ids.ts';
import type { EpochId } from '../../protocol/versions.ts';
import { profileOf } from '../feed/rows.ts';
import { includesOf } from '../fold/fold-accounts.ts';
import type { Database, Transaction } from '../store/client.ts';
import { lastPosition } from '../store/counters.ts';
import { createMembersFile, type MemberOfFile } from '../store/members-file.ts';
import { eachSnapshotRow, type SnapshotRow } from '../store/snapshot-rows.ts';
import { includedOfStreams } from '../store/snapshots.ts';

export type MadeFile = { readonly position: number; readonly rows: number };

export async function makeFile(
  database: Database,
  file: string,
  about: { readonly org: OrgId; readonly epoch: EpochId; readonly madeAt: number },
): Promise<MadeFile> {
  rmSync(file, { force: true });
  return await database.begin('isolation level repeatable read read only', (transaction) =>
    fill(transaction, file, about),
  );
}

async function fill(
  transaction: Transaction,
  file: string,
  about: { readonly org: OrgId; readonly epoch: EpochId; readonly madeAt: number },
): Promise<MadeFile> {
  const position = await lastPosition(transaction, 'feed');
  const included = await includedOfStreams(transaction);
  const includes = JSON.stringify(included.map(({ inc, seq }) => [inc, seq]));
  const members = createMembersFile(file, { ...about, position, includes });
  try {
    await eachSnapshotRow(transaction, (rows) => {
      for (const row of rows) members.add(memberOf(row));
    });
  } catch (error) {
    members.abandon();
    throw error;
  }
  return { position, rows: members.finish() };
}

function memberOf(row: SnapshotRow): MemberOfFile {
  const { displayName, birthday, joined, blocked, phoneHash, emailHash } = profileOf({ ...row, segments: [] });
  return {
    member: row.member,
    version: row.version,
    position: row.position,
    displayName,
    nameKey: displayName === null ? null : normaliseName(displayName),
    birthdayMonth: birthday?.month ?? null,
    birthdayDay: birthday?.day ?? null,
    segments: row.segmentsText,
    joined,
    blocked: blocked ? 1 : 0,
    phoneHash,
    emailHash,
    includes: row.ownIncludes === null ? '*' : JSON.stringify(Object.entries(includesOf(row.ownIncludes))),
    cards: row.cards,
    state: row.state,
  };
}
