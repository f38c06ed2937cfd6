/** When something happens at this till: wall clock, business date in the programme's zone, and the hybrid clock's next stamp. */
import { present } from '../../base/assert.ts';
import {
  addDuration,
  businessTime,
  parseDateDuration,
  type BusinessDate,
  type EpochMs,
  type LocalTime,
} from '../../base/business-date.ts';
import { hlcParts, nextHlc, type Hlc } from '../../ledger/hlc.ts';
import type { Caller, TillContext } from './context.ts';
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
  /** That is later than what this till can know; it is not taken over. */
  readonly clockIsAhead: boolean;
  /** How far the wall clock is behind the last entry's, ms; 0 where it is not by more than BEHIND_MS_MAX. */
  readonly behindMs: number;
};

/** Clocks are set right by seconds all the time. */
const BEHIND_MS_MAX = 120_000;
const ONE_DAY = present(parseDateDuration('P1D'), 'a day is a duration');

/**
 * `after`: a clock of another till that the entry must come after, since it speaks of what happened there. `caller`: a manager who sells, or
 * approves, takes over a date that the till by itself would not.
 */
export function momentNow(context: TillContext, last: LastEntry | undefined, after?: Hlc, caller?: Caller): Moment {
  const wall = context.clock.wall();
  const local = localNow(context, wall);
  const clockWentBack = last !== undefined && local.date < last.bd;
  // Most sales come on the day of the last one: nothing has to be worked out then.
  const latest = last === undefined || local.date > last.bd ? latestDate(context) : undefined;
  const clockIsAhead = latest !== undefined && local.date > latest;
  const date = clockWentBack ? last.bd : clockIsAhead && !isManager(caller) ? laterDate(latest, last?.bd) : local.date;
  const behindMs = last === undefined ? 0 : hlcParts(last.hlc).milliseconds - wall;
  return {
    wall,
    hlc: nextHlc(laterOf(last?.hlc, after), wall),
    local: { ...local, date },
    shown: local.date,
    clockWentBack,
    clockIsAhead,
    behindMs: behindMs > BEHIND_MS_MAX ? behindMs : 0,
  };
}

/**
 * A clock that is years ahead would date every later sale, since a business date never goes back. So a date is taken over up to one day
 * beyond what is known (known-time.ts). Undefined: nothing is known.
 */
function latestDate(context: TillContext): BusinessDate | undefined {
  const known = context.knownTime?.();
  if (known === undefined) return undefined;
  return addDuration(localNow(context, known).date, ONE_DAY);
}

function laterDate(date: BusinessDate, other: BusinessDate | undefined): BusinessDate {
  return other !== undefined && other > date ? other : date;
}

function isManager(caller: Caller | undefined): boolean {
  return caller?.actor.role === 'manager' || caller?.approver?.role === 'manager';
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
