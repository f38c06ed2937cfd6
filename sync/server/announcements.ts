/** What processes on one database tell each other: that a till was heard from, and that the feed has news, folded entries most often. */
import type { Database, Queries } from './store/client.ts';

const PUSHED = 'loyaltill_pushed';
const FOLDED = 'loyaltill_folded';

export async function announcePushed(queries: Queries): Promise<void> {
  await notify(queries, PUSHED);
}

export async function announceFolded(queries: Queries): Promise<void> {
  await notify(queries, FOLDED);
}

/**
 * Heard once the transaction is committed. The client's own `notify` takes another connection of the pool, even in a transaction: it is heard too
 * early, and where every connection is in a transaction, each waits for one more for ever.
 */
async function notify(queries: Queries, channel: string): Promise<void> {
  await queries`select pg_notify(${channel}, '')`;
}

export type Announcements = { close(): Promise<void> };

/** Calls are made again after a lost connection, since something may have been missed. */
export async function followAnnouncements(
  database: Database,
  { pushed, folded }: { pushed: () => void; folded: () => void },
): Promise<Announcements> {
  const first = await database.listen(PUSHED, pushed, pushed);
  const second = await database.listen(FOLDED, folded, folded);
  return {
    close: async () => {
      await first.unlisten();
      await second.unlisten();
    },
  };
}
