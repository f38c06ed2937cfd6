import { useSyncExternalStore } from 'react';
import { useTill } from '../state/till-context.tsx';
import { formatWhen } from './when.ts';

const MINUTE_MS = 60_000;

/** Writes an instant as the store's clock and calendar show it; what was `10:24` gets its date when the day has passed. */
export function useWhen(): (at: number) => string {
  const locale = useTill((state) => state.status.status?.locale ?? 'en');
  const timeZone = useTill((state) => state.status.status?.timeZone ?? 'UTC');
  const now = useSyncExternalStore(everyMinute, currentMinute);
  return (at) => formatWhen(at, now, { locale, timeZone });
}

function everyMinute(changed: () => void): () => void {
  const timer = setInterval(changed, MINUTE_MS);
  return () => clearInterval(timer);
}

function currentMinute(): number {
  return Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
}
