import { ok } from '../../base/result.ts';
import { oneJobAtATime } from './one-job-at-a-time.ts';
import type { Printer } from './printer.ts';

/** A printer without paper, for training, demonstrations and tills that have none: it keeps its last jobs for the screen. */
export type VirtualPrinter = Printer & {
  readonly kind: 'virtual';
  /** Oldest first. */
  jobs(): readonly VirtualJob[];
  /** Called after each job; the returned function ends that. */
  onJob(listener: (job: VirtualJob) => void): () => void;
};

export type VirtualJob = {
  /** Counts from 1 since the printer was made. */
  readonly number: number;
  readonly bytes: Uint8Array;
};

export function virtualPrinter({
  id,
  keepJobsMax,
}: {
  readonly id: string;
  readonly keepJobsMax: number;
}): VirtualPrinter {
  let jobs: readonly VirtualJob[] = [];
  let printed = 0;
  const listeners = new Set<(job: VirtualJob) => void>();
  const printer = oneJobAtATime({ id, kind: 'virtual' }, (bytes) => {
    printed += 1;
    const job = { number: printed, bytes: Uint8Array.from(bytes) };
    jobs = [...jobs, job].slice(-keepJobsMax);
    for (const listener of listeners) listener(job);
    return Promise.resolve(ok('sent'));
  });
  return {
    ...printer,
    kind: 'virtual',
    jobs: () => jobs,
    onJob: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
