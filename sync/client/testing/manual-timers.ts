/** Timers that go off when the test says so: none of these tests depends on how fast the machine is. */
import { REQUEST_MS_MAX, SILENCE_MS_MAX } from '../http.ts';
import type { Timers } from '../timers.ts';

type Pending = { readonly ms: number; readonly run: () => void };

export type ManualTimers = Timers & {
  /** The delay of the loop's next timer, as soon as it is set. */
  nextDelay(): Promise<number>;
  /** Lets the loop's timer go off. */
  fire(): void;
  /** Nothing came for the longest time that a request waits. */
  passSilence(): void;
  /** Of those that are set now. */
  count(): number;
  /** Of all that were ever set. */
  made(): number;
};

export function manualTimers(): ManualTimers {
  const pending = new Set<Pending>();
  let made = 0;
  let watcher: ((ms: number) => void) | undefined;
  const ofLoop = (): Pending | undefined =>
    [...pending].find(({ ms }) => ms !== SILENCE_MS_MAX && ms !== REQUEST_MS_MAX);
  const run = (timer: Pending): void => {
    pending.delete(timer);
    timer.run();
  };
  return {
    after: (ms, whenUp) => {
      const timer = { ms, run: whenUp };
      pending.add(timer);
      made += 1;
      if (timer === ofLoop()) {
        watcher?.(ms);
        watcher = undefined;
      }
      return { cancel: () => pending.delete(timer) };
    },
    nextDelay: async () => {
      const set = ofLoop();
      return set?.ms ?? (await new Promise<number>((resolve) => (watcher = resolve)));
    },
    fire: () => {
      const timer = ofLoop();
      if (timer === undefined) throw new Error('the loop has set no timer');
      run(timer);
    },
    passSilence: () => {
      for (const timer of [...pending].filter(({ ms }) => ms === SILENCE_MS_MAX)) run(timer);
    },
    count: () => pending.size,
    made: () => made,
  };
}
