/** When something happens at this till: wall clock, business date in the programme's zone, and the hybrid clock's next stamp. */
import { businessTime, type BusinessDate, type EpochMs, type LocalTime } from '../../base/business-date.ts';
import { nextHlc, type Hlc } from '../../ledger/hlc.ts';
import type { TillContext } from './context.ts';
import type { LastEntry } from './last-entry.ts';

export type Moment = {
  readonly wall: EpochMs;
  readonly hlc: Hlc;
  /** `date` is the business date: never before that of the till's last entry. */
  readonly local: LocalTime;
  /** The business date by the clock alone. */
  readonly shown: BusinessDate;
  /** That is before the business date of the last entry. */
  readonly clockWentBack: boolean;
};

/** `after`: a clock of another till that the entry must come after, since it speaks of what happened there. */
export function momentNow(context: TillContext, last: LastEntry | undefined, after?: Hlc): Moment {
  const wall = context.clock.wall();
  const local = localNow(context, wall);
  const clockWentBack = last !== undefined && local.date < last.bd;
  return {
    wall,
    hlc: nextHlc(laterOf(last?.hlc, after), wall),
    local: clockWentBack ? { ...local, date: last.bd } : local,
    shown: local.date,
    clockWentBack,
  };
}

function laterOf(left: Hlc | undefined, right: Hlc | undefined): Hlc | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return left < right ? right : left;
}

/** The business date and time of a wall clock. UTC until a programme is known. */
export function localNow({ programmes }: Pick<TillContext, 'programmes'>, wall: EpochMs): LocalTime {
  const programme = programmes.newest()?.programme;
  return businessTime(wall, programme?.timezone ?? 'UTC', programme?.dayStart ?? 0);
}
