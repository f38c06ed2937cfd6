import { assert } from '../../base/assert.ts';
import { type BusinessDate, dayOfWeek } from '../../base/business-date.ts';
import type { StoreId } from '../../base/ids.ts';
import type { MemberFacts } from '../member-facts.ts';
import type { Channel } from '../roles.ts';
import { isBirthday } from './birthday.ts';
import { type Weekday, WEEKDAYS, type When } from './when-schema.ts';

/**
 * When a rule or reward holds: all that is given must (programme.md, "Earn rule"; fine print 11). Conditions come in three
 * parts, since a refund judges them by different witnesses: the sale's own time and place, its member (as recorded), and
 * `minSpend` (again, by what is left). Each condition is one line of a table here; explanations name the same lines.
 */

/** The sale's own time and place, which every later look at it finds in its record. */
export type Occasion = {
  /** Its business date; with `minute`, since midnight, what the clock on the wall showed. */
  readonly date: BusinessDate;
  readonly minute: number;
  readonly weekday: Weekday;
  readonly channel: Channel;
  readonly store: StoreId;
};

export type OccasionCondition = 'weekdays' | 'between' | 'from' | 'until' | 'channel' | 'store';
export type MemberCondition = 'tier' | 'membership' | 'club' | 'segment' | 'birthday' | 'firstSale';

type Conditions<Name extends string, Subject extends readonly unknown[]> = Readonly<
  Record<Name, (when: When, ...subject: Subject) => boolean>
>;

/** Each holds where it is not given. */
const OCCASION: Conditions<OccasionCondition, [Occasion]> = {
  weekdays: ({ weekdays }, { weekday }) => weekdays === undefined || weekdays.has(weekday),
  between: ({ between }, { minute }) => between === undefined || isBetween(between, minute),
  from: ({ from }, { date }) => from === undefined || from <= date,
  until: ({ until }, { date }) => until === undefined || date <= until,
  channel: ({ channel: wanted }, { channel }) => wanted === undefined || wanted.has(channel),
  store: ({ store: wanted }, { store }) => wanted === undefined || wanted.has(store),
};

/** An unclaimed account is nobody yet: no birthday, segment or club, whatever its row says (fine print 19). */
const MEMBER: Conditions<MemberCondition, [MemberFacts, BusinessDate]> = {
  tier: ({ tier }, { level }) => tier === undefined || (level !== null && tier.has(level)),
  membership: ({ membership }, { memberships }) => membership === undefined || hasAny(memberships, membership),
  club: ({ club }, { unclaimed, clubs }) => club === undefined || (!unclaimed && hasAny(clubs, club)),
  segment: ({ segment }, { unclaimed, segments }) =>
    segment === undefined || (!unclaimed && segments.some((name) => segment.has(name))),
  birthday: ({ birthday: span }, { unclaimed, birthday }, date) =>
    span === undefined || (!unclaimed && isBirthday(span, birthday, date)),
  firstSale: ({ firstSale }, { visits }) => firstSale === undefined || visits === 0,
};

const OCCASION_CONDITIONS = Object.keys(OCCASION) as readonly OccasionCondition[]; // the keys of the table above
const MEMBER_CONDITIONS = Object.keys(MEMBER) as readonly MemberCondition[]; // the keys of the table above

export function occasionHolds(when: When | undefined, occasion: Occasion): boolean {
  return when === undefined || OCCASION_CONDITIONS.every((name) => OCCASION[name](when, occasion));
}

/** Without a member only what asks nothing of one holds. */
export function memberHolds(when: When | undefined, member: MemberFacts | undefined, date: BusinessDate): boolean {
  if (when === undefined) return true;
  if (member === undefined) return !asksOfMember(when);
  return MEMBER_CONDITIONS.every((name) => MEMBER[name](when, member, date));
}

export function asksOfMember(when: When | undefined): boolean {
  return when !== undefined && MEMBER_CONDITIONS.some((name) => when[name] !== undefined);
}

/** For an explanation: which of the conditions on time and place fail. */
export function failingOccasion(when: When | undefined, occasion: Occasion): readonly OccasionCondition[] {
  return when === undefined ? [] : OCCASION_CONDITIONS.filter((name) => !OCCASION[name](when, occasion));
}

/** For an explanation: which of the conditions on the member fail; without a member all that are given. */
export function failingMember(
  when: When | undefined,
  member: MemberFacts | undefined,
  date: BusinessDate,
): readonly MemberCondition[] {
  if (when === undefined || member === undefined) return memberConditions(when);
  return MEMBER_CONDITIONS.filter((name) => !MEMBER[name](when, member, date));
}

/** Those that are given. */
export function memberConditions(when: When | undefined): readonly MemberCondition[] {
  return when === undefined ? [] : MEMBER_CONDITIONS.filter((name) => when[name] !== undefined);
}

export function weekdayOf(date: BusinessDate): Weekday {
  const name = WEEKDAYS[dayOfWeek(date) - 1];
  assert(name !== undefined, `no weekday: ${date}`);
  return name;
}

/** An end before the start is past midnight (fine print 11). */
function isBetween([start, end]: readonly [number, number], minute: number): boolean {
  return start < end ? start <= minute && minute < end : start <= minute || minute < end;
}

function hasAny(held: ReadonlySet<string>, wanted: ReadonlySet<string>): boolean {
  for (const id of wanted) if (held.has(id)) return true;
  return false;
}
