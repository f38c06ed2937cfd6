/** Parts of the table of entries, made ahead of the positions that they are for (migration 0010). */
import type { Database } from './client.ts';

/** At 2 million entries a day, the busiest chain that we reckon with, three weeks. */
const AHEAD = 40_000_000;

/** How many were made. Of several processes one makes them. */
export async function ensureEntryParts(database: Database): Promise<number> {
  const made = await database.begin(async (transaction) => {
    const [row] = await transaction<{ missing: boolean }[]>`
      select to_regclass('entry_' || (last + ${AHEAD}) / 20000000) is null as missing from counter where name = 'entry'`;
    if (row?.missing !== true) return 0;
    await transaction`select pg_advisory_xact_lock(${0x4c4f_5950})`;
    const [parts] = await transaction<{ made: number }[]>`
      select add_entry_parts(last + ${AHEAD}) as made from counter where name = 'entry'`;
    return parts?.made ?? 0;
  });
  return made;
}
