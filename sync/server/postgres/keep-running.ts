/** Starts a server of our own again where it died. Each of the processes that use it looks; of several that start it one wins. */
import { setTimeout as startTimer } from 'node:timers';
import type { Log } from '../../../base/node/log.ts';
import { runningPort, startCluster, type Cluster } from './cluster.ts';
import type { Tenancy } from './tenancy.ts';

const LOOK_EVERY_MS = 1_000;
const WAIT_MS_MAX = 15_000;

export type Keeper = { close(): Promise<void> };

/** At the port that it had, since that is in everybody's address. It never gives up: what stands in the way may go. */
export function keepRunning(cluster: Cluster, port: number, tenancy: Tenancy, log: Log | undefined): Keeper {
  let closed = false;
  let failures = 0;
  let timer: ReturnType<typeof startTimer> | undefined;
  let looking = Promise.resolve();

  const look = async (): Promise<void> => {
    try {
      await tenancy.renew();
    } catch {
      if (closed || (await runningPort(cluster)) !== undefined) return;
      log?.warn({ folder: cluster.folder }, 'PostgreSQL is gone; it is started again');
      await startCluster(cluster, port);
      log?.info({ folder: cluster.folder }, 'PostgreSQL is there again');
      await tenancy.renew();
    }
  };
  const lookAndWait = async (): Promise<void> => {
    try {
      await look();
      failures = 0;
    } catch (error) {
      failures += 1;
      log?.error({ err: error, failures }, 'PostgreSQL does not start; it is tried again');
    }
    if (!closed) timer = startTimer(begin, waitOf(failures)).unref();
  };
  const begin = (): void => {
    looking = lookAndWait();
  };
  timer = startTimer(begin, waitOf(0)).unref();
  return {
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await looking;
    },
  };
}

/** Spread, so that several processes do not start the server at the same moment. */
function waitOf(failures: number): number {
  return Math.min(WAIT_MS_MAX, LOOK_EVERY_MS * 2 ** failures) * (0.75 + Math.random() / 2);
}
