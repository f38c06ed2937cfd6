/** Work that one process on the database does at a time. The lock is of a session: it ends with its process, however that ends. */
import type { Database } from './client.ts';

/** One number each, out of the way of others' (postgres/migrate.ts, postgres/tenancy.ts). */
const LEASES = { 'daily-run': 0x4c4f_5944 } as const;

/** Undefined where another process is at it. */
export async function alone<Outcome>(
  database: Database,
  lease: keyof typeof LEASES,
  work: () => Promise<Outcome>,
): Promise<Outcome | undefined> {
  const session = await database.reserve();
  try {
    const [row] = await session<{ held: boolean }[]>`select pg_try_advisory_lock(${LEASES[lease]}) as held`;
    if (row?.held !== true) return undefined;
    try {
      return await work();
    } finally {
      await session`select pg_advisory_unlock(${LEASES[lease]})`;
    }
  } finally {
    session.release();
  }
}
