import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockDataFolder } from './data-folder-lock.ts';
import { openTill, type RunningTill } from './open-till.ts';
import { tillConfigSchema, type TillConfig } from './till-config.ts';

const LOG = pino({ level: 'silent' });
const MIGRATIONS = path.join(import.meta.dirname, '..', '..', 'migrations');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'open-till-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = (config: TillConfig): ReturnType<typeof openTill> =>
  openTill({ dataFolder: folder, migrationsFolder: MIGRATIONS, config, log: LOG });

async function running(config: TillConfig): Promise<RunningTill> {
  const till = await open(config);
  if (!till.ok) throw new Error(till.error.message);
  return till.value;
}

async function takenPort(): Promise<{ port: number; free: () => void }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return { port, free: () => server.close() };
}

async function freePort(): Promise<number> {
  const { port, free } = await takenPort();
  free();
  return port;
}

const configOf = (port: number, engine = {}): TillConfig => tillConfigSchema.parse({ posApi: { port }, engine });

describe('a till on its data folder', () => {
  it('answers its screen and its POS on the port of its configuration', async () => {
    const port = await freePort();
    const till = await running(configOf(port));
    const status = await till.engine.call('till.status', {});
    const answer = await fetch(`http://127.0.0.1:${port}/openapi.json`);
    await till.close();
    expect({ ok: status.ok, http: answer.status }).toEqual({ ok: true, http: 200 });
  });

  it('has the folder for itself until it is closed', async () => {
    const till = await running(configOf(await freePort()));
    expect(await open(configOf(await freePort()))).toMatchObject({ ok: false, error: { code: 'data-folder-in-use' } });
    await till.close();
    const again = await running(configOf(await freePort()));
    await again.close();
  });

  it('sells on the screen where the port of the POS API is taken, and names the port', async () => {
    const { port, free } = await takenPort();
    const till = await running(configOf(port));
    const status = await till.engine.call('till.status', {});
    await till.close();
    free();
    expect({ ok: status.ok, posApi: till.posApi }).toMatchObject({
      ok: true,
      posApi: { ok: false, error: { code: 'port-taken' } },
    });
  });

  it('lets go of the folder where the engine refuses', async () => {
    const refusal = await open(configOf(await freePort(), { countryCode: 'x' }));
    const lock = lockDataFolder(folder);
    if (lock.ok) lock.value.release();
    expect({ refusal, free: lock.ok }).toMatchObject({
      refusal: { ok: false, error: { code: 'invalid-request' } },
      free: true,
    });
  });
});
