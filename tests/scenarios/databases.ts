/** One PostgreSQL for a run of scenarios, and in it a migrated database that each scenario gets a copy of. */
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { removeDatabase, startDatabase, type DatabaseServer } from '../../sync/server/postgres/database-server.ts';
import { migrate } from '../../sync/server/postgres/migrate.ts';
import { openClient } from '../../sync/server/store/client.ts';

/** Where head offices of scenarios keep their databases. */
export type Databases = {
  readonly dataFolder: string;
  readonly databaseUrl: string;
  /** For the files of tills. */
  readonly tillsFolder: string;
  /** A database with head office's tables and nothing in them; its name. */
  take(): Promise<string>;
  /** It is not needed any more; it goes in its own time. */
  leave(name: string): void;
};

const FOLDER = 'loyaltill-scenarios-';
const HEAD_OFFICE = 'head-office';
const SHARED_MEMORY = '/dev/shm';
/** In a container it is often of 64 MB, and a server of a few databases needs more than twice that. */
const SHARED_MEMORY_BYTES_MIN = 1_000_000_000;

/** Thrown away with its data when it is closed; DATABASE_URL names another server. */
export async function openScenarioDatabases(): Promise<Databases & { close(): Promise<void> }> {
  await removeLeftovers();
  const folder = mkdtempSync(path.join(scratchFolder(), `${FOLDER}${process.pid}-`));
  // The database server's user, who is another than root, must be able to go through it; what it holds is private.
  if (process.getuid?.() === 0) chmodSync(folder, 0o755);
  const dataFolder = path.join(folder, HEAD_OFFICE);
  const databaseUrl = process.env['DATABASE_URL'];
  const server = await startDatabase({ dataFolder, databaseUrl });
  const template = `scenario_${process.pid}_template`;
  await makeTemplate(server, template);
  let count = 0;
  const copy = async (): Promise<string> => {
    count += 1;
    const name = `scenario_${process.pid}_${count}`;
    await copyDatabase(server, template, name);
    return name;
  };
  // One is made while another is used, and dropped while the next one is: the server has time, and a scenario waits for neither.
  let spare = copy();
  let dropped: Promise<void> = Promise.resolve();
  return {
    dataFolder,
    databaseUrl: server.url(undefined),
    tillsFolder: folder,
    take: async () => {
      const name = await spare;
      spare = copy();
      return name;
    },
    leave: (name) => {
      dropped = dropped.then(() => server.dropDatabase(name));
    },
    close: async () => {
      await dropped;
      await server.dropDatabase(await spare);
      await server.dropDatabase(template);
      await server.close();
      await removeFolder(folder);
    },
  };
}

/** Memory where the machine has it as a folder: nothing of a scenario has to outlive a power cut, and every commit is a flush. */
function scratchFolder(): string {
  if (!existsSync(SHARED_MEMORY)) return os.tmpdir();
  const { bavail, bsize } = statfsSync(SHARED_MEMORY);
  return bavail * bsize >= SHARED_MEMORY_BYTES_MIN ? SHARED_MEMORY : os.tmpdir();
}

/** Servers and files of runs that were killed. */
async function removeLeftovers(): Promise<void> {
  const places = [SHARED_MEMORY, os.tmpdir()].filter((place) => existsSync(place));
  const folders = places.flatMap((place) => readdirSync(place).map((name) => path.join(place, name)));
  for (const folder of folders) {
    const [, pid] = new RegExp(`^${FOLDER}([0-9]+)-`).exec(path.basename(folder)) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) await removeFolder(folder);
  }
}

async function removeFolder(folder: string): Promise<void> {
  const dataFolder = path.join(folder, HEAD_OFFICE);
  if (existsSync(dataFolder)) await removeDatabase(dataFolder);
  rmSync(folder, { recursive: true, force: true });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Another user's is alive too.
    return error instanceof Error && 'code' in error && error.code !== 'ESRCH';
  }
}

async function makeTemplate(server: DatabaseServer, name: string): Promise<void> {
  await server.createDatabase(name);
  const client = openClient(server.url(name), { connectionsMax: 1 });
  try {
    const migrated = await migrate(client);
    if (!migrated.ok) throw new Error(migrated.error.message);
  } finally {
    await client.end({ timeout: 5 });
  }
}

async function copyDatabase(server: DatabaseServer, template: string, name: string): Promise<void> {
  const client = openClient(server.url('postgres'), { connectionsMax: 1 });
  try {
    await client`create database ${client(name)} template ${client(template)}`;
  } finally {
    await client.end({ timeout: 5 });
  }
}
