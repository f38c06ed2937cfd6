/** An engine on the same machine is back within a second or two of its end, so the first tries come quickly. */
export const RETRY_DELAY_MS_MIN = 150;
export const RETRY_DELAY_MS_MAX = 5_000;

/** Milliseconds to wait before try `attempt` (0 is the first after a loss): doubling, with up to a quarter of jitter taken off. `random` is in [0, 1). */
export function retryDelayMs(attempt: number, random: number): number {
  const whole = Math.min(RETRY_DELAY_MS_MAX, RETRY_DELAY_MS_MIN * 2 ** Math.min(attempt, 20));
  return Math.round(whole * (1 - random / 4));
}
