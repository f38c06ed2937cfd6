import { randomBytes } from 'node:crypto';
import { epochMs, type EpochMs } from '../../base/business-date.ts';

/** The till's clocks, as a port: scenarios and simulations pass their own. */
export type TillClock = {
  /** What the machine believes the time to be; may be wrong, and may jump. */
  wall(): EpochMs;
  /** Milliseconds since `boot`; never goes back. */
  monotonic(): number;
  /** Names this start of the process, since monotonic times of two starts do not compare. */
  readonly boot: string;
  /** The machine's own clock, which people and empty batteries set; those of scenarios and simulations are right. */
  readonly mayBeWrong?: boolean;
};

export function systemClock(): TillClock {
  return {
    wall: () => epochMs(Date.now()),
    monotonic: () => Math.round(performance.now()),
    boot: randomBytes(6).toString('hex'),
    mayBeWrong: true,
  };
}
