/** A database that is away for a moment: restarted, failed over, or not yet back. */
import { setTimeout } from 'node:timers/promises';

const TRIES = 7;
const FIRST_WAIT_MS = 50;
const WAIT_MS_MAX = 2_000;

/** Connections that were cut or refused; a server that shuts down, crashed or starts. */
const LOST = /^(?:ECONN|EPIPE|CONNECTION_|CONNECT_TIMEOUT|57P0|08)/;
/** Of two transactions that stand in each other's way one must be done again. */
const AGAIN = /^(?:40001|40P01)$/;

/** The connection is gone, or will be at once. */
export function isLost(error: unknown): boolean {
  return LOST.test(codeOf(error));
}

export function isAway(error: unknown): boolean {
  return isLost(error) || AGAIN.test(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/**
 * Does the work again where the database was away, with growing waits of some 4 seconds in all, spread so that many do not come back at once.
 * Only for work that may be done twice: a commit whose answer was lost may have happened.
 */
export async function ridingOut<Outcome>(work: () => Promise<Outcome>, tries = TRIES): Promise<Outcome> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await work();
    } catch (error) {
      if (tried >= tries || !isAway(error)) throw error;
      await setTimeout(Math.min(WAIT_MS_MAX, FIRST_WAIT_MS * 2 ** tried) * (0.5 + Math.random() / 2));
    }
  }
}
