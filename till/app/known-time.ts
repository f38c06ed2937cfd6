import type { BusinessDate, EpochMs } from '../../base/business-date.ts';
import type { TillStore } from '../store/till-store.ts';
import type { TillClock } from './clock.ts';

/**
 * The latest that it is for sure: head office's time at the last contact, or the day of the last entry before this start, and what passed
 * since by the clock that cannot be set. How long the machine was off, nobody can say. Entries of this start count for nothing: each could
 * take the date a day further.
 */
export function knownTime(
  { members }: Pick<TillStore, 'members'>,
  clock: TillClock,
  lastDate: BusinessDate | undefined,
): () => EpochMs | undefined {
  let heard = members.lastCursor().asOf;
  const started = clock.monotonic();
  let since = started;
  // Noon, so that it is that day in every zone.
  const atStart = lastDate === undefined ? 0 : Date.parse(`${lastDate}T12:00:00Z`);
  return () => {
    const { asOf } = members.lastCursor();
    const now = clock.monotonic();
    if (asOf !== heard) {
      heard = asOf;
      since = now;
    }
    if (clock.mayBeWrong !== true || heard === null) return undefined;
    return Math.max(heard + (now - since), atStart + (now - started)) as EpochMs; // a time, and milliseconds
  };
}
