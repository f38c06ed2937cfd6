/** Follows the accepted entries: folds what is new whenever told so. Of several processes on one database one folds at a time. */
import { setTimeout as startTimer } from 'node:timers';
import { setTimeout } from 'node:timers/promises';
import type { Log } from '../../../base/node/log.ts';
import type { Database } from '../store/client.ts';
import type { Organisation } from '../store/organisation.ts';
import { foldBatch } from './fold-batch.ts';

const RETRY_MS = 1_000;
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

  const step = async (): Promise<boolean> => !closed && (await foldBatch(database, org, clock())) > 0;
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
    running = run()
      .catch((error: unknown) => {
        log.error({ err: error }, 'the fold stopped; it starts again');
        retry = startTimer(wake, RETRY_MS);
      })
      .finally(() => {
        running = undefined;
        if (again && retry === undefined) wake();
      });
    if (retry !== undefined) clearTimeout(retry);
    retry = undefined;
  };
  return {
    wake,
    toEnd: async () => {
      while (await step());
    },
    close: async () => {
      closed = true;
      clearTimeout(retry);
      await running;
    },
  };
}
