import type { BusinessDate } from '../../base/business-date.ts';
import type { MemberFacts } from '../member-facts.ts';
import { type FrequentLookup, NEVER_FREQUENT } from './frequent.ts';
import { type FilteredLine, type LineFilter, lineMatches } from './lines.ts';
import { failingMember, failingOccasion, type MemberCondition, type Occasion, type OccasionCondition } from './when.ts';
import type { When } from './when-schema.ts';

/** Why something does not hold, as data that screens, receipts and the API put into words. */
export type Unmet = {
  readonly condition:
    | OccasionCondition
    | MemberCondition
    | 'minSpend'
    /** No line matches. */
    | 'lines'
    /** Lines match otherwise, and none of their skus was bought often enough. */
    | 'frequent'
    /** There is no member, the account is unclaimed, or one of the conditions in `wanted` failed and the book does not say which. */
    | 'member'
    | 'validFrom'
    | 'validUntil'
    /** The reward's own limit; `has` is how often it was used. */
    | 'limit';
  /** What the programme asks for: ids, a date, a time like `15:00`, minor units or a count. */
  readonly wanted?: string | number | readonly string[];
  /** What there was instead, where that is one value; null: none. */
  readonly has?: string | number | null;
  /** How much of `wanted` is missing. */
  readonly missing?: number;
};

export function unmetOccasion(when: When | undefined, occasion: Occasion): readonly Unmet[] {
  return when === undefined ? [] : failingOccasion(when, occasion).map((name) => ofOccasion(name, when, occasion));
}

export function unmetMember(
  when: When | undefined,
  member: MemberFacts | undefined,
  date: BusinessDate,
): readonly Unmet[] {
  if (when === undefined) return [];
  return failingMember(when, member, date).map((name) => ofMember(name, when, member?.level ?? null));
}

export function unmetSpend(when: When | undefined, spend: number): readonly Unmet[] {
  const wanted = when?.minSpend;
  if (wanted === undefined || spend >= wanted) return [];
  return [{ condition: 'minSpend', wanted, has: spend, missing: wanted - spend }];
}

/** Why no line matches; empty where one does. */
export function unmetLines(
  filter: LineFilter | undefined,
  lines: readonly FilteredLine[],
  isFrequent: FrequentLookup,
): readonly Unmet[] {
  if (lines.some((line) => lineMatches(filter, line, isFrequent))) return [];
  const { frequent, ...rest } = filter ?? {};
  if (frequent === undefined || !lines.some((line) => lineMatches(rest, line, NEVER_FREQUENT))) {
    return [{ condition: 'lines' }];
  }
  return [{ condition: 'frequent', wanted: [String(frequent.times), frequent.within] }];
}

function ofOccasion(name: OccasionCondition, when: When, { date, minute, weekday, channel, store }: Occasion): Unmet {
  switch (name) {
    case 'weekdays':
      return { condition: name, wanted: [...(when.weekdays ?? [])], has: weekday };
    case 'between':
      return { condition: name, wanted: (when.between ?? []).map(clock), has: clock(minute) };
    case 'from':
    case 'until':
      return { condition: name, wanted: when[name] ?? '', has: date };
    case 'channel':
      return { condition: name, wanted: [...(when.channel ?? [])], has: channel };
    case 'store':
      return { condition: name, wanted: [...(when.store ?? [])], has: store };
    default:
      return name satisfies never;
  }
}

export function ofMember(name: MemberCondition, when: When, level: string | null): Unmet {
  switch (name) {
    case 'tier':
      return { condition: name, wanted: [...(when.tier ?? [])], has: level };
    case 'membership':
    case 'club':
    case 'segment':
      return { condition: name, wanted: [...(when[name] ?? [])] };
    case 'birthday':
      return { condition: name, wanted: when.birthday ?? '' };
    case 'firstSale':
      return { condition: name };
    default:
      return name satisfies never;
  }
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
