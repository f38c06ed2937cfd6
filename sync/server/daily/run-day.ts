/** What falls due at head office by a business date: lots that ended are written off in the books, goals that were reached give their gifts. */
import type { BusinessDate } from '../../../base/business-date.ts';
import type { Setting } from '../admin/setting.ts';
import { announcePushed } from '../announcements.ts';
import type { FoldLoop } from '../fold/fold-loop.ts';
import { ownContext } from '../own-stream/own-context.ts';
import { appendOwn, ownStreamFolded, type OwnFact } from '../own-stream/own-stream.ts';
import type { Transaction } from '../store/client.ts';
import { lockFolded } from '../store/counters.ts';
import { noteDailyRun } from '../store/daily-runs.ts';
import { endedLots } from './expiries.ts';
import { reachedGoals } from './goals.ts';

/** Entries that the run wrote. */
export type DayRun = { readonly expired: number; readonly goals: number };

/**
 * Again, after a crash or at the same time in another process, it gives nothing twice: what is due is judged, under the fold's lock, by states
 * that have all that was given before. Entries are dated that day; levels that end need none (fine print 17).
 */
export async function runDay(setting: Setting, fold: Pick<FoldLoop, 'toEnd'>, date: BusinessDate): Promise<DayRun> {
  let expired = 0;
  for (let more = true; more;) {
    const written = await writeDue(setting, fold, date, async (transaction) => {
      const { members, facts } = await endedLots(transaction, date);
      more = members > 0;
      return facts;
    });
    expired += written;
  }
  const goals = await writeDue(setting, fold, date, (transaction) => reachedGoals(transaction, date));
  await fold.toEnd();
  await noteDailyRun(setting.database, date, setting.clock());
  return { expired, goals };
}

/** How many entries. */
async function writeDue(
  { database, org, clock }: Setting,
  fold: Pick<FoldLoop, 'toEnd'>,
  date: BusinessDate,
  find: (transaction: Transaction) => Promise<readonly OwnFact[]>,
): Promise<number> {
  for (;;) {
    await fold.toEnd();
    const written = await database.begin(async (transaction) => {
      const folded = await lockFolded(transaction);
      if (!(await ownStreamFolded(transaction, folded))) return undefined;
      const facts = await find(transaction);
      if (facts.length === 0) return 0;
      await appendOwn(transaction, org, facts, await ownContext(transaction, clock(), { date }));
      return facts.length;
    });
    if (written === undefined) continue;
    if (written > 0) await announcePushed(database);
    return written;
  }
}
