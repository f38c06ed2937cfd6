/**
 * The PostgreSQL servers that tests of head office run on: the one that npm installs, and an older one where the machine has it. Test files
 * share the servers (the last to leave stops them), each with databases of its own.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { binariesIn, embeddedBinaries, versionOf, type Binaries } from '../postgres/binaries.ts';
import { openClient, type Database } from '../store/client.ts';
import { startDatabase, type DatabaseServer } from '../postgres/database-server.ts';

const SYSTEM_FOLDER = '/usr/lib/postgresql';

export type TestServer = {
  /** Names the version, for the title of tests. */ readonly title: string;
  readonly binaries: Binaries;
};

export type TestDatabase = {
  readonly name: string;
  readonly url: string;
  readonly server: DatabaseServer;
  readonly client: Database;
  /** Drops it and leaves the server. */
  close(): Promise<void>;
};

/** Both where there are two; says so loudly where the machine has none of its own. */
export function testServers(): TestServer[] {
  const embedded = embeddedBinaries();
  const system = systemBinaries().find((binaries) => versionOf(binaries) !== versionOf(embedded));
  if (system === undefined) {
    process.stderr.write(
      `\n*** No PostgreSQL of its own on this machine (looked in ${SYSTEM_FOLDER} and on PATH): head office is tested on PostgreSQL ` +
        `${versionOf(embedded)} from npm ALONE. ***\n\n`,
    );
  }
  const titled = (binaries: Binaries, origin: string): TestServer => ({
    title: `PostgreSQL ${versionOf(binaries)} (${origin})`,
    binaries,
  });
  return [titled(embedded, 'embedded'), ...(system === undefined ? [] : [titled(system, 'installed on this machine')])];
}

let count = 0;

/** A database of its own on that server, empty. */
export async function openTestDatabase({ binaries }: TestServer): Promise<TestDatabase> {
  const server = await startTestServer(binaries);
  count += 1;
  const name = `test_${process.pid}_${Date.now()}_${count}`;
  await server.createDatabase(name);
  const url = server.url(name);
  const client = openClient(url, { connectionsMax: 4 });
  return {
    name,
    url,
    server,
    client,
    close: async () => {
      await client.end({ timeout: 5 });
      await server.dropDatabase(name);
      await server.close();
    },
  };
}

async function startTestServer(binaries: Binaries): Promise<DatabaseServer> {
  const dataFolder = join(tmpdir(), `loyaltill-tests-${process.getuid?.() ?? 'user'}`, versionOf(binaries));
  mkdirSync(dataFolder, { recursive: true });
  // The server's user must be able to go through it; what it holds is private.
  if (process.getuid?.() === 0) [dirname(dataFolder), dataFolder].forEach((folder) => chmodSync(folder, 0o755));
  const server = await startDatabase({ dataFolder, binaries });
  await dropLeftovers(server);
  return server;
}

/** Databases of test runs that were killed. */
async function dropLeftovers(server: DatabaseServer): Promise<void> {
  const client = openClient(server.url('postgres'), { connectionsMax: 1 });
  const rows = await client<{ datname: string }[]>`select datname from pg_database where datname like 'test\\_%'`;
  await client.end({ timeout: 5 });
  for (const { datname } of rows) {
    if (!isAlive(Number(datname.split('_')[1]))) await server.dropDatabase(datname);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function systemBinaries(): Binaries[] {
  const versions = existsSync(SYSTEM_FOLDER) ? readdirSync(SYSTEM_FOLDER).toSorted() : [];
  const roots = [...versions.map((version) => join(SYSTEM_FOLDER, version)), ...rootOnPath()];
  return roots.flatMap((root) => {
    try {
      return [binariesIn(root)];
    } catch {
      return [];
    }
  });
}

function rootOnPath(): string[] {
  try {
    const found = execFileSync('which', ['pg_ctl'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    return [dirname(dirname(realpathSync(found)))];
  } catch {
    return [];
  }
}
