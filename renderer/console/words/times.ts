const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Unit = 'second' | 'minute' | 'hour' | 'day';

/** Whole units from now, past below 0; null within a minute either way. Cut, not rounded: "2 hours ago" is at least two. */
export function relativeUnits(at: number, now: number): { value: number; unit: Unit } | null {
  const apart = at - now;
  const size = Math.abs(apart);
  if (size < MINUTE) return null;
  if (size < HOUR) return { value: Math.trunc(apart / MINUTE), unit: 'minute' };
  if (size < DAY) return { value: Math.trunc(apart / HOUR), unit: 'hour' };
  return { value: Math.trunc(apart / DAY), unit: 'day' };
}

/** A length of time in the largest unit that it fills; below 10 seconds with one decimal. A clock ahead can make it negative: that is 0. */
export function durationUnits(milliseconds: number): { value: number; unit: Unit; digits: 0 | 1 } {
  const length = Math.max(0, milliseconds);
  if (length < 10 * SECOND) return { value: Math.trunc(length / 100) / 10, unit: 'second', digits: 1 };
  if (length < MINUTE) return { value: Math.trunc(length / SECOND), unit: 'second', digits: 0 };
  if (length < HOUR) return { value: Math.trunc(length / MINUTE), unit: 'minute', digits: 0 };
  if (length < DAY) return { value: Math.trunc(length / HOUR), unit: 'hour', digits: 0 };
  return { value: Math.trunc(length / DAY), unit: 'day', digits: 0 };
}
