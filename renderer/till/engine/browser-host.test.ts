import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALMA_CARD } from '../testing/example-shop.ts';
import { stageTill, type StagedTill } from '../testing/staged-till.ts';
import { engineClient, type EngineState } from './engine-client.ts';
import { hasSession, takeSession } from './session.ts';
import { socketTransport } from './socket-transport.ts';
import { BROWSER_CLOCK } from './transport.ts';

let staged: StagedTill;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'loyaltill-screen-'));
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html>');
  staged = await stageTill({ rendererFolder: folder });
});
afterAll(async () => {
  await staged.close();
  rmSync(folder, { recursive: true });
});

/** What a browser does by itself: keeps the cookie, sends it and the origin. */
function browser() {
  const origin = new URL(staged.host.url).origin;
  let cookie = '';
  const headers = () => ({ origin, cookie });
  // The page asks for paths, never with a Request.
  const fetched: typeof fetch = async (address, init) => {
    const answer = await fetch(new URL(address as string /* as said above */, origin), {
      ...init,
      headers: { ...init?.headers, ...headers() },
    });
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    return answer;
  };
  const page = { history: { replaceState: () => undefined }, fetch: fetched };
  return {
    take: (address: string) => takeSession({ ...page, location: new URL(address) }),
    client: () =>
      engineClient(
        socketTransport({
          open: () => new WebSocket(`${origin.replace(/^http/, 'ws')}/engine`, { headers: headers() } as never), // Node takes headers here
          hasSession: () => hasSession(page),
          clock: BROWSER_CLOCK,
        }),
        BROWSER_CLOCK,
      ),
  };
}

describe('over the real browser host', () => {
  it('a browser that came by the start address asks the engine and hears its events', async () => {
    const own = browser();
    await own.take(staged.host.startAddress());
    const client = own.client();
    const heard: string[] = [];
    client.onEvent('status', (status) => heard.push(status.connection.state));
    client.start();
    expect(await client.callEngine('member.identify', { card: ALMA_CARD })).toMatchObject({
      ok: true,
      value: {
        displayName: 'Alma',
        balances: [
          { wallet: 'points', balance: 124 },
          { wallet: 'stamps', balance: 8 },
        ],
      },
    });
    staged.overlay({ connection: { state: 'online' } });
    await expect.poll(() => heard.at(-1)).toBe('online');
  });

  it('a browser without a session is told so, and one whose token was used before has none', async () => {
    const address = staged.host.startAddress();
    await browser().take(address);
    const late = browser();
    await late.take(address);
    const client = late.client();
    const states: EngineState[] = [];
    client.onState((state) => states.push(state));
    client.start();
    await expect.poll(() => states.at(-1)).toBe('no-session');
  });
});
