import { useSyncExternalStore } from 'react';
import { useConsole } from '../state/console-context.tsx';

const TICK_MS = 5_000;

const listeners = new Set<() => void>();
let now = Date.now();
let ticking: ReturnType<typeof setInterval> | undefined;

/** Head office's time, in steps of 5 seconds for the whole page, so that all its times change together. */
export function useNow(): number {
  const aheadMs = useConsole((state) => state.clockAheadMs);
  return useSyncExternalStore(onTick, () => now) + aheadMs;
}

function onTick(listener: () => void): () => void {
  if (listeners.size === 0) {
    tick();
    ticking = setInterval(tick, TICK_MS);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(ticking);
  };
}

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}
