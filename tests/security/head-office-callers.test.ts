/**
 * Who may call what at head office: every address that the server itself names, by every kind of caller. A new address without a line here fails,
 * so nobody opens one without saying for whom.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateSigningKeys, signer } from '../../base/node/signing.ts';
import { headToSign } from '../../ledger/chain.ts';
import {
  ALLOWANCES_PATH,
  CHECKSUM_ROWS_PATH,
  CHECKSUMS_PATH,
  ENROL_PATH,
  FEED_PATH,
  OWN_ENTRIES_PATH,
  PUSH_PATH,
  SALVAGE_PATH,
  SNAPSHOT_CHUNK_PATH,
  SNAPSHOT_PATH,
  WAKE_PATH,
} from '../../sync/protocol/paths.ts';
import { CONSOLE_COOKIE, CONSOLE_SESSION_SECONDS } from '../../sync/server/http/console-session.ts';
import { testServers } from '../../sync/server/testing/databases.ts';
import { startTestHeadOffice, type TestHeadOffice } from '../../sync/server/testing/test-head-office.ts';
import { batchOf, headOf, recordSale, tokenOf, type TestTill } from '../../sync/server/testing/test-till.ts';
import { ask, type Asked } from './http-caller.ts';

const CALLERS = [
  'nobody',
  'wrong token',
  'ended token',
  'token for too long',
  'other key',
  'other organisation',
  'till',
  'earlier incarnation',
  'other till',
  'session',
  'ended session',
  'cross-site session',
  'other host',
] as const;
type Caller = (typeof CALLERS)[number];
type Row = Readonly<Record<Caller, number>>;

const NO_TOKEN = {
  nobody: 401,
  'wrong token': 401,
  'ended token': 401,
  'token for too long': 401,
  'other key': 401,
  'other organisation': 401,
  session: 401,
  'ended session': 401,
  'cross-site session': 401,
  'other host': 401,
} as const;
/** Any till may read what all tills get. */
const TILLS: Row = { ...NO_TOKEN, till: 200, 'earlier incarnation': 200, 'other till': 200 };
/** A till sends and asks for what is its own; each incarnation in its own name. */
const OWN_STREAM: Row = { ...TILLS, 'earlier incarnation': 403, 'other till': 403 };
const OWN_TILL: Row = { ...TILLS, 'other till': 403 };
/** A browser of head office with a session; no token of a till opens it, and no other page may use it. */
const CONSOLE: Row = {
  ...NO_TOKEN,
  till: 401,
  'earlier incarnation': 401,
  'other till': 401,
  session: 200,
  'cross-site session': 403,
  'other host': 421,
};
const SITE: Row = { ...everybody(200), 'cross-site session': 403, 'other host': 421 };

const TABLE: Readonly<Record<string, Row>> = {
  // Without a code, whoever asks; what wrong ones lead to is in enrol.test.ts.
  [`POST ${ENROL_PATH}`]: everybody(400),
  [`POST ${PUSH_PATH}`]: OWN_STREAM,
  [`POST ${ALLOWANCES_PATH}`]: OWN_STREAM,
  [`POST ${SALVAGE_PATH}`]: OWN_STREAM,
  [`GET ${OWN_ENTRIES_PATH}`]: OWN_TILL,
  [`GET ${FEED_PATH}`]: TILLS,
  [`GET ${WAKE_PATH}`]: TILLS,
  [`GET ${CHECKSUMS_PATH}`]: TILLS,
  [`GET ${CHECKSUM_ROWS_PATH}`]: TILLS,
  [`GET ${SNAPSHOT_PATH}`]: TILLS,
  // No snapshot was made: who may ask hears that.
  [`GET ${SNAPSHOT_CHUNK_PATH}/:hash`]: { ...TILLS, till: 404, 'earlier incarnation': 404, 'other till': 404 },
  'GET /healthz': everybody(200),
  // A one-time token that is wrong.
  'POST /console/v1/session': { ...CONSOLE, session: 401 },
  'GET /console/v1/overview': CONSOLE,
  'GET /console/v1/members': CONSOLE,
  'GET /console/v1/members/:id': { ...CONSOLE, session: 404 },
  'GET /console/v1/members/:id/entries': CONSOLE,
  'GET /console/v1/entries': CONSOLE,
  'GET /console/v1/events': CONSOLE,
  'POST /console/v1/tills/:id/enrolment-codes': { ...CONSOLE, session: 201 },
  'GET /*': SITE,
};

function everybody(status: number): Row {
  return Object.fromEntries(CALLERS.map((caller) => [caller, status])) as Row; // of all callers
}

const [server] = testServers();

