/** Who may call what at a till, by every address that its POS API and its browser host themselves name. A new one without a line here fails. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { present } from '../../base/assert.ts';
import { startBrowserHost, type BrowserHost } from '../../till/hosts/browser-host.ts';
import { startPosApi, type PosApi } from '../../till/pos-api/pos-api.ts';
import { posToken } from '../../till/pos-api/token.ts';
import { openTestTill, type TestTill } from '../../till/testing/test-till.ts';
import { ask } from './http-caller.ts';

const served = (routes: readonly string[]): string[] =>
  [...new Set(routes.filter((route) => !/^(HEAD|OPTIONS) /.test(route)))].toSorted();
/** With something in the place of each parameter. */
const addressOf = (route: string): string => (route.split(' ')[1] ?? '').replaceAll(/:\w+/g, 'nobody');

describe('callers of the POS API', () => {
  let till: TestTill;
  let api: PosApi;
  const OPEN = ['GET /openapi.json'];

  beforeAll(async () => {
    till = await openTestTill();
    const started = await startPosApi({ engine: till.engine, dataFolder: till.dataFolder, port: 0 });
    if (!started.ok) throw new Error(started.error.message);
    api = started.value;
  });
  afterAll(async () => {
    await api.close();
    await till.close();
  });

  it('get nothing at any address without the token, or by another name of this machine', async () => {
    const routes = served(api.routes);
    expect(routes.length).toBeGreaterThan(10);
    const token = posToken(till.dataFolder);
    const callers = {
      nobody: {},
      'wrong token': { authorization: 'Bearer wrong' },
      'token in another form': { authorization: `Basic ${token}` },
      'other host': { authorization: `Bearer ${token}`, host: 'evil.example' },
    };
    const letIn: string[] = [];
    for (const route of routes) {
      for (const [caller, headers] of Object.entries(callers)) {
        const [method = ''] = route.split(' ');
        const { status } = await ask(api.url, { method, path: addressOf(route), headers });
        const open = OPEN.includes(route) && caller !== 'other host';
        if (status !== (open ? 200 : 401)) letIn.push(`${route}, ${caller}: ${status}`);
      }
    }
    expect(letIn).toEqual([]);
  });

  it('with the token are heard at every address', async () => {
    const headers = { authorization: `Bearer ${posToken(till.dataFolder)}` };
    const shut: string[] = [];
    for (const route of served(api.routes)) {
      const [method = ''] = route.split(' ');
      const { status } = await ask(api.url, { method, path: addressOf(route), headers });
      if ([401, 403, 500].includes(status)) shut.push(`${route}: ${status}`);
    }
    expect(shut).toEqual([]);
  });
});

const CALLERS = ['nobody', 'wrong session', 'session', 'cross-site session', 'other host'] as const;
type Row = Readonly<Record<(typeof CALLERS)[number], number>>;

const TABLE: Readonly<Record<string, Row>> = {
  // A token that is wrong.
  'POST /session': { nobody: 401, 'wrong session': 401, session: 401, 'cross-site session': 403, 'other host': 403 },
  'GET /session': { nobody: 401, 'wrong session': 401, session: 204, 'cross-site session': 204, 'other host': 403 },
  // Without an upgrade nobody is served there; who may not is told before that.
  'GET /engine': { nobody: 401, 'wrong session': 401, session: 404, 'cross-site session': 403, 'other host': 403 },
  // The page itself is no secret.
  'GET /*': { nobody: 200, 'wrong session': 200, session: 200, 'cross-site session': 200, 'other host': 403 },
};

describe('callers of the browser host', () => {
  let folder: string;
  let host: BrowserHost;
  let cookie: string;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'loyaltill-callers-'));
    writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>Till</title>');
    const engine = { call: () => Promise.reject(new Error('nobody calls')), subscribe: () => () => undefined };
    const started = await startBrowserHost({ engine, port: 0, rendererFolder: folder, log: pino({ level: 'silent' }) });
    if (!started.ok) throw new Error(started.error.message);
    host = started.value;
    const token = new URL(host.startAddress()).hash.slice('#token='.length);
    const origin = new URL(host.url).origin;
    const opened = await ask(host.url, { method: 'POST', path: '/session', headers: { origin }, body: { token } });
    cookie = present(/^[^;]+/.exec(String(opened.headers['set-cookie']))?.[0], 'a session was opened');
  });
  afterAll(async () => {
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('are all in the table: each address that the host names', () => {
    expect(served(host.routes)).toEqual(Object.keys(TABLE).toSorted());
  });

  it.each(Object.keys(TABLE))('are answered by who they are: %s', async (route) => {
    const { origin } = new URL(host.url);
    const headers = {
      nobody: { origin },
      'wrong session': { origin, cookie: `${cookie.split('=')[0] ?? ''}=wrong` },
      session: { origin, cookie },
      'cross-site session': { origin: 'https://evil.example', cookie },
      'other host': { origin, cookie, host: 'evil.example' },
    };
    const statuses: Partial<Record<(typeof CALLERS)[number], number>> = {};
    for (const caller of CALLERS) {
      const [method = ''] = route.split(' ');
      const path = route === 'GET /*' ? '/index.html' : addressOf(route);
      const body = method === 'POST' ? { body: { token: 'wrong' } } : {};
      const answer = await ask(host.url, { method, path, headers: headers[caller], ...body });
      statuses[caller] = answer.status;
    }
    expect(statuses).toEqual(TABLE[route]);
  });
});
