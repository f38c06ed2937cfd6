import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { removeDatabase, startDatabase } from '../../sync/server/postgres/database-server.ts';
import type { Databases } from './world.ts';

/** One PostgreSQL for a run of scenarios, thrown away with its data; DATABASE_URL names another. */
export async function openScenarioDatabases(): Promise<Databases & { close(): Promise<void> }> {
  const dataFolder = mkdtempSync(path.join(os.tmpdir(), 'loyaltill-scenarios-'));
  const databaseUrl = process.env['DATABASE_URL'];
  const server = await startDatabase({ dataFolder, databaseUrl });
  let count = 0;
  return {
    dataFolder,
    databaseUrl: server.url(undefined),
    next: () => {
      count += 1;
      return `scenario_${process.pid}_${count}`;
    },
    close: async () => {
      await server.close();
      if (databaseUrl === undefined) await removeDatabase(dataFolder);
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
