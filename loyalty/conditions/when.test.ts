import { describe, expect, it } from 'vitest';
import type { StoreId } from '../../base/ids.ts';
import type { MemberFacts } from '../member-facts.ts';
import { at, memberOf } from '../testing/build.ts';
import {
  asksOfMember,
  failingMember,
  failingOccasion,
  memberHolds,
  type Occasion,
  occasionHolds,
  weekdayOf,
} from './when.ts';
import { whenSchema } from './when-schema.ts';

type Situation = { readonly occasion: Occasion; readonly member: MemberFacts | undefined };

function situation(date: string, clock: string, member: MemberFacts | undefined = memberOf()): Situation {
  const local = at(date, clock);
  const { minuteOfDay: minute } = local;
  const store = 's1' as StoreId; // a test id
  return { occasion: { date: local.date, minute, weekday: weekdayOf(local.date), channel: 'store', store }, member };
}

/** And that explanations name a failing condition just where one fails. */
function holds(document: object, { occasion, member }: Situation): boolean {
  const when = whenSchema.parse(document);
  const [here, who] = [occasionHolds(when, occasion), memberHolds(when, member, occasion.date)];
  expect([
    failingOccasion(when, occasion).length === 0,
    failingMember(when, member, occasion.date).length === 0,
  ]).toEqual([here, who]);
  return here && who;
}
const MONDAY_NOON = situation('2026-03-02', '12:00');

describe('conditions', () => {
  it('holds where nothing is asked', () => {
    expect([
      holds({}, MONDAY_NOON),
      occasionHolds(undefined, MONDAY_NOON.occasion),
      memberHolds(undefined, undefined, MONDAY_NOON.occasion.date),
    ]).toEqual([true, true, true]);
  });

  it.each<[object, boolean]>([
    [{ weekdays: ['sat', 'mon'] }, true],
    [{ weekdays: ['tue'] }, false],
    [{ from: '2026-03-02', until: '2026-03-02' }, true],
    [{ from: '2026-03-03' }, false],
    [{ until: '2026-03-01' }, false],
    [{ channel: ['online'] }, false],
    [{ channel: ['store'], store: ['s1', 's2'] }, true],
    [{ store: ['s2'] }, false],
    [{ weekdays: ['mon'], store: ['s2'] }, false],
  ])('%j on Monday at noon in s1: %s', (when, expected) => {
    expect(holds(when, MONDAY_NOON)).toBe(expected);
  });

  it.each<[[string, string], string, boolean]>([
    [['15:00', '17:00'], '14:59', false],
    [['15:00', '17:00'], '15:00', true],
    [['15:00', '17:00'], '16:59', true],
    [['15:00', '17:00'], '17:00', false],
    [['22:00', '24:00'], '23:59', true],
    [['22:00', '02:00'], '23:00', true],
    [['22:00', '02:00'], '01:59', true],
    [['22:00', '02:00'], '02:00', false],
    [['22:00', '02:00'], '21:59', false],
  ])('between %j at %s: %s (start included, end not; fine print 11: past midnight)', (between, clock, expected) => {
    expect(holds({ between }, situation('2026-03-02', clock))).toBe(expected);
  });

  it('takes the weekday from the business date, past midnight too (fine print 11)', () => {
    const night = { weekdays: ['sun'], between: ['22:00', '02:00'] };
    expect(holds(night, situation('2026-03-01', '01:00'))).toBe(true);
    expect(holds(night, situation('2026-03-02', '01:00'))).toBe(false);
  });

  it('knows a member by segment, and asks for the first sale', () => {
    expect(
      holds({ segment: ['staff', 'vip'] }, situation('2026-03-02', '12:00', memberOf({ segments: ['vip'] }))),
    ).toBe(true);
    expect(holds({ segment: ['staff'] }, MONDAY_NOON)).toBe(false);
    expect(holds({ firstSale: true }, situation('2026-03-02', '12:00', memberOf({ visits: 0 })))).toBe(true);
    expect(holds({ firstSale: true }, MONDAY_NOON)).toBe(false);
    expect(holds({ firstSale: true }, { ...MONDAY_NOON, member: undefined })).toBe(false);
  });

  it.each<[string, boolean, boolean]>([
    ['2026-02-27', false, true],
    ['2026-02-28', true, true],
    ['2026-03-01', false, false],
    ['2028-02-28', false, true],
    ['2028-02-29', true, true],
  ])('a birthday on 29 February, on %s: day %s, month %s', (date, day, month) => {
    const born = situation(date, '12:00', memberOf({ birthday: { month: 2, day: 29 } }));
    expect([holds({ birthday: 'day' }, born), holds({ birthday: 'month' }, born)]).toEqual([day, month]);
  });

  it('never matches a birthday that is not known, nor one of another month with the same day', () => {
    expect(holds({ birthday: 'month' }, MONDAY_NOON)).toBe(false);
    const may = situation('2026-03-04', '12:00', memberOf({ birthday: { month: 5, day: 4 } }));
    expect(holds({ birthday: 'day' }, may)).toBe(false);
  });

  it.each<[object, boolean]>([
    [{ tier: ['silver', 'gold'] }, true],
    [{ tier: ['silver'] }, false],
    [{ membership: ['plus'] }, true],
    [{ membership: ['pro', 'plus'] }, true],
    [{ membership: ['pro'] }, false],
    [{ club: ['runners'] }, true],
    [{ club: ['readers'] }, false],
    [{ tier: ['gold'], club: ['readers'] }, false],
    [{ tier: ['gold'], membership: ['plus'], club: ['runners'] }, true],
  ])('%j for a gold member with plus, in runners: %s', (when, expected) => {
    const member = memberOf({ level: 'gold', memberships: ['plus', 'basic'], clubs: ['runners'] });
    expect(holds(when, situation('2026-03-02', '12:00', member))).toBe(expected);
  });

  it.each(['tier', 'membership', 'club', 'segment'])(
    '%s fails for a member without one, and without a member',
    (field) => {
      expect(holds({ [field]: ['x'] }, MONDAY_NOON)).toBe(false);
      expect(holds({ [field]: ['x'] }, { ...MONDAY_NOON, member: undefined })).toBe(false);
    },
  );

  it('of an unclaimed account see its level, and no birthday, segment or club (fine print 19)', () => {
    const account = memberOf({
      unclaimed: true,
      level: 'gold',
      birthday: { month: 3, day: 2 },
      segments: ['vip'],
      clubs: ['runners'],
      visits: 0,
    });
    const own = (when: object) => holds(when, situation('2026-03-02', '12:00', account));
    expect([own({ tier: ['gold'] }), own({ firstSale: true })]).toEqual([true, true]);
    expect([own({ birthday: 'day' }), own({ segment: ['vip'] }), own({ club: ['runners'] })]).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe('failing conditions', () => {
  it('are all named, in one order', () => {
    const when = whenSchema.parse({
      minSpend: 5,
      firstSale: true,
      tier: ['x'],
      store: ['s2'],
      until: '2026-03-01',
      weekdays: ['sun'],
    });
    const { occasion, member } = MONDAY_NOON;
    expect(failingOccasion(when, occasion)).toEqual(['weekdays', 'until', 'store']);
    expect(failingMember(when, member, occasion.date)).toEqual(['tier', 'firstSale']);
  });

  it('ask of a member only where one of theirs is given', () => {
    expect([asksOfMember(undefined), asksOfMember(whenSchema.parse({ store: ['s1'], minSpend: 1 }))]).toEqual([
      false,
      false,
    ]);
    expect(asksOfMember(whenSchema.parse({ birthday: 'day' }))).toBe(true);
  });
});
