/** A till proves its members' rows against a real head office: whatever lies wrong in its file is found, and that range alone is mended. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BusinessDate } from '../../base/business-date.ts';
import type { CardCode, MemberId, TillId } from '../../base/ids.ts';
import { CHECKSUM_ROWS_PATH } from '../../sync/protocol/paths.ts';
import type { Fetch } from '../../sync/client/http.ts';
import { testServers } from '../../sync/server/testing/databases.ts';
import { startTestHeadOffice, TEST_STORE, type TestHeadOffice } from '../../sync/server/testing/test-head-office.ts';
import { openTillEngine, type TillEngine } from '../../till/app/engine.ts';
import { BASE_PROGRAMME, MIGRATIONS } from '../../till/testing/test-till.ts';

const MEMBERS = 60;
const AN_HOUR_MS = 3_600_000;

type Row = Record<string, unknown>;

describe.each(testServers())('rows of members at a till, on $title', (server) => {
  let ho: TestHeadOffice;
  let dataFolder: string;
  let engine: TillEngine;
  const fetched: string[] = [];
  const line: Fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.pathname === CHECKSUM_ROWS_PATH) fetched.push(url.searchParams.get('range') ?? '');
    return await fetch(input, init);
  };
  const members = Array.from({ length: MEMBERS }, (_, index) => `m${index}` as MemberId); // names of the tests
  const member = (index: number) => members[index] ?? '';

  beforeAll(async () => {
    dataFolder = mkdtempSync(path.join(os.tmpdir(), 'loyaltill-sums-'));
    ho = await startTestHeadOffice(server);
    ho.clock.now = Date.now();
    await ho.office.admin.publishProgramme(JSON.stringify(BASE_PROGRAMME));
    const joined = '2026-01-01' as BusinessDate; // a date in its form
    const card = (index: number) => `29${String(index).padStart(10, '0')}0` as CardCode; // a number of the tests
    await ho.office.admin.enrolMembers(members.map((id, index) => ({ id, cards: [card(index)], joined })));
    // Their rows lie in ranges of their own from now on.
    await ho.database`update counter set last = 12000 where name = 'feed'`;
    for (const [id, amount] of [
      [member(3), 5],
      [member(4), 6],
    ] as const)
      await ho.office.admin.adjustMember({
        member: id,
        wallet: 'points' as never,
        amount: amount as never,
        reason: 'x',
      } as never); // as the console gives it
    const id = 'sums' as TillId;
    await ho.office.admin.createTill({ id, name: 'Sums', store: TEST_STORE });
    const code = await ho.office.admin.createEnrolmentCode(id);
    const config = { pullEveryMs: AN_HOUR_MS, live: false };
    const log = pino({ level: 'silent' });
    const opened = openTillEngine({ dataFolder, migrationsFolder: MIGRATIONS, config, log, fetch: line });
    if (!opened.ok || !code.ok) throw new Error('no till');
    engine = opened.value;
    await engine.call('till.enrol', { headOffice: ho.office.url, code: code.value.code });
    await engine.link.syncNow();
  });
  afterAll(async () => {
    await engine.close();
    await ho.close();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  /** As somebody, or a disk, changes the file beside the till. */
  const harm = (sql: string): void => {
    const db = new Database(path.join(dataFolder, 'members.db'));
    db.exec(sql);
    db.close();
  };
  const rows = (): { members: Row[]; cards: Row[] } => {
    const db = new Database(path.join(dataFolder, 'members.db'), { readonly: true });
    const found = {
      members: db
        .prepare<[], Row>('SELECT * FROM member ORDER BY member')
        .all()
        .map((row) => ({ ...row, as_of: null })), // when it was sent
      cards: db.prepare<[], Row>('SELECT * FROM card ORDER BY code').all(),
    };
    db.close();
    return found;
  };
  const prove = async (): Promise<string[]> => {
    fetched.length = 0;
    engine.link.proveRows();
    expect(await engine.link.syncNow()).toMatchObject({ ok: true });
    return [...fetched];
  };

  it('are the same, and nothing is fetched', async () => {
    expect(rows().members).toHaveLength(MEMBERS);
    expect(await prove()).toEqual([]);
  });

  it.each([
    [
      'a state that was changed',
      `UPDATE member SET state = replace(state, '"amount":5', '"amount":9') WHERE member = 'm3'`,
      '2',
    ],
    ['a state that is garbage', `UPDATE member SET state = '{"wallets":' WHERE member = 'm7'`, '0'],
    ['a row that is gone', `DELETE FROM member WHERE member = 'm4'`, '2'],
    ['a blocked member who was let in', `UPDATE member SET blocked = 1 - blocked WHERE member = 'm9'`, '0'],
    ['a card that was given to another', `UPDATE card SET member = 'm10' WHERE member = 'm11'`, '0'],
    ['a list of cards that is damaged', `UPDATE member SET cards = '["1' WHERE member = 'm12'`, '0'],
    ['a version of long ago', `UPDATE member SET version = 1, position = position WHERE member = 'm3'`, '2'],
    [
      'a row that head office does not have',
      `INSERT INTO member SELECT 'nobody', epoch, version, as_of, display_name, name_key, birthday_month, birthday_day, segments, joined,
         blocked, phone_hash, email_hash, includes, '[]', state, 12100 FROM member WHERE member = 'm3'`,
      '2',
    ],
  ])('are mended: %s', async (_what, sql, range) => {
    const before = rows();
    const cursor = engine.parts.store.members.cursor();
    harm(sql);
    expect(rows()).not.toEqual(before);
    expect(await prove()).toEqual([range]);
    expect(rows()).toEqual(before);
    expect(engine.parts.store.members.cursor().position).toBeGreaterThanOrEqual(cursor.position);
    expect(await prove()).toEqual([]);
  });

  it('that came before positions were kept get theirs, and stay', async () => {
    const before = rows();
    harm('UPDATE member SET position = 0');
    expect((await prove()).toSorted()).toEqual(['0', '2']);
    expect(rows()).toEqual(before);
  });

  it('show a member as head office has them once they are mended', async () => {
    const points = () => engine.parts.members.find('m3' as MemberId)?.state.wallets['points' as never]?.lots[0]?.amount;
    harm(`UPDATE member SET state = replace(state, '"amount":5', '"amount":9') WHERE member = 'm3'`);
    await prove();
    expect(points()).toBe(5);
  });

  it('cost head office an addition once, until a row leaves its range', async () => {
    const kept = () =>
      ho.database<{ range: number; rowCount: number }[]>`select range, row_count from checksum_range order by range`;
    expect(await kept()).toEqual([{ range: 0, rowCount: MEMBERS - 2 }]);
    await ho.office.admin.adjustMember({ member: member(20), wallet: 'points', amount: 1, reason: 'x' } as never); // as the console gives it
    await prove();
    expect(await kept()).toEqual([{ range: 0, rowCount: MEMBERS - 3 }]);
  });
});
