/**
 * A PostgreSQL server of our own: made once, started, adopted where it outlived its owner, stopped. It listens on loopback only, at a
 * port of its own, and is driven through pg_ctl so that it is nobody's child: a kill of ours never takes it along half-way.
 */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { majorOf, versionOf, type Binaries } from './binaries.ts';
import { freePort } from './port.ts';
import { giveTo, makePrivateFolder, type ServerUser } from './server-user.ts';

export const SUPERUSER = 'loyaltill';

export type Cluster = {
  readonly folder: string;
  readonly binaries: Binaries;
  readonly user: ServerUser | undefined;
  readonly password: string;
};

const run = promisify(execFile);

/** Makes the cluster where there is none yet; refuses, in words, one that another major version made. */
export async function prepareCluster(cluster: Cluster): Promise<void> {
  const { folder, binaries } = cluster;
  const versionFile = join(folder, 'PG_VERSION');
  if (!existsSync(versionFile)) return createCluster(cluster);
  const made = readFileSync(versionFile, 'utf8').trim();
  const ours = majorOf(versionOf(binaries));
  if (made === ours) return undefined;
  throw new Error(
    `The database in ${folder} was made by PostgreSQL ${made}, and this is PostgreSQL ${ours}. Export it with the older version and ` +
      'import it here, or name a server of that version in DATABASE_URL. Nothing was changed.',
  );
}

/**
 * Made beside its place and moved there whole, so that a start that was cut off leaves nothing half-made, and of two at once one wins.
 */
async function createCluster({ folder, binaries, user, password }: Cluster): Promise<void> {
  const partial = `${folder}.${process.pid}.partial`;
  const passwordFile = `${partial}.password`;
  rmSync(partial, { recursive: true, force: true });
  makePrivateFolder(partial, user);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  giveTo(passwordFile, user);
  try {
    const flags = ['--encoding=UTF8', '--locale=C', '--auth=scram-sha-256', `--username=${SUPERUSER}`];
    await run(binaries.initdb, [`--pgdata=${partial}`, `--pwfile=${passwordFile}`, ...flags], { ...user, cwd: '/' });
    writeFileSync(join(partial, 'postgresql.conf'), "\ninclude_if_exists = 'loyaltill.conf'\n", { flag: 'a' });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  if (existsSync(folder)) rmSync(partial, { recursive: true, force: true });
  else renameSync(partial, folder);
}

/** The port of the running server, or undefined. A server that was killed leaves its file behind: pg_ctl looks at the process too. */
export async function runningPort({ folder, binaries, user }: Cluster): Promise<number | undefined> {
  try {
    await run(binaries.pgCtl, ['status', '-D', folder], { ...user, cwd: '/' });
  } catch {
    return undefined;
  }
  const port = Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[3]);
  return Number.isInteger(port) && port > 0 ? port : undefined;
}

/** Starts the server at this port, or at the one that it had last, or at a new free one, and waits until it answers. */
export async function startCluster(cluster: Cluster, wanted?: number): Promise<number> {
  const { folder, binaries, user } = cluster;
  const port = wanted ?? (await freePort(lastPort(folder)));
  const log = join(folder, 'server.log');
  writeSettings(cluster, port);
  try {
    // Its output goes to the log: a pipe of ours would keep pg_ctl waiting for as long as the server lives.
    await run(binaries.pgCtl, ['start', '-D', folder, '-l', log, '-w', '-t', '60', '-s'], { ...user, cwd: '/' });
  } catch (cause) {
    const tail = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').slice(-5).join('\n') : '';
    throw new Error(`PostgreSQL in ${folder} does not start at port ${port}:\n${tail}`, { cause });
  }
  return port;
}

/** Waits until what was committed is in its files and the server is gone. */
export async function stopCluster({ folder, binaries, user }: Cluster): Promise<void> {
  await run(binaries.pgCtl, ['stop', '-D', folder, '-m', 'fast', '-w', '-t', '60', '-s'], { ...user, cwd: '/' });
}

function lastPort(folder: string): number | undefined {
  const file = join(folder, 'loyaltill.conf');
  if (!existsSync(file)) return undefined;
  const port = /^port = (\d+)$/m.exec(readFileSync(file, 'utf8'))?.[1];
  return port === undefined ? undefined : Number(port);
}

function writeSettings({ folder, user }: Cluster, port: number): void {
  const file = join(folder, 'loyaltill.conf');
  const settings = [
    `port = ${port}`,
    "listen_addresses = '127.0.0.1'",
    "unix_socket_directories = ''",
    'max_connections = 200',
    'fsync = on',
    'full_page_writes = on',
    'synchronous_commit = on',
    "timezone = 'UTC'",
    "log_timezone = 'UTC'",
    'log_min_messages = warning',
    // Statements carry persons' data: they stay out of the log.
    'log_min_error_statement = panic',
    'log_parameter_max_length_on_error = 0',
  ];
  writeFileSync(file, `${settings.join('\n')}\n`, { mode: 0o600 });
  giveTo(file, user);
}
