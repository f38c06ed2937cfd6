/** The database that a head office is made again in: tables of this version, and nobody in them. */
import type { Log } from '../../../base/node/log.ts';
import { startDatabase } from '../postgres/database-server.ts';
import { migrate } from '../postgres/migrate.ts';
import { openClient, type Database } from '../store/client.ts';

type Target = {
  readonly dataFolder: string;
  readonly databaseUrl: string | undefined;
  readonly database: string | undefined;
  readonly log: Log;
};

export async function openEmptyDatabase({ dataFolder, databaseUrl, database: name, log }: Target): Promise<{
  readonly database: Database;
  close(): Promise<void>;
}> {
  const server = await startDatabase({ dataFolder, databaseUrl, log });
  const url = server.url(name);
  await server.createDatabase(decodeURIComponent(new URL(url).pathname.slice(1)));
  const database = openClient(url);
  const close = async (): Promise<void> => {
    await database.end({ timeout: 5 });
    await server.close();
  };
  const migrated = await migrate(database);
  if (migrated.ok) return { database, close };
  await close();
  throw new Error(migrated.error.message);
}
