/** Orders snapshots from a process of their own, one at a time; who asks while one is made waits for that one. */
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Log } from '../../../base/node/log.ts';
import type { BuildOutcome } from './build.ts';
import type { BuildOrder } from './build-process.ts';

const BUILD_PROCESS = fileURLToPath(new URL('./build-process.ts', import.meta.url));

/** `failed`: it is in the log. `closed`: head office ends. */
export type SnapshotBuilt = BuildOutcome | { readonly outcome: 'failed' | 'closed' };

export type SnapshotBuilder = {
  build(): Promise<SnapshotBuilt>;
  /** Ends one that is under way; it leaves nothing behind that the next does not clear. */
  close(): Promise<void>;
};

export function snapshotBuilder({
  url,
  folder,
  clock,
  log,
}: {
  readonly url: string;
  /** Where files are made; by default the system's folder for such. */
  readonly folder?: string | undefined;
  readonly clock: () => number;
  readonly log: Log;
}): SnapshotBuilder {
  let running: { readonly child: ChildProcess; readonly done: Promise<SnapshotBuilt> } | undefined;
  let closed = false;
  return {
    build: async () => {
      if (closed) return { outcome: 'closed' };
      if (running === undefined) {
        const child = fork(BUILD_PROCESS, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
        const order: BuildOrder = { url, at: clock(), ...(folder === undefined ? {} : { folder }) };
        const done = outcomeOf(child, order, log).finally(() => {
          running = undefined;
        });
        running = { child, done };
      }
      const built = await running.done;
      return closed && built.outcome === 'failed' ? { outcome: 'closed' } : built;
    },
    close: async () => {
      closed = true;
      running?.child.kill();
      await running?.done;
    },
  };
}

async function outcomeOf(child: ChildProcess, order: BuildOrder, log: Log): Promise<SnapshotBuilt> {
  let outcome: SnapshotBuilt | undefined;
  let said = '';
  child.on('message', (message) => {
    outcome = message as BuildOutcome; // our own program's, over a channel that nobody else has
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-SAID_MAX);
  });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', (error) => {
      said = error.message;
      resolve();
    });
  });
  child.send(order, (error) => {
    if (error !== null) said = error.message;
  });
  await ended;
  if (outcome === undefined) log.error({ said }, 'a snapshot could not be made; it is tried again');
  return outcome ?? { outcome: 'failed' };
}

const SAID_MAX = 4_000;
