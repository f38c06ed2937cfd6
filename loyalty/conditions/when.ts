import { z } from 'zod';
import { assert } from '../../base/assert.ts';
import { type BusinessDate, dayOfWeek, type LocalTime } from '../../base/business-date.ts';
import type { StoreId } from '../../base/ids.ts';
import type { MemberFacts } from '../member-facts.ts';
import { clockField, dateField, idField, minorField, nameField, someOf } from '../programme/fields.ts';
import { CHANNELS, type Channel } from '../roles.ts';
import { isBirthday } from './birthday.ts';

/** When a rule or reward holds: all that is given must (programme.md, "Earn rule"; fine print 11). */

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const whenSchema = z
  .strictObject({
    weekdays: someOf(z.enum(WEEKDAYS)).optional(),
    between: z
      .tuple([clockField(), clockField(true)])
      .refine(([start, end]) => start !== end, 'must be two different times')
      .optional(),
    from: dateField().optional(),
    until: dateField().optional(),
    tier: someOf(nameField()).optional(),
    membership: someOf(nameField()).optional(),
    club: someOf(nameField()).optional(),
    segment: someOf(nameField()).optional(),
    birthday: z.enum(['day', 'month']).optional(),
    firstSale: z.literal(true).optional(),
    channel: someOf(z.enum(CHANNELS)).optional(),
    store: someOf(idField<StoreId>()).optional(),
    minSpend: minorField(0).optional(),
  })
  .refine(({ from, until }) => from === undefined || until === undefined || from <= until, {
    path: ['until'],
    message: 'must not be before from',
  });
export type When = z.output<typeof whenSchema>;

/** The circumstances of a sale that conditions look at. */
export type Situation = {
  readonly local: LocalTime;
  readonly weekday: Weekday;
  readonly channel: Channel;
  readonly store: StoreId;
  readonly member: MemberFacts | undefined;
};

export function weekdayOf(date: BusinessDate): Weekday {
  const name = WEEKDAYS[dayOfWeek(date) - 1];
  assert(name !== undefined, `no weekday: ${date}`);
  return name;
}

/** `spend` is asked only where `minSpend` is given: what the matching lines cost, in minor units. */
export function whenHolds(when: When | undefined, situation: Situation, spend: () => number): boolean {
  if (when === undefined) return true;
  return (
    timeHolds(when, situation) &&
    placeHolds(when, situation) &&
    memberHolds(when, situation) &&
    (when.minSpend === undefined || spend() >= when.minSpend)
  );
}

function timeHolds({ weekdays, between, from, until }: When, { local, weekday }: Situation): boolean {
  if (weekdays !== undefined && !weekdays.has(weekday)) return false;
  if (from !== undefined && local.date < from) return false;
  if (until !== undefined && local.date > until) return false;
  if (between === undefined) return true;
  const [start, end] = between;
  const { minuteOfDay } = local;
  return start < end ? start <= minuteOfDay && minuteOfDay < end : start <= minuteOfDay || minuteOfDay < end;
}

function placeHolds({ channel, store }: When, situation: Situation): boolean {
  return (channel?.has(situation.channel) ?? true) && (store?.has(situation.store) ?? true);
}

function memberHolds(when: When, { local, member }: Situation): boolean {
  assert(
    when.tier === undefined && when.membership === undefined && when.club === undefined,
    'when.tier, membership and club are not built: findUnbuilt refuses such a programme',
  );
  const { segment, birthday, firstSale } = when;
  if (segment !== undefined && member?.segments.some((name) => segment.has(name)) !== true) return false;
  if (firstSale !== undefined && member?.visits !== 0) return false;
  return birthday === undefined || isBirthday(birthday, member?.birthday, local.date);
}
