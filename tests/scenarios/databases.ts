/** One PostgreSQL for a run of scenarios, and in it a migrated database that each scenario gets a copy of. */
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
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
  /** Makes a database with head office's tables and nothing in them; its name. */
  create(): Promise<string>;
  drop(name: string): Promise<void>;
};

const SHARED_MEMORY = '/dev/shm';

/** Thrown away with its data when it is closed; DATABASE_URL names another server. */
export async function openScenarioDatabases(): Promise<Databases & { close(): Promise<void> }> {
  const folder = mkdtempSync(path.join(scratchFolder(), 'loyaltill-scenarios-'));
  // The database server's user, who is another than root, must be able to go through it; what it holds is private.
  if (process.getuid?.() === 0) chmodSync(folder, 0o755);
  const dataFolder = path.join(folder, 'head-office');
  const databaseUrl = process.env['DATABASE_URL'];
  const server = await startDatabase({ dataFolder, databaseUrl });
  const template = `scenario_${process.pid}_template`;
  await makeTemplate(server, template);
  let count = 0;
  return {
    dataFolder,
    databaseUrl: server.url(undefined),
    tillsFolder: folder,
    create: async () => {
      count += 1;
      const name = `scenario_${process.pid}_${count}`;
      await copyDatabase(server, template, name);
      return name;
    },
    drop: (name) => server.dropDatabase(name),
    close: async () => {
      await server.dropDatabase(template);
      await server.close();
      if (databaseUrl === undefined) await removeDatabase(dataFolder);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Memory where the machine has it as a folder: nothing of a scenario has to outlive a power cut, and every commit is a flush. */
function scratchFolder(): string {
  return existsSync(SHARED_MEMORY) ? SHARED_MEMORY : os.tmpdir();
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
