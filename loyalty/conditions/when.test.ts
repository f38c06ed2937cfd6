import { describe, expect, it } from 'vitest';
import type { StoreId } from '../../base/ids.ts';
import type { MemberFacts } from '../member-facts.ts';
import { at, memberOf } from '../testing/build.ts';
import { type Situation, weekdayOf, whenHolds, whenSchema } from './when.ts';

function situation(date: string, clock: string, member: MemberFacts | undefined = memberOf()): Situation {
  const local = at(date, clock);
  return { local, weekday: weekdayOf(local.date), channel: 'store', store: 's1' as StoreId, member }; // a test id
}

const holds = (when: object, where: Situation, spend = 0) => whenHolds(whenSchema.parse(when), where, () => spend);
const MONDAY_NOON = situation('2026-03-02', '12:00');

describe('whenHolds', () => {
  it('holds where nothing is asked', () => {
    expect([holds({}, MONDAY_NOON), whenHolds(undefined, MONDAY_NOON, () => 0)]).toEqual([true, true]);
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

  it('reaches minSpend at it', () => {
    expect([holds({ minSpend: 1000 }, MONDAY_NOON, 999), holds({ minSpend: 1000 }, MONDAY_NOON, 1000)]).toEqual([
      false,
      true,
    ]);
  });

  it.each(['tier', 'membership', 'club'])('breaks rather than guess: %s is not built', (field) => {
    expect(() => holds({ [field]: ['x'] }, MONDAY_NOON)).toThrow('not built');
  });
});
