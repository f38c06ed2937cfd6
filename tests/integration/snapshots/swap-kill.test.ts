/** A till process is killed again and again while it takes snapshots: each time it has the old rows or the new ones, whole, and its own entries. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CardCode, MemberId, OrgId } from '../../../base/ids.ts';
import { sha256 } from '../../../base/node/hash.ts';
import { NEW_MEMBER_STATE } from '../../../ledger/member-state.ts';
import { encodeState } from '../../../ledger/state-text.ts';
import { SNAPSHOT_CHUNK_BYTES, type SnapshotManifest } from '../../../sync/protocol/snapshot.ts';
import type { EpochId } from '../../../sync/protocol/versions.ts';
import { createMembersFile, MEMBERS_LAYOUT } from '../../../sync/server/store/members-file.ts';
import { openReadOnly } from '../../../till/store/open-database.ts';
import { openTillStore } from '../../../till/store/till-store.ts';
import { MIGRATIONS, newCommand, openTestTill, type TestTill } from '../../../till/testing/test-till.ts';

const KILLS = 8;
const CARD = '2900000000018' as CardCode; // with its check digit
const PROCESS = path.join(import.meta.dirname, 'swap-process.ts');
/** By the position of the snapshot: none, a, b. */
const ROWS: Readonly<Record<number, number>> = { 0: 0, 100: 9_000, 200: 11_000 };

describe('a till that is killed while it takes snapshots', () => {
  let till: TestTill;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'loyaltill-swap-'));
    makeSnapshot('a', 100);
    makeSnapshot('b', 200);
    till = await openTestTill();
    const profile = { firstName: null, phone: null, email: null, birthday: null };
    await till.ask('member.enrol', { command: newCommand(), card: CARD, ...profile });
    await till.engine.close();
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
    rmSync(till.dataFolder, { recursive: true, force: true });
  });

  const makeSnapshot = (name: string, position: number): void => {
    const file = path.join(folder, `${name}.db`);
    const origin = { org: 'org', epoch: 'e1', position, madeAt: position, includes: '[]' };
    const members = createMembersFile(file, origin);
    for (let index = 0; index < (ROWS[position] ?? 0); index += 1) members.add(memberOf(name, index));
    const rows = members.finish();
    const bytes = readFileSync(file);
    const chunks = Array.from({ length: Math.ceil(bytes.length / SNAPSHOT_CHUNK_BYTES) }, (_, index) =>
      sha256(bytes.subarray(index * SNAPSHOT_CHUNK_BYTES, (index + 1) * SNAPSHOT_CHUNK_BYTES)),
    );
    const manifest: SnapshotManifest = {
      v: 1,
      org: 'org' as OrgId, // names of the test till
      epoch: 'e1' as EpochId, // likewise
      position,
      madeAt: position,
      layout: MEMBERS_LAYOUT,
      rows,
      bytes: statSync(file).size,
      chunks,
      compression: 'brotli',
      sentBytes: 1,
    };
    writeFileSync(path.join(folder, `${name}.json`), JSON.stringify(manifest));
  };

  /** What the files say after a kill, before anybody mends them. */
  const look = () => {
    const members = openReadOnly(path.join(till.dataFolder, 'members.db'));
    const ledger = openReadOnly(path.join(till.dataFolder, 'ledger.db'));
    const position = members.prepare<[], number>('SELECT position FROM feed_cursor').pluck().get();
    const seen = {
      position,
      rows: members.prepare('SELECT count(*) FROM member').pluck().get(),
      sound: members.pragma('quick_check', { simple: true }),
      entries: ledger.prepare('SELECT count(*) FROM entry').pluck().get(),
    };
    members.close();
    ledger.close();
    return seen;
  };

  it('has one whole file and all entries each time', async () => {
    const positions = new Set<number>();
    let taken = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const child = fork(PROCESS, [till.dataFolder, folder]);
      child.on('message', (message) => {
        if (message !== 'ready') taken += 1;
      });
      await once(child, 'message');
      // Spread over what it does; the first ones let it come to an end of something.
      if (kill < 2) await once(child, 'message');
      await setTimeout((kill * 37) % 240);
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      expect(await gone).toEqual([null, 'SIGKILL']);
      const { position, rows, sound, entries } = look();
      expect({ rows, sound, entries }).toEqual({ rows: ROWS[position ?? -1], sound: 'ok', entries: 1 });
      positions.add(position ?? -1);
    }
    expect(taken).toBeGreaterThan(1);
    expect(positions.has(0)).toBe(false);
    const again = openTillStore(till.dataFolder, MIGRATIONS);
    if (!again.ok) throw new Error(again.error.message);
    expect(again.value.projections.card(CARD)).toMatchObject({ status: 'active' });
    again.value.close();
  }, 120_000); // eight processes
});

function memberOf(name: string, index: number) {
  const member = `${name}-${String(index).padStart(6, '0')}` as MemberId; // names of the tests
  return {
    member,
    version: 1,
    position: index + 1,
    displayName: `Member ${index}`,
    nameKey: `member ${index}`,
    birthdayMonth: null,
    birthdayDay: null,
    segments: '[]',
    joined: '2026-01-01',
    blocked: 0 as const,
    phoneHash: null,
    emailHash: null,
    includes: '*',
    cards: [{ code: member as string as CardCode, status: 'active' as const }], // likewise
    state: encodeState(NEW_MEMBER_STATE),
  };
}
