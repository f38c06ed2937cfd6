/** The fixtures of the desktop tests: a data folder, an app started on it, and its page's port to the engine. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base, type ElectronApplication, type Page, _electron } from '@playwright/test';
import type { EngineMessage } from '../../../till/contract/messages.ts';
import { PACKAGED_APP } from './electron-under-test.ts';

export type EngineAnswer = Extract<EngineMessage, { type: 'answer' }>;

export type DesktopTill = {
  app: ElectronApplication;
  page: Page;
  /** A call over the newest port that the page was given. */
  ask: (name: string, input: unknown) => Promise<EngineAnswer>;
  /** Sends a frame as it is; after an answered call, when there is a port that stays. */
  post: (frame: unknown) => Promise<void>;
  /** How many ports the page was given. */
  ports: () => Promise<number>;
  enginePid: () => Promise<number>;
};

type WorkerFixtures = {
  /** One app for tests that only look: with a camera that is none, so that permissions have something to refuse. */
  sharedTill: DesktopTill & Pick<Fixtures, 'log'>;
};

type Fixtures = {
  dataFolder: string;
  /** Starts the packaged app; what is started is ended after the test. */
  startTill: (options?: { executable?: string; args?: string[] }) => Promise<DesktopTill>;
  log: (name: 'desktop' | 'engine') => Record<string, unknown>[];
};

export const test = base.extend<Fixtures, WorkerFixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this pattern
  dataFolder: async ({}, provide) => {
    const folder = await newDataFolder();
    await provide(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  startTill: async ({ dataFolder }, provide) => {
    const started: ElectronApplication[] = [];
    await provide(async ({ executable = PACKAGED_APP, args = [] } = {}) => {
      const app = await launch(executable, [...args, `--data-folder=${dataFolder}`]);
      started.push(app);
      return desktopTill(app);
    });
    for (const app of started) await app.close();
  },
  log: async ({ dataFolder }, provide) => provide(logReader(dataFolder)),
  sharedTill: [
    // oxlint-disable-next-line no-empty-pattern -- as above
    async ({}, provide) => {
      const folder = await newDataFolder();
      const app = await launch(PACKAGED_APP, ['--use-fake-device-for-media-stream', `--data-folder=${folder}`]);
      await provide({ ...(await desktopTill(app)), log: logReader(folder) });
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
});

async function newDataFolder(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'desktop-till-'));
  writeFileSync(path.join(folder, 'till.json'), JSON.stringify({ posApi: { port: await freePort() } }));
  return folder;
}

function launch(executablePath: string, args: string[]): Promise<ElectronApplication> {
  // Without chromiumSandbox Playwright turns the sandbox off, and tests would test something else.
  return _electron.launch({ executablePath, args, chromiumSandbox: true });
}

function logReader(dataFolder: string): Fixtures['log'] {
  return (name) => {
    const file = path.join(dataFolder, 'logs', `${name}.log`);
    const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>); // pino writes objects
  };
}

async function desktopTill(app: ElectronApplication): Promise<DesktopTill> {
  const page = await app.firstWindow();
  await page.waitForLoadState('load');
  await page.evaluate(listenForPorts);
  return {
    app,
    page,
    ask: async (name, input) => {
      const answer = await page.evaluate(([call, given]) => window.testEngine.ask(call, given), [name, input] as const);
      return answer as EngineAnswer; // the frame of the contract
    },
    post: (frame) => page.evaluate((given) => window.testEngine.post(given), frame),
    ports: () => page.evaluate(() => window.testEngine.ports),
    enginePid: () =>
      app.evaluate(
        ({ app: electron }) => electron.getAppMetrics().find(({ name }) => name === 'loyaltill-engine')?.pid ?? 0,
      ),
  };
}

declare global {
  // What listenForPorts puts into the page.
  interface Window {
    loyaltill: { platform: string; requestEnginePort(): void };
    testEngine: { ports: number; ask(name: string, input: unknown): Promise<unknown>; post(frame: unknown): void };
  }
}

/**
 * Runs in the page, beside the screen that runs there: it takes the same ports and numbers its calls from far above. The screen closes a
 * port when a newer one comes, so calls without an answer are made again on the new one, as the screen makes its own.
 */
function listenForPorts(): void {
  type Frame = { type: 'call'; id: number; name: string; input: unknown };
  const waiting = new Map<number, { frame: Frame; answered: (answer: unknown) => void }>();
  let lastId = 1_000_000;
  let port: MessagePort | undefined;
  window.testEngine = {
    ports: 0,
    ask: (name, input) =>
      new Promise((resolve) => {
        lastId += 1;
        const frame: Frame = { type: 'call', id: lastId, name, input };
        waiting.set(lastId, { frame, answered: resolve });
        port?.postMessage(frame);
      }),
    post: (frame) => port?.postMessage(frame),
  };
  window.addEventListener('message', (event) => {
    const [given] = event.data === 'loyaltill:engine-port' && event.source === window ? event.ports : [];
    if (given === undefined) return;
    port = given;
    window.testEngine.ports += 1;
    given.addEventListener('message', ({ data }: MessageEvent<{ type: string; id: number }>) => {
      waiting.get(data.id)?.answered(data);
      waiting.delete(data.id);
    });
    given.start();
    for (const { frame } of waiting.values()) given.postMessage(frame);
  });
  // The close event of ports in Electron 25 crashes a page that unloads with one open.
  window.addEventListener('pagehide', () => port?.close());
  window.loyaltill.requestEnginePort();
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
