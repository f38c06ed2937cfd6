import { describe, expect, it } from 'vitest';
import { points } from '../../base/numbers.ts';
import { clubsOf, NEW_MEMBER_STATE, sentIn } from '../member-state.ts';
import { MEMBER, MONDAY, OTHER, POINTS, testTill } from '../testing/books.ts';
import { day, foldAll, has, lots, stateAfter, terms } from '../testing/folded.ts';

const till = testTill('t');
const ending = terms({
  wallets: [{ id: 'points', kind: 'points', pending: 'P7D', expiry: { after: 'P1M', from: 'earn' } }],
});

describe('an adjustment', () => {
  it('above 0 is a lot with the wallet’s expiry and without pending (fine print 32)', () => {
    const state = stateAfter([till.adjust(POINTS, 5)], ending);
    expect([lots(state), has(state)]).toEqual([['5 until 2026-04-02'], [5, 5]]);
  });

  it('repays a balance below zero, and below 0 takes in spending order', () => {
    const short = till.sale({ spent: { points: 3 } });
    expect(lots(stateAfter([short, till.adjust(POINTS, 5)], ending))).toEqual(['2 until 2026-04-02']);
    const taken = [
      till.adjust(POINTS, 5, { date: day('2026-02-20') }),
      till.adjust(POINTS, 5),
      till.adjust(POINTS, -7),
    ];
    expect(lots(stateAfter(taken, ending))).toEqual(['3 until 2026-04-02']);
    expect(stateAfter([till.adjust(POINTS, 5), till.adjust(POINTS, -5)], ending)).toEqual(NEW_MEMBER_STATE);
  });
});

describe('a transfer', () => {
  const part = (amount: number, earned: string, end: string | null) => ({
    earned: day(earned),
    end: end === null ? null : day(end),
    amount: points(amount),
  });
  const send = (parts: ReturnType<typeof part>[], amount: number) =>
    till.entry('transfer', { to: OTHER, wallet: POINTS, amount: points(amount), lots: parts });

  it('moves lots with their ends and earned dates, in spending order, and counts by month (fine print 33)', () => {
    const sale = till.sale({ date: day('2026-02-10'), earned: { points: 5 } });
    const adjusted = till.adjust(POINTS, 5);
    const parts = [part(5, '2026-02-10', '2026-03-10'), part(2, '2026-03-02', '2026-04-02')];
    const states = foldAll([sale, adjusted, send(parts, 7)], ending);
    const [giver, receiver] = [states.get(MEMBER) ?? NEW_MEMBER_STATE, states.get(OTHER) ?? NEW_MEMBER_STATE];
    expect([lots(giver), lots(receiver)]).toEqual([
      ['3 until 2026-04-02'],
      ['5 until 2026-03-10', '2 until 2026-04-02'],
    ]);
    expect([sentIn(giver, POINTS, MONDAY), sentIn(giver, POINTS, day('2026-04-01'))]).toEqual([7, 0]);
    const refund = till.refund(sale, { date: MONDAY, lost: { points: 5 } });
    const after = foldAll([sale, adjusted, send(parts, 7), refund], ending);
    expect([has(after.get(MEMBER) ?? giver)[0], has(after.get(OTHER) ?? giver)[0]]).toEqual([-2, 7]);
  });

  it('repays what the receiver is below zero, and arrives to the unit whatever lots were named', () => {
    const states = (parts: ReturnType<typeof part>[]) =>
      foldAll([till.sale({ member: OTHER, spent: { points: 3 } }), till.adjust(POINTS, 10), send(parts, 7)], ending);
    for (const parts of [
      [part(7, '2026-03-02', null)],
      [],
      [part(90, '2026-03-02', null)],
      [part(2, '2026-03-02', null)],
    ]) {
      const after = states(parts);
      expect([MEMBER, OTHER].map((member) => has(after.get(member) ?? NEW_MEMBER_STATE)[0])).toEqual([3, 4]);
    }
  });
});

describe('a club', () => {
  const join = (date = MONDAY) => till.club({ club: 'bakers', action: 'join' }, { date });
  const leave = (date = MONDAY) => till.club({ club: 'bakers', action: 'leave' }, { date });
  const dates = ['2026-03-01', '2026-03-02', '2026-03-04', '2026-03-05', '2026-03-09'];
  const member = (entries: Parameters<typeof stateAfter>[0]) =>
    dates.filter((date) => clubsOf(stateAfter(entries), day(date)).has('bakers'));

  it('is joined from its date on until the date of leaving, and joined again', () => {
    expect(member([join()])).toEqual(dates.slice(1));
    expect(member([join(), leave(day('2026-03-05'))])).toEqual(['2026-03-02', '2026-03-04']);
    expect(member([join(), leave(day('2026-03-04')), join(day('2026-03-09'))])).toEqual(['2026-03-02', '2026-03-09']);
    expect(member([join(), join(day('2026-03-04')), leave(day('2026-03-05'))])).toEqual(['2026-03-02', '2026-03-04']);
  });

  it('leaves no trace where it was left on the date of joining, or never joined', () => {
    expect(stateAfter([join(), leave()])).toEqual(NEW_MEMBER_STATE);
    expect(stateAfter([leave()])).toEqual(NEW_MEMBER_STATE);
  });

  it('gives the share of a goal once, with the wallet’s pending and expiry (fine print 34, 37)', () => {
    const goal = () => till.entry('goal', { club: 'bakers', goal: 'loaves', wallet: POINTS, amount: points(9) });
    const state = stateAfter([goal(), goal()], ending);
    expect([lots(state), has(state), state.goals]).toEqual([['9 until 2026-04-02'], [9, 0], ['bakers/loaves']]);
  });
});

describe('an enrolment', () => {
  it('tells who brought the member, first word counting, and joins clubs', () => {
    const enrol = (by: typeof OTHER | null) =>
      till.entry('enrol', { joined: MONDAY, cards: [], commitment: null, referredBy: by, clubs: ['bakers'] });
    const state = stateAfter([enrol(null), enrol(OTHER), enrol(MEMBER)]);
    expect([state.referral.by, [...clubsOf(state, MONDAY)]]).toEqual([OTHER, ['bakers']]);
  });
});

describe('what is no part of a state', () => {
  it('is a card, what head office writes off, and entries that name nobody', () => {
    const before = [till.adjust(POINTS, 5)];
    const nobody = { member: null };
    const others = [
      till.card({ action: 'block', card: 'x' as Parameters<typeof till.card>[0]['card'] }), // a name of the tests
      till.entry('expire', { wallet: POINTS, amount: points(5), end: MONDAY }),
      till.adjust(POINTS, 5, nobody),
      till.club({ club: 'c', action: 'join' }, nobody),
      till.entry('goal', { club: 'c', goal: 'g', wallet: POINTS, amount: points(9) }, nobody),
      till.entry('merge', { from: OTHER }, nobody),
      till.entry('unmerge', { from: OTHER }, nobody),
      till.entry('transfer', { to: OTHER, wallet: POINTS, amount: points(9), lots: [] }, nobody),
      till.entry('enrol', { joined: MONDAY, cards: [], commitment: null, referredBy: OTHER, clubs: [] }, nobody),
    ];
    expect(foldAll([...before, ...others])).toEqual(foldAll(before));
  });
});
