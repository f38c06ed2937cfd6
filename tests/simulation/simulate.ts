/** Runs schedules on worker threads and sums them up. What a seed gives depends on nothing else: not on how many threads there are, nor which was faster. */
import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { FromWorker, IndexedResult, ToWorker, WorkerSetting } from './messages.ts';
import type { Shortest } from './shrink.ts';

export type Simulation = WorkerSetting & {
  readonly seed: string;
  readonly schedules: number;
  /** Ends with the first schedule that shows a problem: to see that one is found. */
  readonly stopAtFirst?: boolean;
  readonly shrink?: boolean;
};

export type Summary = {
  readonly seed: string;
  readonly schedules: number;
  readonly steps: number;
  readonly entries: number;
  readonly overspends: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly brokenChains: number;
  readonly unbalanced: number;
  readonly diverged: number;
  readonly stuck: number;
  /** E1 or E2 did not hold somewhere on the way. */
  readonly invariants: number;
  /** Bugs that broke a schedule off. */
  readonly errors: number;
  /** Left out of overspends, units in all. */
  readonly excused: {
    readonly debits: number;
    readonly risks: number;
    readonly clones: number;
    readonly overdrafts: number;
  };
  readonly hash: string;
};

export type Failure = {
  readonly schedule: string;
  readonly problems: IndexedResult['problems'];
  readonly shortest: Shortest | undefined;
};

/** Small enough that both threads end together, large enough that handing them out costs nothing. */
const SCHEDULES_AT_ONCE = 10;

export async function simulate(
  simulation: Simulation,
): Promise<{ readonly summary: Summary; readonly failure: Failure | undefined }> {
  const workers = await Promise.all(Array.from({ length: simulation.threads }, () => openWorker(simulation)));
  const results: IndexedResult[] = [];
  let next = 0;
  let failed = false;
  const run = async (worker: OpenWorker): Promise<void> => {
    while (next < simulation.schedules && !(failed && simulation.stopAtFirst === true)) {
      const from = next;
      next += SCHEDULES_AT_ONCE;
      const count = Math.min(SCHEDULES_AT_ONCE, simulation.schedules - from);
      const answer = await worker.ask({ run: { seed: simulation.seed, from, count } });
      if (!('results' in answer)) throw new Error('a worker answers what it was not asked');
      results.push(...answer.results);
      failed ||= answer.results.some(({ problems }) => problems.length > 0);
    }
  };
  try {
    await Promise.all(workers.map(run));
    const ordered = results.toSorted((left, right) => left.index - right.index);
    const worst = ordered.find(({ problems }) => problems.length > 0);
    return { summary: summed(simulation, ordered), failure: worst && (await failureOf(simulation, workers[0], worst)) };
  } finally {
    await Promise.all(workers.map((worker) => worker.close()));
  }
}

async function failureOf(
  { seed, shrink = true }: Simulation,
  worker: OpenWorker | undefined,
  worst: IndexedResult,
): Promise<Failure> {
  const schedule = `${seed}/${worst.index}`;
  const kinds = [...new Set(worst.problems.map(({ of }) => of))];
  const answer = shrink ? await worker?.ask({ shrink: schedule, kinds: kinds.slice(0, 1) }) : undefined;
  return {
    schedule,
    problems: worst.problems,
    shortest: answer !== undefined && 'shortest' in answer ? answer.shortest : undefined,
  };
}

function summed({ seed }: Simulation, results: readonly IndexedResult[]): Summary {
  const hash = createHash('sha256');
  for (const result of results) hash.update(`${result.index} ${result.hash}\n`);
  const sum = (of: (result: IndexedResult) => number): number =>
    results.reduce((total, result) => total + of(result), 0);
  const found = (kind: string): number => sum(({ problems }) => problems.filter(({ of }) => of === kind).length);
  return {
    seed,
    schedules: results.length,
    steps: sum(({ steps }) => steps),
    entries: sum(({ entries }) => entries),
    overspends: found('overspends'),
    lost: found('lost'),
    duplicated: found('duplicated'),
    brokenChains: found('brokenChains'),
    unbalanced: found('unbalanced'),
    diverged: found('diverged'),
    stuck: found('stuck'),
    invariants: found('invariants'),
    errors: found('errors'),
    excused: {
      debits: sum(({ excused }) => excused.debits),
      risks: sum(({ excused }) => excused.risks),
      clones: sum(({ excused }) => excused.clones),
      overdrafts: sum(({ excused }) => excused.overdrafts),
    },
    hash: hash.digest('hex'),
  };
}

type OpenWorker = { ask(message: ToWorker): Promise<FromWorker>; close(): Promise<void> };

async function openWorker(setting: WorkerSetting): Promise<OpenWorker> {
  const { tills, policy, faults, without, threads } = setting;
  const workerData: WorkerSetting = { tills, policy, faults, without, threads };
  const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData });
  const heard = (): Promise<FromWorker> =>
    new Promise((resolve, reject) => {
      const take = (message: FromWorker): void => {
        worker.off('error', reject);
        if ('broke' in message) reject(new Error(message.broke));
        else resolve(message);
      };
      worker.once('message', take);
      worker.once('error', reject);
    });
  await heard();
  return {
    ask: async (message) => {
      const answer = heard();
      worker.postMessage(message);
      return await answer;
    },
    close: async () => void (await worker.terminate()),
  };
}
