import { getEventListeners } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ANSWER_BYTES_MAX, REQUEST_MS_MAX, send, SILENCE_MS_MAX } from './http.ts';
import type { Timers } from './timers.ts';

describe('send', () => {
  let url = '';
  let answer: (response: ServerResponse) => void;
  const http = createServer((_request, response) => answer(response));
  const set: { ms: number; run: () => void; cancelled: boolean }[] = [];
  const timers: Timers = {
    after: (ms, run) => {
      const timer = { ms, run, cancelled: false };
      set.push(timer);
      return { cancel: () => (timer.cancelled = true) };
    },
  };
  const live = (ms: number) => set.filter((timer) => timer.ms === ms && !timer.cancelled);
  const { signal } = new AbortController();

  beforeEach(async () => {
    set.length = 0;
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const address = http.address();
    url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  });
  afterEach(async () => {
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  });

  it('lets an answer come slowly as long as something comes, and leaves no timer and no listener behind', async () => {
    answer = (response) => {
      response.write('{"a":');
      setImmediate(() => response.end('1}'));
    };
    const got = await send({ fetch, timers }, { url, signal });
    expect(got).toMatchObject({ ok: true, value: { status: 200, text: '{"a":1}' } });
    expect(set.filter(({ ms }) => ms === SILENCE_MS_MAX).length).toBeGreaterThan(1);
    expect(set.every(({ cancelled }) => cancelled)).toBe(true);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it.each([SILENCE_MS_MAX, REQUEST_MS_MAX])(
    'gives up %i ms after the start of it where the answer does not end',
    async (ms) => {
      answer = (response) => {
        response.write('half', () => setImmediate(() => live(ms).forEach(({ run }) => run())));
      };
      expect(await send({ fetch, timers }, { url, signal })).toMatchObject({
        ok: false,
        error: { code: 'head-office-silent' },
      });
    },
  );

  it('reads no more than any answer may have', async () => {
    answer = (response) => {
      response.on('error', () => undefined);
      response.end(Buffer.alloc(ANSWER_BYTES_MAX + 1));
    };
    expect(await send({ fetch, timers }, { url, signal })).toMatchObject({
      ok: false,
      error: { code: 'head-office-failed' },
    });
  });

  it.each([undefined, {}])(
    'follows no redirect: entries and tokens are for the address that was given',
    async (body) => {
      const asked: unknown[] = [];
      answer = (response) => {
        asked.push(response.req.url);
        if (response.req.url === '/there') response.end('{}');
        else response.writeHead(307, { location: '/there' }).end();
      };
      const request = body === undefined ? { url, signal } : { url, signal, body };
      expect((await send({ fetch, timers }, request)).ok).toBe(false);
      expect(asked).toEqual(['/']);
    },
  );

  it('tells a line that is down from an answer that was lost', async () => {
    answer = (response) => response.socket?.destroy();
    expect(await send({ fetch, timers }, { url, signal })).toMatchObject({ error: { code: 'head-office-silent' } });
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const address = closed.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await new Promise((resolve) => closed.close(resolve));
    expect(await send({ fetch, timers }, { url: `http://127.0.0.1:${port}`, signal })).toMatchObject({
      error: { code: 'head-office-unreachable' },
    });
  });

  it('sends nothing once it was cut', async () => {
    let requests = 0;
    answer = (response) => {
      requests += 1;
      response.end();
    };
    const cable = new AbortController();
    cable.abort();
    expect(await send({ fetch, timers }, { url, signal: cable.signal })).toMatchObject({
      ok: false,
      error: { code: 'cut' },
    });
    expect([requests, set]).toEqual([0, []]);
  });
});
