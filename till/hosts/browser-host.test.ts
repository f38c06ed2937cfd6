import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { present } from '../../base/assert.ts';
import { MESSAGE_BYTES_MAX } from '../contract/messages.ts';
import type { EngineAnswer } from '../transport/engine-handle.ts';
import { startBrowserHost, type BrowserHost, type BrowserHostOptions } from './browser-host.ts';
import { connectSocket, type TestSocket } from './testing/test-socket.ts';

const SILENT = pino({ level: 'silent' });
type Listener = (name: 'status', payload: unknown) => void;

let folder: string;
let nowMs: number;
let listeners: Set<Listener>;
let calls: { name: string; input: unknown }[];
const toClose: { close(): unknown }[] = [];

const engine = {
  call(name: string, input: unknown): Promise<EngineAnswer> {
    calls.push({ name, input });
    return Promise.resolve({ ok: true, value: { name } });
  },
  subscribe(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'browser-host-'));
  mkdirSync(path.join(folder, 'screen'));
  writeFileSync(path.join(folder, 'screen', 'index.html'), '<!doctype html><title>till</title>');
  writeFileSync(path.join(folder, 'secret.txt'), 'not for screens');
  nowMs = 0;
  listeners = new Set();
  calls = [];
});

afterEach(async () => {
  for (const one of toClose.splice(0).reverse()) await one.close();
  rmSync(folder, { recursive: true });
});

async function start(more: Partial<BrowserHostOptions> = {}): Promise<BrowserHost> {
  const started = await startBrowserHost({
    engine,
    port: 0,
    rendererFolder: path.join(folder, 'screen'),
    log: SILENT,
    nowMs: () => nowMs,
    ...more,
  });
  if (!started.ok) throw new Error(started.error.message);
  toClose.push(started.value);
  return started.value;
}

const originOf = (host: BrowserHost): string => new URL(host.url).origin;
const tokenOf = (address: string): string =>
  present(/#token=([\w-]{43})$/.exec(address)?.[1], 'no token in the address');

function enter(host: BrowserHost, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${host.url}session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: originOf(host), ...headers },
    body: JSON.stringify(body),
  });
}

async function sessionCookie(host: BrowserHost): Promise<string> {
  const answer = await enter(host, { token: tokenOf(host.startAddress()) });
  return present(answer.headers.getSetCookie()[0]?.split(';')[0], 'no cookie');
}

async function connect(host: BrowserHost, headers: Record<string, string>): Promise<TestSocket> {
  const socket = await connectSocket(`${host.url.replace('http', 'ws')}engine`, headers);
  toClose.push(socket);
  return socket;
}

/** With headers that fetch does not let out of hand. */
function raw(
  host: BrowserHost,
  target: string,
  headers: Record<string, string>,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { host: '127.0.0.1', port: new URL(host.url).port, path: target, headers },
      (answer) => {
        let body = '';
        answer.on('data', (part: Buffer) => (body += part.toString()));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
      },
    );
    request.on('error', reject).end();
  });
}

