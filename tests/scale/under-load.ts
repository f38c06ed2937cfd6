/** Tills that sell and send for as long as they are told to. One loop sells for all of them: thousands of timers would be a load of their own. */
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

export type RunningLoad = {
  /** No more sales; answers once all that was sold is confirmed. */
  drain(): Promise<void>;
  /** At once, whatever is not confirmed. */
  stop(): void;
  /** Throws where a till met what cannot be. */
  check(): void;
};

const TICK_MS = 50;
/** As a till backs off at first. */
const RETRY_MS = 1_000;

export function startLoad(load: Load): RunningLoad {
  const { tills, readers, members, sellEveryMs, pullEveryMs } = load;
  let selling = true;
  let running = true;
  let failure: Error | undefined;
  const canSend = (): boolean => running && load.isOnline() && load.addresses().length > 0;
  const sending = new Set<SimulatedTill>();
  const send = async (till: SimulatedTill): Promise<void> => {
    if (sending.has(till)) return;
    sending.add(till);
    while (till.waiting() > 0 && canSend())
      if (!(await till.push(load.addresses()))) await setTimeout(RETRY_MS * (0.5 + Math.random()));
    sending.delete(till);
  };
  const beat = async (): Promise<void> => {
    let soldUntil = performance.now();
    while (running) {
      for (; selling && soldUntil < performance.now(); soldUntil += spread(sellEveryMs / tills.length))
        tills[Math.floor(Math.random() * tills.length)]?.sell(Date.now(), members);
      for (const till of tills) if (till.waiting() > 0 && canSend()) void send(till).catch(fail);
      await setTimeout(TICK_MS);
    }
  };
  const read = async (till: SimulatedTill): Promise<void> => {
    await setTimeout(Math.random() * pullEveryMs);
    while (running) {
      const more = canSend() ? await till.pull(load.addresses()) : undefined;
      if (more === undefined || more === 0) await setTimeout(pullEveryMs * (0.5 + Math.random()));
    }
  };
  const fail = (error: unknown): void => {
    failure = error instanceof Error ? error : new Error(String(error));
  };
  const check = (): void => {
    if (failure !== undefined) throw failure;
  };
  void beat().catch(fail);
  for (const till of tills.slice(0, readers)) void read(till).catch(fail);
  return {
    check,
    drain: async () => {
      selling = false;
      for (; tills.some((till) => till.waiting() > 0); await setTimeout(TICK_MS)) check();
      running = false;
      check();
    },
    stop: () => {
      selling = false;
      running = false;
    },
  };
}

/** Sales come as they come: times between them are those of a Poisson process. */
function spread(meanMs: number): number {
  return -Math.log(1 - Math.random()) * meanMs;
}
