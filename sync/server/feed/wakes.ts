/** Tills that wait for news of the feed. All of a flood are woken together, and the more wait the rarer: each of them fetches a page. */
import type { Log } from '../../../base/node/log.ts';
import { WAKE_HOLD_MS } from '../../protocol/wake.ts';

/** Entries that are folded in one go wake once. */
const QUIET_MS = 100;
/** For each that waits; 2,000 tills are woken at most every 1.1 seconds. */
const QUIET_PER_WAITING_MS = 0.5;
const QUIET_MS_MAX = 1_500;

export type Wakes = {
  /** The feed may have moved. */
  moved(): void;
  /** The newest position, at once where it is beyond `after`, else when it is, or when the time to hold is up. */
  beyond(after: number): Promise<number>;
  close(): void;
};

type Setting = { readonly position: () => Promise<number>; readonly log: Log; readonly holdMs?: number };

export function createWakes({ position, log, holdMs = WAKE_HOLD_MS }: Setting): Wakes {
  const waiting = new Set<{ readonly after: number; readonly answer: (position: number) => void }>();
  let timer: NodeJS.Timeout | undefined;
  let again = false;
  let closed = false;
  const wake = async (): Promise<void> => {
    const at = await position();
    for (const one of waiting) if (at > one.after) one.answer(at);
  };
  const moved = (): void => {
    again = timer !== undefined;
    if (again || closed || waiting.size === 0) return;
    const quiet = Math.min(QUIET_MS_MAX, QUIET_MS + waiting.size * QUIET_PER_WAITING_MS);
    timer = setTimeout(() => {
      wake()
        .catch((error: unknown) => log.warn({ err: error }, 'tills were not woken; they ask by themselves'))
        .finally(() => {
          timer = undefined;
          if (again) moved();
        });
    }, quiet);
  };
  return {
    moved,
    beyond: async (after) => {
      const held = wait(waiting, after, holdMs);
      // Asked after it began to wait, so that nothing falls in between.
      const at = await position().catch((error: unknown) => {
        held.end();
        throw error;
      });
      if (at > after || closed) held.end();
      return Math.max(at, await held.answered);
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
      for (const one of waiting) one.answer(one.after);
    },
  };
}

function wait(
  waiting: Set<{ readonly after: number; readonly answer: (position: number) => void }>,
  after: number,
  holdMs: number,
): { readonly answered: Promise<number>; readonly end: () => void } {
  let end = (): void => undefined;
  const answered = new Promise<number>((resolve) => {
    const answer = (position: number): void => {
      clearTimeout(timer);
      waiting.delete(one);
      resolve(position);
    };
    const one = { after, answer };
    const timer = setTimeout(() => answer(after), holdMs);
    waiting.add(one);
    end = () => answer(after);
  });
  return { answered, end };
}