describe('the page', () => {
  it('is served with a policy that allows its own files and its own host', async () => {
    const host = await start();
    const answer = await fetch(host.url);
    const { host: name } = new URL(host.url);
    expect({
      text: await answer.text(),
      csp: answer.headers.get('content-security-policy'),
      sniff: answer.headers.get('x-content-type-options'),
      hsts: answer.headers.get('strict-transport-security'),
    }).toEqual({
      text: '<!doctype html><title>till</title>',
      csp: `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self' ws://${name}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      sniff: 'nosniff',
      hsts: null,
    });
  });

  it.each(['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '//etc/passwd'])(
    'does not serve %s',
    async (target) => {
      const { status, body } = await raw(await start(), target, {});
      expect([status >= 400, body.includes('not for screens') || body.includes('root:')]).toEqual([true, false]);
    },
  );

  it('answers only under its own name, so that a name pointed here gets nothing', async () => {
    const host = await start();
    const { status, body } = await raw(host, '/', { host: 'evil.example' });
    expect({ status, code: (JSON.parse(body) as { code: string }).code }).toEqual({ status: 403, code: 'wrong-host' }); // problem+json
  });
});

describe('the start token', () => {
  it('becomes a cookie that no script reads and no other site sends', async () => {
    const host = await start();
    const answer = await enter(host, { token: tokenOf(host.startAddress()) });
    expect({ status: answer.status, cookie: answer.headers.getSetCookie() }).toEqual({
      status: 204,
      cookie: [
        expect.stringMatching(
          new RegExp(`^loyaltill_${new URL(host.url).port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
        ) as string,
      ], // asymmetric matcher
    });
  });

  it('gives a session that outlives the host where there is a file for it, digests only', async () => {
    const sessionsFile = path.join(folder, 'sessions.json');
    const first = await start({ sessionsFile });
    const { port } = new URL(first.url);
    const cookie =
      (await enter(first, { token: tokenOf(first.startAddress()) })).headers.getSetCookie()[0]?.split(';')[0] ?? '';
    await first.close();
    const second = await start({ sessionsFile, port: Number(port) });
    const session = (sent: string) => fetch(new URL('/session', second.url), { headers: { cookie: sent } });
    expect([(await session(cookie)).status, (await session(`${cookie}x`)).status]).toEqual([204, 401]);
    expect(readFileSync(sessionsFile, 'utf8')).not.toContain(cookie.split('=')[1] ?? '');
    writeFileSync(sessionsFile, 'not JSON');
    expect((await start({ sessionsFile })).url).toMatch(/^http/);
  });

  it('works once', async () => {
    const host = await start();
    const token = tokenOf(host.startAddress());
    const [first, second] = [await enter(host, { token }), await enter(host, { token })];
    expect([first.status, second.status, ((await second.json()) as { code: string }).code]).toEqual([
      204,
      401,
      'wrong-token',
    ]); // problem+json
  });

  it('works for 60 s and no longer', async () => {
    const host = await start();
    const [inTime, late] = [tokenOf(host.startAddress()), tokenOf(host.startAddress())];
    nowMs = 59_999;
    const first = await enter(host, { token: inTime });
    nowMs = 60_000;
    expect([first.status, (await enter(host, { token: late })).status]).toEqual([204, 401]);
  });

  it('is fresh in every address, and each works', async () => {
    const host = await start();
    const tokens = [host.startAddress(), host.startAddress()].map(tokenOf);
    const answers = await Promise.all(tokens.map((token) => enter(host, { token })));
    expect([new Set(tokens).size, answers.map(({ status }) => status)]).toEqual([2, [204, 204]]);
  });

  it.each([
    ['a wrong token', { token: 'guess' }, {}, 401],
    ['another origin', { token: 'guess' }, { origin: 'http://evil.example' }, 403],
    ['another port of this computer', { token: 'guess' }, { origin: 'http://127.0.0.1:1' }, 403],
    ['a field too many', { token: 'guess', more: 1 }, {}, 400],
    ['no object', 'guess', {}, 400],
    ['10 MB', { token: 'x'.repeat(10_000_000) }, {}, 413],
  ])('does not let in %s', async (_what, body, headers, status) => {
    const answer = await enter(await start(), body, headers);
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([status, []]);
  });

  it('cannot be guessed at any speed', async () => {
    const host = await start();
    const statuses: number[] = [];
    for (let guess = 0; guess < 12; guess += 1) statuses.push((await enter(host, { token: `guess ${guess}` })).status);
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429]);
  });
});

describe('the session', () => {
  it('says whether this browser is let in', async () => {
    const host = await start();
    const cookie = await sessionCookie(host);
    const [without, wrong, right] = await Promise.all(
      ['', 'loyaltill=1', cookie].map((value) => fetch(`${host.url}session`, { headers: { cookie: value } })),
    );
    expect([without?.status, wrong?.status, right?.status]).toEqual([401, 401, 204]);
  });

  it('ends with the host', async () => {
    const first = await start();
    const cookie = (await sessionCookie(first)).split('=')[1];
    const second = await start();
    const answer = await fetch(`${second.url}session`, {
      headers: { cookie: `loyaltill_${new URL(second.url).port}=${cookie}` },
    });
    expect(answer.status).toBe(401);
  });
});

