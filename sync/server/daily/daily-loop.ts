/**
 * Makes room for new entries, and runs each business date of the organisation once it has begun, in one of its processes. After a restart the
 * date of then is run if it was not; it makes up for all before.
 */
import { setTimeout as startTimer } from 'node:timers';
import type { Log } from '../../../base/node/log.ts';
import type { Setting } from '../admin/setting.ts';
import type { FoldLoop } from '../fold/fold-loop.ts';
import { businessDayOf } from '../programme/business-day.ts';
import { loadTerms } from '../programme/terms.ts';
import { ensureEntryParts } from '../store/entry-parts.ts';
import { alone } from '../store/lease.ts';
import { dailyRunKnown } from '../store/daily-runs.ts';
import { runDay } from './run-day.ts';

const LOOK_EVERY_MS = 60_000;

export type DailyLoop = { close(): Promise<void> };

export function startDailyLoop(
  setting: Setting & { readonly log: Log; readonly lookEveryMs?: number },
  fold: Pick<FoldLoop, 'toEnd'>,
): DailyLoop {
  const { database, clock, log, lookEveryMs = LOOK_EVERY_MS } = setting;
  let timer: ReturnType<typeof startTimer> | undefined;
  let closed = false;

  const look = async (): Promise<void> => {
    await ensureEntryParts(database);
    const terms = await loadTerms(database);
    // Without a programme nothing can fall due, and its zone is not known.
    if (terms.versions.length === 0) return;
    const { date } = businessDayOf(terms, clock());
    if (await dailyRunKnown(database, date)) return;
    const run = await alone(database, 'daily-run', () => runDay(setting, fold, date));
    if (run !== undefined) log.info({ date, ...run }, 'the business date was run');
  };
  const lookAndWait = async (): Promise<void> => {
    await look().catch((error: unknown) => log.error({ err: error }, 'the daily run failed; it is tried again'));
    if (!closed) timer = startTimer(begin, lookEveryMs * (0.75 + Math.random() / 2));
  };
  let running = Promise.resolve();
  const begin = (): void => {
    running = lookAndWait();
  };
  begin();
  return {
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await running;
      clearTimeout(timer);
    },
  };
}
