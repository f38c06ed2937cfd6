/** Tills that sell and send for as long as they are told to, each at its own pace. */
import { setTimeout } from 'node:timers/promises';
import type { SimulatedTill } from './simulated-till.ts';

export type Load = {
  readonly tills: readonly SimulatedTill[];
  readonly members: number;
  /** Mean time between two sales of one till, ms. */
  readonly sellEveryMs: number;
  /** So many of the tills follow the feed, asking that often. */
  readonly readers: number;
  readonly pullEveryMs: number;
  addresses(): readonly string[];
  /** The line to head office: while it is cut tills sell on. */
  isOnline(): boolean;
};

const RETRY_MS = 250;

export type RunningLoad = {
  /** No more sales; answers once all that was sold is confirmed. */
  drain(): Promise<void>;
  /** At once, whatever is not confirmed. */
  stop(): void;
};

export function startLoad(load: Load): RunningLoad {
  let selling = true;
  let reading = true;
  let stopped = false;
  const sells = load.tills.map(async (till) => {
    for (;;) {
      // Sales come as they come: times between them are spread as those of a Poisson process.
      const wait = -Math.log(1 - Math.random()) * load.sellEveryMs;
      await whileTrue(() => selling, wait);
      if (!selling) return;
      till.sell(Date.now(), load.members);
    }
  });
  const pushes = load.tills.map(async (till) => {
    while (!stopped && (selling || till.waiting() > 0)) {
      const sent = till.waiting() > 0 && load.isOnline() && load.addresses().length > 0;
      const taken = sent && (await till.push(load.addresses()));
      if (!taken) await setTimeout(RETRY_MS * (0.5 + Math.random()));
    }
  });
  const reads = load.tills.slice(0, load.readers).map(async (till) => {
    while (reading) {
      const more = load.isOnline() && load.addresses().length > 0 ? await till.pull(load.addresses()) : undefined;
      if (more === undefined || more === 0) await whileTrue(() => reading, load.pullEveryMs * (0.5 + Math.random()));
    }
  });
  return {
    drain: async () => {
      selling = false;
      await Promise.all([...sells, ...pushes]);
      reading = false;
      await Promise.all(reads);
    },
    stop: () => {
      selling = false;
      reading = false;
      stopped = true;
    },
  };
}

/** The time, or until it holds no more. */
async function whileTrue(holds: () => boolean, ms: number): Promise<void> {
  const until = performance.now() + ms;
  while (holds() && performance.now() < until) await setTimeout(Math.max(1, Math.min(100, until - performance.now())));
}
