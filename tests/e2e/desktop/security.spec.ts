/** Electron's security checklist, line by line, on the packaged app: what a page could do is tried from the page. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from '@playwright/test';
import { test } from './desktop-till.ts';

test('the page runs in the sandbox, isolated, without Node', async ({ sharedTill }) => {
  const { app, page } = sharedTill;
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
    }; // not in Electron's types
    const { contextIsolation, sandbox, nodeIntegration, webSecurity, webviewTag } = contents.getLastWebPreferences();
    return { contextIsolation, sandbox, nodeIntegration, webSecurity, webviewTag };
  });
  expect(preferences).toEqual({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  });
  const seen = await page.evaluate(() => [
    typeof Reflect.get(window, 'process'),
    typeof Reflect.get(window, 'require'),
    typeof Reflect.get(window, 'Buffer'),
  ]);
  expect(seen).toEqual(['undefined', 'undefined', 'undefined']);
  const pid = await app.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
  );
  expect(/^Seccomp:\s*(\d)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]).toBe('2'); // the kernel filters its calls
});

test('the preload exposes a platform and a way to ask for the port, and nothing can be changed or added', async ({
  sharedTill,
}) => {
  const { page } = sharedTill;
  const shape = await page.evaluate(() => {
    const own = Object.entries(window.loyaltill).map(([name, value]) => [name, typeof value]);
    const globals = Object.keys(window).filter((name) => /electron|ipc|node|loyaltill/i.test(name));
    return { own, globals, frozen: Object.isFrozen(window.loyaltill), answer: window.loyaltill.requestEnginePort() };
  });
  expect(shape).toEqual({
    own: [
      ['platform', 'string'],
      ['requestEnginePort', 'function'],
    ],
    globals: ['loyaltill'],
    frozen: true,
    answer: undefined,
  });
});

test('the page comes from till://app with its policy in the header', async ({ sharedTill }) => {
  const { app, page } = sharedTill;
  expect(page.url()).toBe('till://app/index.html');
  const headers = await app.evaluate(async ({ net }) =>
    Object.fromEntries((await net.fetch('till://app/index.html')).headers),
  );
  expect(headers).toMatchObject({
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'content-type': 'text/html; charset=utf-8',
  });
});

test('the scheme serves the built page and nothing around it', async ({ sharedTill }) => {
  const { app } = sharedTill;
  const statuses = await app.evaluate(async ({ net }) => {
    const answers: Record<string, number> = {};
    const addresses = [
      'till://app/',
      'till://app/..%2f..%2fpackage.json',
      'till://app/%2e%2e/electron/main.cjs',
      'till://other/index.html',
      'till://app/assets',
    ];
    for (const address of addresses) answers[address] = (await net.fetch(address)).status;
    return answers;
  });
  expect(statuses).toEqual({
    'till://app/': 200,
    'till://app/..%2f..%2fpackage.json': 404,
    'till://app/%2e%2e/electron/main.cjs': 404,
    'till://other/index.html': 404,
    'till://app/assets': 404,
  });
});

test('the policy stops eval, inline scripts, frames and every connection', async ({ sharedTill }) => {
  const { page } = sharedTill;
  const outcome = await page.evaluate(async () => {
    const violations: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      violations.push(effectiveDirective),
    );
    const failure = async (work: () => unknown): Promise<string> => {
      try {
        await work();
        return 'allowed';
      } catch (error) {
        return error instanceof Error ? error.name : 'other';
      }
    };
    // Not in the call that the debugger makes: there eval is allowed.
    await new Promise((resolve) => setTimeout(resolve));
    const evaluated = await failure(() => Reflect.construct(Function, ['return 1']));
    const connections = [];
    for (const address of [
      'https://example.org/',
      'http://127.0.0.1:1/',
      'till://app/index.html',
      'file:///etc/passwd',
    ]) {
      connections.push(await failure(() => fetch(address)));
    }
    const socket = await failure(
      () =>
        new Promise((resolve, reject) =>
          Object.assign(new WebSocket('ws://127.0.0.1:1/'), {
            onopen: resolve,
            onerror: () => reject(new TypeError('closed')),
          }),
        ),
    );
    const script = document.createElement('script');
    script.textContent = 'window.inlineRan = true';
    document.body.append(script);
    const frame = document.createElement('iframe');
    frame.src = 'till://app/index.html';
    document.body.append(frame);
    while (!violations.includes('frame-src')) await new Promise((resolve) => setTimeout(resolve, 20)); // it is reported late
    return {
      evaluated,
      connections,
      socket,
      inline: Reflect.get(window, 'inlineRan') ?? 'no',
      violations: violations.sort(),
    };
  });
  expect(outcome).toEqual({
    evaluated: 'EvalError',
    connections: ['TypeError', 'TypeError', 'TypeError', 'TypeError'],
    socket: 'TypeError',
    inline: 'no',
    violations: [...Array<string>(5).fill('connect-src'), 'frame-src', 'script-src', 'script-src-elem'],
  });
});

test('requests that are not for the page itself end behind the policy too', async ({ sharedTill }) => {
  let reached = 0;
  const server = createServer((_request, answer) => {
    reached += 1;
    answer.end('reached');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const failure = await sharedTill.app.evaluate(
    ({ session }, url) => session.defaultSession.fetch(url).then(() => 'allowed', String),
    `http://127.0.0.1:${port}/`,
  );
  server.close();
  expect([failure, reached]).toEqual([expect.stringContaining('ERR_BLOCKED_BY_CLIENT'), 0]);
});

test('the page cannot leave, open windows or take in guests', async ({ sharedTill }) => {
  const { app, page } = sharedTill;
  const opened = await page.evaluate(() =>
    [window.open('https://example.org/'), window.open('till://app/index.html')].map((one) => one === null),
  );
  await page.evaluate(() => {
    Reflect.set(window, 'stayed', true);
    window.location.href = 'https://example.org/';
  });
  await page.evaluate(() => {
    window.location.href = 'till://app/assets/other.html';
  });
  await page.evaluate(() => {
    const link = Object.assign(document.createElement('a'), { href: 'till://app/other.html', textContent: 'away' });
    document.body.append(link);
    link.click();
    const form = Object.assign(document.createElement('form'), { action: 'till://app/other.html', method: 'post' });
    document.body.append(form);
    form.submit();
    document.body.append(Object.assign(document.createElement('webview'), { src: 'https://example.org/' }));
  });
  await expect.poll(() => page.evaluate(() => document.readyState)).toBe('complete');
  const contents = await app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((one) => [one.getType(), one.getURL()]),
  );
  expect({ opened, contents, stayed: (await page.evaluate(() => Reflect.get(window, 'stayed'))) as unknown }).toEqual({
    opened: [true, true],
    contents: [['window', 'till://app/index.html']],
    stayed: true,
  });
});

test('a guest that is attached all the same is prevented', async ({ sharedTill }) => {
  const { app } = sharedTill;
  const prevented = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const names = ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'];
    return names.map((name) => {
      let stopped = false;
      contents?.emit(name, { preventDefault: () => (stopped = true), url: 'https://example.org/' });
      return stopped;
    });
  });
  expect(prevented).toEqual([true, true, true, true]);
});

test('every permission is refused, asked or checked', async ({ sharedTill }) => {
  const { page } = sharedTill;
  const outcome = await page.evaluate(async () => {
    const names = ['camera', 'microphone', 'geolocation', 'notifications', 'midi', 'clipboard-read'];
    const states: Record<string, string> = {};
    for (const name of names) {
      states[name] = (await navigator.permissions.query({ name } as unknown as PermissionDescriptor)).state; // the type lists fewer names than the browser
    }
    const camera = await navigator.mediaDevices.getUserMedia({ video: true, audio: true }).then(
      () => 'allowed',
      (error: DOMException) => error.name,
    );
    const position = await new Promise((resolve) =>
      navigator.geolocation.getCurrentPosition(
        () => resolve('allowed'),
        ({ code }) => resolve(code),
      ),
    );
    const devices = await Promise.all(['hid', 'serial', 'usb'].map(async (kind) => devicesOf(kind)));
    async function devicesOf(kind: string): Promise<number> {
      const api = Reflect.get(navigator, kind) as Record<string, () => Promise<unknown[]>>; // not in TypeScript's DOM
      return ((await (kind === 'serial' ? api['getPorts']?.() : api['getDevices']?.())) ?? []).length;
    }
    return { states, camera, position, notifications: await Notification.requestPermission(), devices };
  });
  expect(outcome).toEqual({
    states: {
      camera: 'denied',
      microphone: 'denied',
      geolocation: 'denied',
      notifications: 'denied',
      midi: 'denied',
      'clipboard-read': 'denied',
    },
    camera: 'NotAllowedError',
    position: 1,
    notifications: 'denied',
    devices: [0, 0, 0],
  });
});

test('a frame that is not ours gets no port, whatever it shows', async ({ sharedTill }) => {
  const { app, log } = sharedTill;
  for (const address of ['data:text/html,<title>foreign</title>', 'till://app/index.html']) {
    const opened = app.waitForEvent('window');
    await app.evaluate(async ({ app: electron, BrowserWindow }, url) => {
      const window = new BrowserWindow({
        show: false,
        webPreferences: {
          preload: `${electron.getAppPath()}/dist/electron/preload.cjs`,
          sandbox: true,
          contextIsolation: true,
        },
      });
      await window.loadURL(url);
    }, address);
    const foreign = await opened;
    await foreign.evaluate(() => {
      Reflect.set(window, 'given', 0);
      window.addEventListener('message', ({ ports }) => Reflect.set(window, 'given', ports.length));
      window.loyaltill.requestEnginePort();
    });
    const refusals = (): number =>
      log('desktop').filter(
        ({ msg, url }) => msg === 'a frame that is not ours asked for the engine' && url === address,
      ).length;
    await expect.poll(refusals).toBeGreaterThan(0);
    expect(await foreign.evaluate(() => Reflect.get(window, 'given') as unknown)).toBe(0);
    await foreign.close();
  }
});

test('a message from a frame that is gone is refused', async ({ sharedTill }) => {
  const { app, log } = sharedTill;
  await app.evaluate(({ ipcMain, BrowserWindow }) =>
    ipcMain.emit('engine-port', { sender: BrowserWindow.getAllWindows()[0]?.webContents, senderFrame: null }),
  );
  await expect
    .poll(
      () =>
        log('desktop').filter(({ msg, url }) => msg === 'a frame that is not ours asked for the engine' && url === null)
          .length,
    )
    .toBe(1);
});

test('DevTools stay shut in the packaged app', async ({ sharedTill }) => {
  const { app } = sharedTill;
  const isOpen = await app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    contents?.openDevTools();
    await new Promise((resolve) => setTimeout(resolve, 500)); // opening is not announced where it is refused
    return contents?.isDevToolsOpened();
  });
  expect(isOpen).toBe(false);
});