describe.runIf(server !== undefined)('callers of head office', () => {
  let ho: TestHeadOffice;
  let folder: string;
  let till: TestTill;
  const headers = new Map<Caller, Readonly<Record<string, string>>>();
  const requests = new Map<string, Omit<Asked, 'method' | 'headers'>>();

  beforeAll(async () => {
    if (server === undefined) return;
    folder = mkdtempSync(path.join(os.tmpdir(), 'loyaltill-callers-'));
    writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>Console</title>');
    ho = await startTestHeadOffice(server, { consoleFolder: folder });
    const earlier = await ho.enrolTill('t1');
    till = await ho.enrolAgain(earlier);
    const other = await ho.enrolTill('t2');
    for (const one of [earlier, till]) recordSale(one, ho.clock.now, null, 0);
    await addHeaders(earlier, other);
    addRequests(earlier);
  });
  afterAll(async () => {
    await ho.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const addHeaders = async (earlier: TestTill, other: TestTill): Promise<void> => {
    const { now } = ho.clock;
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
    const stranger: TestTill = {
      ...till,
      identity: { ...till.identity, inc: 'of-another-organisation' as never }, // no incarnation of this one
      signer: signer(generateSigningKeys()),
    };
    const session = async (): Promise<string> => {
      const token = new URL(ho.office.consoleAddress()).hash.slice('#token='.length);
      const opened = await ask(ho.office.url, { method: 'POST', path: '/console/v1/session', body: { token } });
      return /loyaltill_console=([^;]+)/.exec(String(opened.headers['set-cookie']))?.[1] ?? '';
    };
    const cookie = (value: string) => ({ cookie: `${CONSOLE_COOKIE}=${value}` });
    ho.clock.now = now - CONSOLE_SESSION_SECONDS * 1000 - 1_000;
    const ended = await session();
    ho.clock.now = now;
    const open = cookie(await session());
    headers.set('nobody', {});
    headers.set('wrong token', bearer('a.b.c'));
    headers.set('ended token', bearer(await tokenOf(till, now - 3_600_000)));
    headers.set('token for too long', bearer(await tokenOf(till, now + 3_600_000)));
    headers.set('other key', bearer(await tokenOf(till, now, signer(generateSigningKeys()))));
    headers.set('other organisation', bearer(await tokenOf(stranger, now)));
    headers.set('till', bearer(await tokenOf(till, now)));
    headers.set('earlier incarnation', bearer(await tokenOf(earlier, now)));
    headers.set('other till', bearer(await tokenOf(other, now)));
    headers.set('session', open);
    headers.set('ended session', cookie(ended));
    headers.set('cross-site session', { ...open, origin: 'https://evil.example' });
    headers.set('other host', { ...open, host: 'evil.example' });
  };

  /** Each is right for the till, or for a session. */
  const addRequests = (earlier: TestTill): void => {
    const { inc } = earlier.identity;
    const salvaged = batchOf(earlier);
    const salvage = {
      protocol: 1,
      till: till.identity.till.id,
      inc: till.identity.inc,
      of: inc,
      fromSeq: 1,
      fromHead: salvaged.fromHead,
      entries: salvaged.entries,
      toHead: salvaged.toHead,
      signature: till.signer.sign(headToSign(headOf(earlier))),
      profiles: [],
    };
    const add = (route: string, path: string, body?: unknown): void =>
      void requests.set(route, body === undefined ? { path } : { path, body });
    add(`POST ${ENROL_PATH}`, ENROL_PATH, {});
    add(`POST ${PUSH_PATH}`, PUSH_PATH, batchOf(till));
    const wants = [{ account: 'nobody', wallet: 'points', amount: 1 }];
    const own = { till: till.identity.till.id, inc: till.identity.inc };
    add(`POST ${ALLOWANCES_PATH}`, ALLOWANCES_PATH, { protocol: 1, ...own, wants });
    add(`POST ${SALVAGE_PATH}`, SALVAGE_PATH, salvage);
    add(`GET ${OWN_ENTRIES_PATH}`, `${OWN_ENTRIES_PATH}?inc=${inc}&after=0`);
    add(`GET ${FEED_PATH}`, `${FEED_PATH}?after=0`);
    add(`GET ${WAKE_PATH}`, `${WAKE_PATH}?after=0`);
    add(`GET ${CHECKSUMS_PATH}`, `${CHECKSUMS_PATH}?from=0`);
    add(`GET ${CHECKSUM_ROWS_PATH}`, `${CHECKSUM_ROWS_PATH}?range=0`);
    add(`GET ${SNAPSHOT_PATH}`, `${SNAPSHOT_PATH}?after=0`);
    add(`GET ${SNAPSHOT_CHUNK_PATH}/:hash`, `${SNAPSHOT_CHUNK_PATH}/${'0'.repeat(64)}`);
    add('POST /console/v1/session', '/console/v1/session', { token: 'wrong' });
    add('GET /console/v1/members/:id', '/console/v1/members/nobody');
    add('GET /console/v1/members/:id/entries', '/console/v1/members/nobody/entries');
    add('POST /console/v1/tills/:id/enrolment-codes', '/console/v1/tills/t2/enrolment-codes', {});
    add('GET /*', '/index.html');
  };

  it('are all in the table: each address that the server names', () => {
    const named = new Set(ho.office.routes.filter((route) => !/^(HEAD|OPTIONS) /.test(route)));
    expect([...named].toSorted()).toEqual(Object.keys(TABLE).toSorted());
  });

  it.each(Object.keys(TABLE))('are answered by who they are: %s', async (route) => {
    const [method = '', address = ''] = route.split(' ');
    const asked = requests.get(route) ?? { path: address };
    const statuses: Partial<Record<Caller, number>> = {};
    for (const caller of CALLERS) {
      const answer = await ask(ho.office.url, { method, ...asked, headers: headers.get(caller) ?? {} });
      statuses[caller] = answer.status;
    }
    expect(statuses).toEqual(TABLE[route]);
  });
});
