/**
 * Follows the accepted entries: folds what is new whenever told so. Of several processes on one database one folds at a time; the others look
 * again soon, so that what it leaves when it dies is taken up.
 */
import { setTimeout as startTimer } from 'node:timers';
import { setTimeout } from 'node:timers/promises';
import type { Log } from '../../../base/node/log.ts';
import type { Database } from '../store/client.ts';
import type { Organisation } from '../store/organisation.ts';
import { ridingOut } from '../store/away.ts';
import { foldBatch, tryFoldBatch } from './fold-batch.ts';

const RETRY_MS = 1_000;
const BUSY_MS = 200;
/** While tills send a backlog the fold steps back: what it does later, in larger steps, is less work, and tills get their answers. */
const QUIET_MS = 50;
const STEP_BACK_MS_MAX = 500;

export type FoldLoop = {
  /** Something may have come. */
  wake(): void;
  /** Until all that was accepted before the call is folded. */
  toEnd(): Promise<void>;
  close(): Promise<void>;
};

type Setting = {
  readonly database: Database;
  readonly org: Organisation;
  readonly clock: () => number;
  readonly log: Log;
};

export function startFoldLoop({ database, org, clock, log }: Setting): FoldLoop {
  let running: Promise<void> | undefined;
  let again = false;
  let closed = false;
  let retry: ReturnType<typeof startTimer> | undefined;

  let wokenAt = Number.NEGATIVE_INFINITY;

  /** Whether there may be more. */
  const step = async (): Promise<boolean> => {
    if (closed) return false;
    const count = await tryFoldBatch(database, org, clock());
    if (count === 'busy' && !closed) retry ??= startTimer(wakeAgain, spread(BUSY_MS));
    return count !== 'busy' && count > 0;
  };
  const quiet = async (): Promise<void> => {
    const until = performance.now() + STEP_BACK_MS_MAX;
    for (;;) {
      const left = Math.min(wokenAt + QUIET_MS, until) - performance.now();
      if (closed || left <= 0) return;
      await setTimeout(left);
    }
  };
  const run = async (): Promise<void> => {
    do {
      again = false;
      do await quiet();
      while (await step());
    } while (again && !closed);
  };
  const wake = (): void => {
    again = true;
    wokenAt = performance.now();
    if (closed || running !== undefined) return;
    clearTimeout(retry);
    retry = undefined;
    running = run()
      .catch((error: unknown) => {
        log.error({ err: error }, 'the fold stopped; it starts again');
        retry ??= startTimer(wakeAgain, spread(RETRY_MS));
      })
      .finally(() => {
        running = undefined;
        if (again && retry === undefined) wake();
      });
  };
  const wakeAgain = (): void => {
    retry = undefined;
    wake();
  };
  return {
    wake,
    toEnd: async () => {
      while (!closed && (await ridingOut(() => foldBatch(database, org, clock()))) > 0);
    },
    close: async () => {
      closed = true;
      clearTimeout(retry);
      await running;
    },
  };
}

/** Processes that wait for the same do not look at the same time. */
function spread(ms: number): number {
  return ms * (0.75 + Math.random() / 2);
}
