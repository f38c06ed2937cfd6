/** When something happens at this till: wall clock, business date in the programme's zone, and the hybrid clock's next stamp. */
import { businessTime, type EpochMs, type LocalTime } from '../../base/business-date.ts';
import { nextHlc, type Hlc } from '../../ledger/hlc.ts';
import type { TillContext } from './context.ts';
import type { LastEntry } from './last-entry.ts';

export type Moment = {
  readonly wall: EpochMs;
  readonly hlc: Hlc;
  /** `date` is the business date: never before that of the till's last entry. */
  readonly local: LocalTime;
  /** The wall clock shows an earlier business date than the last entry: it went back. */
  readonly clockWentBack: boolean;
};

export function momentNow(context: TillContext, last: LastEntry | undefined): Moment {
  const wall = context.clock.wall();
  const local = localNow(context, wall);
  const clockWentBack = last !== undefined && local.date < last.bd;
  return {
    wall,
    hlc: nextHlc(last?.hlc, wall),
    local: clockWentBack ? { ...local, date: last.bd } : local,
    clockWentBack,
  };
}

/** The business date and time of a wall clock. UTC until a programme is known. */
export function localNow({ programmes }: Pick<TillContext, 'programmes'>, wall: EpochMs): LocalTime {
  const programme = programmes.newest()?.programme;
  return businessTime(wall, programme?.timezone ?? 'UTC', programme?.dayStart ?? 0);
}
