/**
 * Time of a schedule: it moves only when the driver says so. What our code wants done later lies in one queue, in the order of its time, and each
 * runs only after everything before it has come to rest. Timers of a process end with it.
 */
const realSetImmediate = setImmediate;

type Due = {
  readonly at: number;
  readonly order: number;
  readonly run: () => void | Promise<void>;
  readonly owner: unknown;
};

export type VirtualTime = {
  now(): number;
  after(ms: number, run: () => void | Promise<void>, owner?: unknown): { cancel(): void };
  /** Runs what falls due until then, in order, and leaves the clock there. */
  advance(ms: number): Promise<void>;
  /** The clock moves on by itself while this is waited for, at most so long. Undefined: it took longer. */
  until<Value>(work: Promise<Value>, mostMs: number): Promise<Value | undefined>;
  /** The clock is set on, and only then what has become due runs, each once: a machine that slept. */
  leap(ms: number): Promise<void>;
  forget(owner: unknown): void;
  reset(now: number): void;
};

/** Until nothing more can go on without time passing. */
export function settled(): Promise<void> {
  return new Promise((resolve) => realSetImmediate(resolve));
}

export function virtualTime(): VirtualTime {
  let now = 0;
  let order = 0;
  let queue: Due[] = [];
  const next = (until: number): Due | undefined => {
    let first: Due | undefined;
    for (const due of queue)
      if (
        due.at <= until &&
        (first === undefined || due.at < first.at || (due.at === first.at && due.order < first.order))
      )
        first = due;
    return first;
  };
  const runNext = async (until: number): Promise<boolean> => {
    const due = next(until);
    if (due === undefined) return false;
    queue = queue.filter((other) => other !== due);
    now = Math.max(now, due.at);
    await due.run();
    await settled();
    return true;
  };
  return {
    now: () => now,
    after: (ms, run, owner) => {
      order += 1;
      const due = { at: now + Math.max(0, Math.round(ms)), order, run, owner };
      queue.push(due);
      return {
        cancel: () => {
          queue = queue.filter((other) => other !== due);
        },
      };
    },
    advance: async (ms) => {
      const until = now + ms;
      await settled();
      while (await runNext(until));
      now = until;
    },
    until: async <Value>(work: Promise<Value>, mostMs: number) => {
      const until = now + mostMs;
      let done = false;
      const kept: Value[] = [];
      const watched = work.then((value) => kept.push(value)).finally(() => (done = true));
      watched.catch(() => undefined);
      await settled();
      while (!done && (await runNext(until)));
      if (done) await watched;
      return kept[0];
    },
    leap: async (ms) => {
      now += ms;
      await settled();
      const due = queue
        .filter(({ at }) => at <= now)
        .toSorted((left, right) => left.at - right.at || left.order - right.order);
      queue = queue.filter(({ at }) => at > now);
      for (const { run } of due) {
        await run();
        await settled();
      }
    },
    forget: (owner) => {
      queue = queue.filter((due) => due.owner !== owner);
    },
    reset: (at) => {
      now = at;
      order = 0;
      queue = [];
    },
  };
}
