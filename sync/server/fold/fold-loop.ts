/** Follows the accepted entries: folds what is new whenever told so. Of several processes on one database one folds at a time. */
import type { Log } from '../../../base/node/log.ts';
import type { Database } from '../postgres/client.ts';
import type { Organisation } from '../store/organisation.ts';
import { foldBatch } from './fold-batch.ts';

const RETRY_MS = 1_000;

export type FoldLoop = {
  /** Something may have come. */
  wake(): void;
  /** Until all that was accepted before the call is folded. */
  toEnd(): Promise<void>;
  close(): Promise<void>;
};

type Setting = { readonly database: Database; readonly org: Organisation; readonly clock: () => number; readonly log: Log };

export function startFoldLoop({ database, org, clock, log }: Setting): FoldLoop {
  let running: Promise<void> | undefined;
  let again = false;
  let closed = false;
  let retry: NodeJS.Timeout | undefined;

  const drain = async (): Promise<void> => {
    while (!closed && (await foldBatch(database, org, clock())) > 0);
  };
  const run = async (): Promise<void> => {
    do {
      again = false;
      await drain();
    } while (again && !closed);
  };
  const wake = (): void => {
    again = true;
    if (closed || running !== undefined) return;
    running = run()
      .catch((error: unknown) => {
        log.error({ err: error }, 'the fold stopped; it starts again');
        retry = setTimeout(wake, RETRY_MS);
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
    toEnd: drain,
    close: async () => {
      closed = true;
      clearTimeout(retry);
      await running;
    },
  };
}
