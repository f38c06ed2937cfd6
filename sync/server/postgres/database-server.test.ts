import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assertDurable, openClient } from '../store/client.ts';
import { removeDatabase, startDatabase } from './database-server.ts';

const MODULE = fileURLToPath(new URL('./database-server.ts', import.meta.url));

describe('a PostgreSQL server of our own', { timeout: 60_000 }, () => {
  let dataFolder: string;

  beforeEach(() => {
    dataFolder = mkdtempSync(join(tmpdir(), 'loyaltill-server-'));
  });
  afterEach(async () => {
    await removeDatabase(dataFolder);
    rmSync(dataFolder, { recursive: true });
  });

  /** A process that starts the server, and is killed without a chance to stop it. */
  const killedOwner = async (): Promise<void> => {
    const script = `const { startDatabase } = await import(${JSON.stringify(MODULE)});
      await startDatabase({ dataFolder: ${JSON.stringify(dataFolder)} }); console.log('up'); setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  const portOf = (url: string): string => new URL(url).port;

  it('keeps its port and what was written; the password is for the owner’s eyes', async () => {
    const first = await startDatabase({ dataFolder });
    await first.createDatabase('kept');
    await first.createDatabase('kept');
    const url = first.url('kept');
    const client = openClient(url);
    await client`create table fact (id integer)`;
    await client.end();
    await first.close();
    const second = await startDatabase({ dataFolder });
    expect(second.url('kept')).toBe(url);
    const again = openClient(url);
    expect(await again`select * from fact`).toHaveLength(0);
    await again.end();
    await second.close();
    expect(statSync(join(dataFolder, 'postgres-password')).mode & 0o777).toBe(0o600);
  });

  it('adopts a server whose owner was killed, and stops it in the end', async () => {
    await killedOwner();
    const adopted = await startDatabase({ dataFolder });
    const client = openClient(adopted.url('postgres'));
    await assertDurable(client);
    await client.end();
    await adopted.close();
    const afterwards = openClient(adopted.url('postgres'));
    await expect(afterwards`select 1`).rejects.toThrow(/ECONNREFUSED/);
    await afterwards.end();
  });

  it('is stopped by the last of two that use it', async () => {
    const [first, second] = [await startDatabase({ dataFolder }), await startDatabase({ dataFolder })];
    expect(portOf(second.url())).toBe(portOf(first.url()));
    await first.close();
    const client = openClient(second.url('postgres'));
    expect(await client`select 1`).toHaveLength(1);
    await client.end();
    await second.close();
  });

  it('refuses, in words, a folder of another major version', async () => {
    const server = await startDatabase({ dataFolder });
    const { folder } = server;
    await server.close();
    writeFileSync(join(folder ?? '', 'PG_VERSION'), '9\n');
    await expect(startDatabase({ dataFolder })).rejects.toThrow(
      /made by PostgreSQL 9, and this is PostgreSQL \d+.*Nothing was changed/s,
    );
  });

  it('runs under a folder that only its owner can enter', async () => {
    const inner = join(dataFolder, 'private');
    execFileSync('mkdir', ['-m', '700', inner]);
    const server = await startDatabase({ dataFolder: inner });
    expect(server.version).toMatch(/^\d+\.\d+/);
    await server.close();
    await removeDatabase(inner);
  });
});
