import { mkdtempSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CardCode, MemberId } from '../../../base/ids.ts';
import {
  CONSOLE_PATH,
  consoleEntrySchema,
  entriesPageSchema,
  enrolmentCodeSchema,
  memberDetailSchema,
  membersPageSchema,
  overviewSchema,
} from '../../protocol/console.ts';
import { testServers } from '../testing/databases.ts';
import {
  answerOf,
  startTestHeadOffice,
  TEST_NOW,
  type Answer,
  type TestHeadOffice,
} from '../testing/test-head-office.ts';
import { batchOf, record, recordSale, type TestTill } from '../testing/test-till.ts';
import { CONSOLE_TOKEN_VALID_MS } from './console-session.ts';

const JOINED = '2026-01-01' as never; // a date in its form
const PROTECTED = ['/overview', '/members', '/members/m1', '/members/m1/entries', '/entries', '/events'];

describe.each(testServers())('the console of head office on $title', (server) => {
  let ho: TestHeadOffice;
  let till: TestTill;
  let session: string;

  beforeAll(async () => {
    const consoleFolder = mkdtempSync(join(tmpdir(), 'loyaltill-console-'));
    writeFileSync(join(consoleFolder, 'index.html'), '<!doctype html><title>Console</title>');
    ho = await startTestHeadOffice(server, { consoleFolder });
    till = await ho.enrolTill('t1');
    await ho.office.admin.enrolMembers([
      {
        id: 'm1' as MemberId,
        cards: ['0012345678905' as CardCode],
        joined: JOINED,
        firstName: 'Ada',
        phone: '0171 1234567',
        email: 'ada@example.org',
      },
      { id: 'm2' as MemberId, cards: [], joined: JOINED, firstName: 'Adèle', blocked: true },
      { id: 'm3' as MemberId, cards: [], joined: JOINED, firstName: '100 % Fig' },
    ]);
    recordSale(till, TEST_NOW - 5_000, 'm1', 7);
    record(till, { at: TEST_NOW - 4_000, kind: 'teleport', body: {} });
    await ho.push(till, { ...batchOf(till), waiting: { entries: 3, oldest: TEST_NOW - 9_000 } });
    await ho.office.admin.foldToEnd();
    session = await openSession();
  });
  afterAll(() => ho.close());

  const openSession = async (): Promise<string> => {
    const response = await fetch(`${ho.office.url}${CONSOLE_PATH}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: newToken() }),
    });
    return response.headers.get('set-cookie') ?? '';
  };
  const newToken = (): string => new URL(ho.office.consoleAddress()).hash.replace('#token=', '');
  const get = async (
    path: string,
    headers: Record<string, string> = { cookie: session.split(';')[0] ?? '' },
  ): Promise<Answer> => answerOf(await fetch(ho.office.url + CONSOLE_PATH + path, { headers }));

  it.each(PROTECTED)('answers %s with 401 without a session, or with one made up', async (path) => {
    for (const headers of [{}, { cookie: 'loyaltill_console=made.up.token' }]) {
      const { status, type, body } = await get(path, headers);
      expect([status, type, body]).toEqual([
        401,
        'application/problem+json; charset=utf-8',
        expect.objectContaining({ code: 'unauthorised' }),
      ]);
    }
    expect((await ho.post(`${CONSOLE_PATH}/tills/t1/enrolment-codes`, {})).status).toBe(401);
  });

  it('gives a session for a token once, and only in its first minute', async () => {
    expect(session).toMatch(/^loyaltill_console=[^;]+; Max-Age=43200; Path=\/console\/v1; HttpOnly; SameSite=Strict$/);
    const [used, old] = [newToken(), newToken()];
    expect((await ho.post(`${CONSOLE_PATH}/session`, { token: used })).status).toBe(204);
    expect((await ho.post(`${CONSOLE_PATH}/session`, { token: used })).status).toBe(401);
    ho.clock.now += CONSOLE_TOKEN_VALID_MS;
    expect((await ho.post(`${CONSOLE_PATH}/session`, { token: old })).status).toBe(401);
    ho.clock.now = TEST_NOW;
  });

  it('ends a session after twelve hours', async () => {
    ho.clock.now += 12 * 3_600_000 + 1_000;
    expect((await get('/overview')).status).toBe(401);
    ho.clock.now = TEST_NOW;
    expect((await get('/overview')).status).toBe(200);
  });

  it('refuses another host and another origin, files included', async () => {
    const cookie = session.split(';')[0] ?? '';
    expect(await rawStatus(ho.office.url, '/', { host: 'evil.example' })).toBe(421);
    expect(await rawStatus(ho.office.url, `${CONSOLE_PATH}/overview`, { host: 'evil.example', cookie })).toBe(421);
    expect((await get('/overview', { cookie, origin: 'http://evil.example' })).status).toBe(403);
    expect((await get('/overview', { cookie, origin: ho.office.url })).status).toBe(200);
  });

  it('serves the console’s files with a strict policy, and nothing beside them', async () => {
    const response = await fetch(`${ho.office.url}/`);
    expect([response.status, await response.text()]).toEqual([200, '<!doctype html><title>Console</title>']);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none';script-src 'self'");
    expect(await rawStatus(ho.office.url, '/../package.json', {})).toBe(400);
  });

  it('counts on the overview what was received, flagged and what waits', async () => {
    const { body } = await get('/overview');
    const seen = overviewSchema.parse(body);
    expect(seen).toMatchObject({
      members: 3,
      entries: 5,
      flaggedEntries: 1,
      unfoldedEntries: 0,
      programme: null,
      currency: 'XXX',
      worstOverdraft: 0,
    });
    expect(seen.stores).toEqual([
      {
        id: 's1',
        name: 'Mitte',
        tills: [
          {
            id: 't1',
            name: 't1',
            lastSeenAt: TEST_NOW,
            branch: null,
            enrolled: true,
            forked: false,
            entriesReceived: 2,
            lastEntryAt: TEST_NOW - 4_000,
            waitingEntries: 3,
            oldestWaitingAt: TEST_NOW - 9_000,
            lagMs: 4_000,
            out: [],
          },
        ],
      },
    ]);
  });

  it.each([
    ['ada', ['m1']],
    ['ADE', ['m2']],
    ['012345678905', ['m1']],
    ['0012345678905', ['m1']],
    ['+49 171 1234567', ['m1']],
    ['0171/1234567', ['m1']],
    ['100 %', ['m3']],
    ['%', []],
    ['da', []],
    ['', ['m3', 'm2', 'm1']],
  ])('finds members by "%s"', async (search, expected) => {
    const { body } = await get(`/members?search=${encodeURIComponent(search)}`);
    expect(membersPageSchema.parse(body).members.map((member) => member.id)).toEqual(expected);
  });

  it('pages members and entries, newest first', async () => {
    const first = membersPageSchema.parse((await get('/members?limit=2')).body);
    const second = membersPageSchema.parse((await get(`/members?limit=2&cursor=${first.next}`)).body);
    expect([first.members.map(({ id }) => id), second.members.map(({ id }) => id), second.next]).toEqual([
      ['m3', 'm2'],
      ['m1'],
      null,
    ]);
    const entries = entriesPageSchema.parse((await get('/entries?limit=2')).body);
    const older = entriesPageSchema.parse((await get(`/entries?limit=100&cursor=${entries.next}`)).body);
    expect([...entries.entries, ...older.entries].map((entry) => entry.position)).toEqual([5, 4, 3, 2, 1]);
  });

  it('shows a member with what head office alone knows', async () => {
    expect(memberDetailSchema.parse((await get('/members/m1')).body)).toEqual({
      id: 'm1',
      displayName: 'Ada',
      firstName: 'Ada',
      cards: ['0012345678905'],
      joined: '2026-01-01',
      blocked: false,
      balances: [{ wallet: 'points', name: 'points', kind: 'points', balance: 7 }],
      visits: 1,
      phone: '+491711234567',
      email: 'ada@example.org',
      birthday: null,
      segments: [],
      entries: 2,
      mergedInto: null,
      tier: null,
      badges: [],
      memberships: [],
      clubs: [],
      lots: [{ wallet: 'points', earned: '2026-06-15', from: null, end: null, amount: 7 }],
    });
    expect(memberDetailSchema.parse((await get('/members/m2')).body).blocked).toBe(true);
    expect((await get('/members/nobody')).status).toBe(404);
  });

  it('shows entries with their flags, money and postings', async () => {
    const [newest, sale] = entriesPageSchema.parse((await get('/entries')).body).entries;
    expect(newest).toMatchObject({
      kind: 'teleport',
      flags: ['unknown-kind'],
      money: null,
      storeName: 'Mitte',
      tillName: 't1',
      seq: 2,
    });
    expect(sale).toMatchObject({
      kind: 'sale',
      member: 'm1',
      memberName: 'Ada',
      money: 350,
      writtenAt: TEST_NOW - 5_000,
      receivedAt: TEST_NOW,
    });
    expect(entriesPageSchema.parse((await get('/members/m1/entries')).body).entries.map(({ kind }) => kind)).toEqual([
      'sale',
      'enrol',
    ]);
  });

  it('makes an enrolment code for a till, and for none that is not there', async () => {
    const headers = { cookie: session.split(';')[0] ?? '' };
    const made = await ho.post(`${CONSOLE_PATH}/tills/t1/enrolment-codes`, {}, headers);
    expect([made.status, enrolmentCodeSchema.parse(made.body).code]).toEqual([
      201,
      expect.stringMatching(/^[2-9A-Z]{5}-[2-9A-Z]{5}$/),
    ]);
    for (const id of ['nobody', 'head-office']) {
      expect((await ho.post(`${CONSOLE_PATH}/tills/${id}/enrolment-codes`, {}, headers)).status).toBe(404);
    }
  });

  it('sends new entries to an open console', async () => {
    const response = await fetch(`${ho.office.url}${CONSOLE_PATH}/events`, {
      headers: { cookie: session.split(';')[0] ?? '' },
    });
    const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader();
    recordSale(till, TEST_NOW, 'm1', 3);
    await ho.push(till, batchOf(till, 3));
    let text = '';
    while (!/event: entry\ndata: (.*)\n\n/.test(text))
      text += Buffer.from((await reader.read()).value ?? []).toString();
    await reader.cancel();
    const entry = consoleEntrySchema.parse(JSON.parse(/event: entry\ndata: (.*)\n\n/.exec(text)?.[1] ?? ''));
    expect([response.headers.get('content-type'), entry.seq, entry.memberName]).toEqual([
      'text/event-stream; charset=utf-8',
      3,
      'Ada',
    ]);
  });

  it('says that it is well', async () => {
    expect(await answerOf(await fetch(`${ho.office.url}/healthz`))).toMatchObject({
      status: 200,
      body: { status: 'ok' },
    });
  });

  it('goes on through another process on the same database', async () => {
    const other = await startSecond(ho);
    const cookie = session.split(';')[0] ?? '';
    const response = await fetch(`${other.url}${CONSOLE_PATH}/overview`, { headers: { cookie } });
    expect(response.status).toBe(200);
    await other.close();
  });
});

async function startSecond(ho: TestHeadOffice): Promise<TestHeadOffice['office']> {
  const { startHeadOffice } = await import('../head-office.ts');
  const { createLog } = await import('../../../base/node/log.ts');
  const log = createLog('second');
  log.level = 'fatal';
  return await startHeadOffice({
    dataFolder: '',
    databaseUrl: ho.databaseUrl,
    port: 0,
    clock: () => ho.clock.now,
    log,
  });
}

/** fetch sets Host itself and tidies paths, so a request that must not is made by hand. */
function rawStatus(url: string, path: string, headers: Record<string, string>): Promise<number | undefined> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}
