/** How long main waits before it starts a dead engine again: at once at first, since a queue is waiting, then ever longer. */
const RESTART_DELAY_MS_MIN = 100;
const RESTART_DELAY_MS_MAX = 30_000;
/** An engine that lived this long was well: its death starts the count anew. */
export const HEALTHY_AFTER_MS = 60_000;

/** `deaths`: how many in a row, this one included; 1 or more. */
export function restartDelayMs(deaths: number): number {
  return Math.min(RESTART_DELAY_MS_MAX, RESTART_DELAY_MS_MIN * 2 ** Math.min(deaths - 1, 30));
}
