/**
 * A process of its own that makes one snapshot and ends: it takes a processor for a while, and head office goes on serving. The database's
 * address comes as a message, since a command line can be read by others.
 */
import { z } from 'zod';
import { assert } from '../../../base/assert.ts';
import { openClient } from '../store/client.ts';
import { loadOrganisation } from '../store/organisation.ts';
import { buildSnapshot, type BuildOutcome } from './build.ts';

const buildOrderSchema = z.strictObject({ url: z.string(), at: z.int(), folder: z.string().optional() });
export type BuildOrder = z.infer<typeof buildOrderSchema>;

const CONNECTIONS = 6;

process.once('message', (message) => {
  void run(buildOrderSchema.parse(message)).then((outcome) => {
    process.send?.(outcome, () => process.disconnect());
  });
});
// Who ordered it is gone: nobody would hear of the end.
process.once('disconnect', () => process.exit());

async function run({ url, at, folder }: BuildOrder): Promise<BuildOutcome> {
  const database = openClient(url, { connectionsMax: CONNECTIONS });
  try {
    const org = await loadOrganisation(database);
    assert(org !== undefined, 'a database without an organisation has no members');
    return await buildSnapshot({ database, org, at, ...(folder === undefined ? {} : { folder }) });
  } finally {
    await database.end({ timeout: 5 });
  }
}
