import type { Clock } from '../engine/transport.ts';

export type ManualClock = Clock & {
  /** Lets so much time pass; what becomes due runs in order. */
  pass(ms: number): void;
};

/** Time that passes when the test says so. */
export function manualClock(): ManualClock {
  let now = 0;
  let waiting: { at: number; callback: () => void }[] = [];
  return {
    random: () => 0,
    after(delayMs, callback) {
      const entry = { at: now + delayMs, callback };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
    pass(ms) {
      const until = now + ms;
      for (;;) {
        const due = waiting.filter((entry) => entry.at <= until).toSorted((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        waiting = waiting.filter((entry) => entry !== due);
        now = due.at;
        due.callback();
      }
      now = until;
    },
  };
}
