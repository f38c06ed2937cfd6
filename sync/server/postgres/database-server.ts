/** Head office's PostgreSQL: a server of our own in the data folder, or the one that an address names. */
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { randomBase64url } from '../../../base/node/hash.ts';
import { embeddedBinaries, type Binaries } from './binaries.ts';
import type { Log } from '../../../base/node/log.ts';
import { ridingOut } from '../store/away.ts';
import { openClient, type Database } from '../store/client.ts';
import { prepareCluster, runningPort, startCluster, stopCluster, SUPERUSER, type Cluster } from './cluster.ts';
import { keepRunning } from './keep-running.ts';
import { clusterFolder, reachableBinaries, serverUser } from './server-user.ts';
import { enter, type Tenancy } from './tenancy.ts';

export const DEFAULT_DATABASE = 'loyaltill';

/** A server that somebody else runs, or another process of ours has just started, may not answer yet: some half a minute. */
const START_TRIES = 18;

export type DatabaseServer = {
  /** `18.4` */
  readonly version: string;
  /** Where the data lie, for people; undefined where another server has them. */
  readonly folder: string | undefined;
  /** Address of a database on this server; without a name, the one to use by default. It holds the password: never log it. */
  url(database?: string): string;
  /** Makes the database if there is none of that name. */
  createDatabase(database: string): Promise<void>;
  /** Ends its connections and drops it. */
  dropDatabase(database: string): Promise<void>;
  /** Stops a server of our own, unless another process uses it. */
  close(): Promise<void>;
};

export type StartDatabase = {
  readonly dataFolder: string;
  /** Names a server that somebody else runs. */
  readonly databaseUrl?: string | undefined;
  /** Other programs than npm's, for tests. */
  readonly binaries?: Binaries;
  readonly log?: Log;
};

export async function startDatabase({
  dataFolder,
  databaseUrl,
  binaries,
  log,
}: StartDatabase): Promise<DatabaseServer> {
  if (databaseUrl !== undefined)
    return await ridingOut(() => serverAt(databaseUrl, async () => undefined), START_TRIES);
  const cluster = clusterOf(resolve(dataFolder), binaries ?? embeddedBinaries());
  await prepareCluster(cluster);
  const { port, tenancy } = await startOrAdopt(cluster);
  const keeper = keepRunning(cluster, port, tenancy, log);
  const server = await serverAt(addressOf(cluster, port, DEFAULT_DATABASE), async () => {
    await keeper.close();
    if (await tenancy.leave()) await stopCluster(cluster);
  });
  return { ...server, folder: cluster.folder };
}

/** Stops what still runs there and takes the database of this data folder away, wherever it lies. */
export async function removeDatabase(dataFolder: string): Promise<void> {
  const folder = clusterFolder(resolve(dataFolder), serverUser());
  if (!existsSync(folder)) return;
  const cluster = clusterOf(resolve(dataFolder), embeddedBinaries());
  if ((await runningPort(cluster)) !== undefined) await stopCluster(cluster);
  rmSync(folder, { recursive: true, force: true });
}

function clusterOf(dataFolder: string, binaries: Binaries): Cluster {
  const user = serverUser();
  mkdirSync(dataFolder, { recursive: true });
  const folder = clusterFolder(dataFolder, user);
  return { folder, binaries: reachableBinaries(binaries, user), user, password: ownPassword(dataFolder) };
}

/** Twice, since another process may start or stop the same server at this very moment. */
async function startOrAdopt(cluster: Cluster): Promise<{ port: number; tenancy: Tenancy }> {
  try {
    return await entered(cluster);
  } catch {
    return entered(cluster);
  }
}

async function entered(cluster: Cluster): Promise<{ port: number; tenancy: Tenancy }> {
  const port = (await runningPort(cluster)) ?? (await startCluster(cluster));
  return { port, tenancy: await ridingOut(() => enter(addressOf(cluster, port, 'postgres')), START_TRIES) };
}

async function serverAt(url: string, close: () => Promise<void>): Promise<DatabaseServer> {
  const named = (database?: string): string => (database === undefined ? url : withDatabase(url, database));
  const maintenance = named('postgres');
  return {
    version: await using(url, serverVersion, maintenance),
    folder: undefined,
    url: named,
    createDatabase: (database) =>
      using(named(database), isThere, maintenance, (client) => createDatabase(client, database)),
    dropDatabase: (database) =>
      using(maintenance, async (client) => {
        await client`drop database if exists ${client(database)} with (force)`;
      }),
    close,
  };
}

async function isThere(client: Database): Promise<void> {
  await client`select 1`;
}

async function createDatabase(client: Database, database: string): Promise<void> {
  try {
    await client`create database ${client(database)} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'`;
  } catch (error) {
    // Another process was first.
    if (!hasCode(error, '42P04') && !hasCode(error, '23505')) throw error;
  }
}

/**
 * Works on the database at this address; where there is none yet, on another one. Only then, since on a server that somebody else runs
 * we may not be allowed near the others.
 */
async function using<Outcome>(
  url: string,
  work: (client: Database) => Promise<Outcome>,
  otherUrl?: string,
  otherWork: (client: Database) => Promise<Outcome> = work,
): Promise<Outcome> {
  const client = openClient(url, { connectionsMax: 1 });
  try {
    return await work(client);
  } catch (error) {
    if (otherUrl === undefined || !hasCode(error, '3D000')) throw error;
    return await using(otherUrl, otherWork);
  } finally {
    await client.end({ timeout: 5 });
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

async function serverVersion(client: Database): Promise<string> {
  const [row] = await client<{ version: string }[]>`select current_setting('server_version') as version`;
  return row?.version.split(' ')[0] ?? 'unknown';
}

function addressOf({ password }: Cluster, port: number, database: string): string {
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
}

function withDatabase(url: string, database: string): string {
  const named = new URL(url);
  named.pathname = `/${database}`;
  return named.href;
}

function ownPassword(dataFolder: string): string {
  const file = join(dataFolder, 'postgres-password');
  if (!existsSync(file)) {
    // Written whole beside its place: another process that starts now must not read half of it.
    const own = `${file}.${process.pid}`;
    writeFileSync(own, randomBase64url(24), { mode: 0o600 });
    if (existsSync(file)) rmSync(own);
    else renameSync(own, file);
  }
  chmodSync(file, 0o600);
  return readFileSync(file, 'utf8').trim();
}
