/** Work that one process on the database does at a time. The lock is of a transaction: it ends with its process, however that ends. */
import type { Database } from './client.ts';

/** One number each, out of the way of others' (postgres/migrate.ts, postgres/tenancy.ts, entry-parts.ts). */
const LEASES = { 'daily-run': 0x4c4f_5944 } as const;

/** Undefined where another process is at it. The work has transactions of its own. */
export async function alone<Outcome>(
  database: Database,
  lease: keyof typeof LEASES,
  work: () => Promise<Outcome>,
): Promise<Outcome | undefined> {
  const held = await database.begin(async (transaction) => {
    const [row] = await transaction<{ held: boolean }[]>`select pg_try_advisory_xact_lock(${LEASES[lease]}) as held`;
    return row?.held === true ? { outcome: await work() } : undefined;
  });
  return held?.outcome;
}