describe('the engine over a WebSocket', () => {
  it('answers calls and sends events', async () => {
    const host = await start();
    const socket = await connect(host, { origin: originOf(host), cookie: await sessionCookie(host) });
    socket.send(JSON.stringify({ type: 'call', id: 1, name: 'till.status', input: {} }));
    const answer = await socket.next();
    listeners.forEach((listener) => listener('status', { online: true }));
    expect({ answer, event: await socket.next(), calls }).toEqual({
      answer: { type: 'answer', id: 1, ok: true, value: { name: 'till.status' } },
      event: { type: 'event', name: 'status', payload: { online: true } },
      calls: [{ name: 'till.status', input: {} }],
    });
  });

  it.each([
    ['without a session', (host: BrowserHost) => ({ origin: originOf(host) }), 401],
    [
      'with a cookie that is none',
      (host: BrowserHost) => ({ origin: originOf(host), cookie: `loyaltill_${new URL(host.url).port}=guess` }),
      401,
    ],
    ['from another origin', () => ({ origin: 'http://evil.example' }), 403],
    ['without an origin', () => ({}), 403],
  ])('is refused %s', async (_what, headers, status) => {
    const host = await start();
    await expect(connect(host, headers(host))).rejects.toThrow(`refused with ${status}`);
    expect(listeners.size).toBe(0);
  });

  it('is refused from another origin, session or not', async () => {
    const host = await start();
    const cookie = await sessionCookie(host);
    await expect(connect(host, { origin: 'http://evil.example', cookie })).rejects.toThrow('refused with 403');
  });

  it('goes on after rubbish, and refuses what names a call', async () => {
    const host = await start();
    const socket = await connect(host, { origin: originOf(host), cookie: await sessionCookie(host) });
    socket.send('{"type":"call"');
    socket.send(JSON.stringify({ type: 'call', id: 9, name: 'till.explode', input: {} }));
    socket.send(JSON.stringify({ type: 'call', id: 10, name: 'till.status', input: {} }));
    expect([await socket.next(), await socket.next()]).toMatchObject([
      { id: 9, ok: false, error: { code: 'invalid-request', path: 'name' } },
      { id: 10, ok: true },
    ]);
  });

  it('closes a connection that sends a frame of 10 MB or binary, and serves the others', async () => {
    const host = await start();
    const headers = { origin: originOf(host), cookie: await sessionCookie(host) };
    const [tooLong, binary, well] = [
      await connect(host, headers),
      await connect(host, headers),
      await connect(host, headers),
    ];
    tooLong.send('x'.repeat(10 * MESSAGE_BYTES_MAX));
    binary.send(Buffer.from('{}'));
    const codes = [await tooLong.closed(), await binary.closed()];
    well.send(JSON.stringify({ type: 'call', id: 1, name: 'till.status', input: {} }));
    expect({ codes, answer: await well.next(), calls: calls.length }).toMatchObject({
      codes: [1009, 1003],
      answer: { id: 1, ok: true },
      calls: 1,
    });
  });

  it('stops listening to the engine when the screen goes', async () => {
    const host = await start();
    const socket = await connect(host, { origin: originOf(host), cookie: await sessionCookie(host) });
    const while_ = listeners.size;
    socket.close();
    await socket.closed();
    await expect.poll(() => listeners.size).toBe(0);
    expect(while_).toBe(1);
  });
});

describe('a port that is taken', () => {
  it('is named in the refusal', async () => {
    const first = await start();
    const port = Number(new URL(first.url).port);
    const second = await startBrowserHost({ engine, port, rendererFolder: path.join(folder, 'screen'), log: SILENT });
    expect(second).toEqual({
      ok: false,
      error: { code: 'port-taken', message: expect.stringContaining(`Port ${port} `) as string },
    }); // asymmetric matcher
  });
});
