import { describe, expect, it } from 'vitest';
import type { BusinessDate } from '../../base/business-date.ts';
import { minor, points } from '../../base/numbers.ts';
import type { EntryOf } from '../entry.ts';
import { encodeState } from '../state-text.ts';
import { givenOn, levelOf, membershipsOf, NEW_MEMBER_STATE, purchasesOf, spendOn, usesOn } from '../member-state.ts';
import { MEMBER, MONDAY, OTHER, POINTS, REWARD, RULE, STAMPS, testTill } from '../testing/books.ts';
import { day, foldAll, has, lots, stateAfter, terms } from '../testing/folded.ts';

const ending = terms({ wallets: [{ id: 'points', kind: 'points', expiry: { after: 'P1M', from: 'earn' } }] });
const TUESDAY = day('2026-03-03');
const all = (line: number, paid: number) => ({ line, quantity: '1', freeUnits: 0, money: minor(paid) });

describe('a refund', () => {
  it('gives back what was spent to its own lots, or for 30 days where they have ended (fine print 30)', () => {
    const till = testTill('t');
    const earned = till.sale({ date: day('2026-02-10'), earned: { points: 10 } });
    const spent = till.sale({ date: MONDAY, spent: { points: 8 } });
    const refund = (date: BusinessDate) => till.refund(spent, { date, returned: { points: 8 } });
    expect(lots(stateAfter([earned, spent, refund(day('2026-03-09'))], ending))).toEqual(['10 until 2026-03-10']);
    const late = stateAfter([earned, spent, refund(day('2026-03-10'))], ending);
    expect(lots(late)).toEqual(['2 until 2026-03-10', '8 until 2026-04-09']);
    expect([has(late, day('2026-04-08')), has(late, day('2026-04-09'))]).toEqual([
      [8, 8],
      [0, 0],
    ]);
  });

  it('takes earnings back from the sale’s own lots, what has ended of them counting as taken (fine print 28)', () => {
    const till = testTill('t');
    const sale = till.sale({ date: day('2026-02-10'), earned: { points: 10 } });
    const other = till.sale({ date: MONDAY, earned: { points: 20 } });
    const early = till.refund(sale, { date: day('2026-03-09'), lost: { points: 10 } });
    expect(lots(stateAfter([sale, other, early], ending))).toEqual(['20 until 2026-04-02']);
    const late = till.refund(sale, { date: day('2026-03-10'), lost: { points: 10 }, takenBack: {} });
    expect(has(stateAfter([sale, other, late], ending), day('2026-03-10'))).toEqual([20, 20]);
  });

  it('goes below zero where the points are gone, and stops at zero where the entry says so (fine print 26)', () => {
    const till = testTill('t');
    const [sale, spent] = [till.sale({ earned: { points: 10 } }), till.sale({ spent: { points: 7 } })];
    expect(has(stateAfter([sale, spent, till.refund(sale, { lost: { points: 10 } })]))).toEqual([-7, 0]);
    const forgiven = till.refund(sale, { lost: { points: 10 }, takenBack: { points: 3 } });
    expect(has(stateAfter([sale, spent, forgiven]))).toEqual([0, 0]);
  });

  it('returns first, so that what comes back pays what is taken', () => {
    const till = testTill('t');
    const before = till.sale({ earned: { points: 5 } });
    const sale = till.sale({ spent: { points: 5 }, earned: { points: 3 } });
    const refund = till.refund(sale, { returned: { points: 5 }, lost: { points: 3 } });
    expect(lots(stateAfter([before, sale, refund]))).toEqual(['5 until null']);
  });

  it('leaves the visit, and takes away spend, items and earnings (fine print 29)', () => {
    const till = testTill('t');
    const sale = till.sale({ lines: [{ paid: minor(300) }, { paid: minor(500) }], earned: { points: 8 } });
    const part = till.refund(sale, { lines: [all(0, 300)], lost: { points: 3 } });
    const left = stateAfter([sale, part]);
    expect([left.visits, spendOn(left, sale.body.sale), [...purchasesOf(left).keys()], left.lifetime]).toEqual([
      1,
      500,
      ['sku1'],
      { points: 5 },
    ]);
    expect([...givenOn(left, MONDAY)]).toEqual([[RULE, 5]]);
    const rest = till.refund(sale, { lines: [all(1, 500)], lost: { points: 5 }, whole: true });
    const gone = stateAfter([sale, part, rest]);
    expect([gone.visits, spendOn(gone, sale.body.sale), purchasesOf(gone).size, gone.lifetime]).toEqual([1, 0, 0, {}]);
    expect([...givenOn(gone, MONDAY)]).toEqual([]);
  });

  it('frees a use once nothing of its sale is left, in however many goes and tills, once (fine print 22)', () => {
    const [one, two] = [testTill('one'), testTill('two')];
    const sale = one.sale({ uses: [REWARD], lines: [{ paid: minor(300) }, { paid: minor(500) }] });
    const other = one.sale({ uses: [REWARD] });
    const [first, second] = [one.refund(sale, { lines: [all(0, 300)] }), two.refund(sale, { lines: [all(1, 500)] })];
    expect(usesOn(stateAfter([sale, other, first]), REWARD, MONDAY)).toEqual({ day: 2, month: 2, ever: 2 });
    const free = { day: 1, month: 1, ever: 1 };
    expect(usesOn(stateAfter([sale, other, first, second]), REWARD, MONDAY)).toEqual(free);
    const whole = () => one.refund(sale, { lines: [all(0, 300), all(1, 500)], whole: true });
    expect(usesOn(stateAfter([sale, other, whole(), whole()]), REWARD, MONDAY)).toEqual(free);
  });

  it('takes periods of a membership out again (fine print 36)', () => {
    const by = terms({ memberships: [{ id: 'plus', sku: 'PLUS', period: 'P1M' }] });
    const till = testTill('t');
    const sale = till.sale({ lines: [{ sku: 'PLUS', quantity: '2', paid: minor(900) }] });
    const refund = till.refund(sale, { lines: [{ line: 0, quantity: '1', freeUnits: 0, money: minor(450) }] });
    expect([...membershipsOf(stateAfter([sale, refund], by), day('2026-04-01'))]).toEqual(['plus']);
    expect([...membershipsOf(stateAfter([sale, refund], by), day('2026-04-02'))]).toEqual([]);
    expect(stateAfter([sale, till.void(sale)], by).memberships).toEqual({});
  });

  it('takes a level back that the sale reached and the measure no longer supports (fine print 18)', () => {
    const levels = [
      { id: 'bronze', at: 0 },
      { id: 'silver', at: 10 },
    ];
    const by = terms({ tiers: { measure: 'earned', wallet: 'points', window: 'lifetime', levels } });
    const till = testTill('t');
    const [first, second] = [till.sale({ earned: { points: 6 } }), till.sale({ earned: { points: 6 } })];
    const level = (refund: EntryOf<'refund'>) => levelOf(stateAfter([first, second, refund], by), by, MONDAY).level;
    expect(level(till.refund(second, { lost: { points: 2 } }))).toBe('silver');
    expect(level(till.refund(second, { lost: { points: 3 } }))).toBe('bronze');
    expect(level(till.refund(first, { lost: { points: 6 } }))).toBe('silver');
  });

  it('of another member’s sale, or of nobody’s, changes nobody', () => {
    const till = testTill('t');
    const sale = till.sale({ member: null, earned: { points: 5 } });
    expect(foldAll([sale, till.refund(sale, { lost: { points: 5 } })]).size).toBe(0);
  });
});

describe('gifts that go back', () => {
  const badge = { reason: 'badge', badge: 'b', wallet: POINTS, amount: points(7) } as const;
  const gifts = [
    badge,
    { reason: 'referee', wallet: POINTS, amount: points(10) },
    { reason: 'referrer', member: OTHER, wallet: POINTS, amount: points(20) },
  ] as const;

  it('are taken from both accounts, and may be had again (fine print 34, 35)', () => {
    const till = testTill('t');
    const sale = till.sale({ gifts });
    const states = foldAll([sale, till.refund(sale, { date: day('2026-04-01'), gifts, whole: true })]);
    const [member, referrer] = [states.get(MEMBER) ?? NEW_MEMBER_STATE, states.get(OTHER) ?? NEW_MEMBER_STATE];
    expect([has(member)[0], has(referrer)[0]]).toEqual([0, 0]);
    expect([member.badges, member.referral.paid, referrer.referral.brought]).toEqual([[], null, {}]);
    const again = till.sale({ date: day('2026-04-02'), gifts });
    const paid = foldAll([again], terms(), states);
    expect([paid.get(MEMBER)?.referral.paid, paid.get(OTHER)?.referral.brought]).toEqual([
      again.body.sale,
      { '2026-04': 1 },
    ]);
  });

  it('stay where the refund does not name them, and none goes back twice', () => {
    const [one, two] = [testTill('one'), testTill('two')];
    const sale = one.sale({ gifts });
    const kept = stateAfter([sale, one.refund(sale, { gifts: [badge] })]);
    expect([has(kept)[0], kept.badges, kept.referral.paid]).toEqual([10, [], sale.body.sale]);
    const twice = foldAll([sale, one.refund(sale, { gifts }), two.refund(sale, { gifts })]);
    expect([...twice.values()].map((state) => has(state)[0])).toEqual([0, 0]);
  });

  it('are no loss to a member who never got them, since another till had given them first (fine print 12)', () => {
    let now = 0;
    const [one, two] = [testTill('one', () => (now += 1)), testTill('two', () => (now += 1))];
    const [first, second] = [one.sale({ gifts }), two.sale({ gifts })];
    const states = foldAll([first, second, two.refund(second, { gifts, whole: true })]);
    expect([...states.values()].map((state) => has(state)[0])).toEqual([17, 20]);
    expect(states.get(MEMBER)?.referral.paid).toBe(first.body.sale);
  });
});

describe('two tills that undo the same sale', () => {
  it('give back and take once what there was', () => {
    const [one, two] = [testTill('one'), testTill('two')];
    const before = one.sale({ earned: { points: 10 } });
    const sale = one.sale({ spent: { points: 6 }, earned: { points: 4 } });
    const undo = (till: typeof one) =>
      till.refund(sale, { date: TUESDAY, returned: { points: 6 }, lost: { points: 4 }, whole: true });
    const state = stateAfter([before, sale, undo(one), undo(two)]);
    expect([has(state), state.lifetime, state.visits]).toEqual([[10, 10], { points: 10 }, 2]);
    const half = (till: typeof one) =>
      till.refund(sale, { date: TUESDAY, returned: { points: 4 }, lost: { points: 3 } });
    expect(has(stateAfter([before, sale, half(one), half(two)]))).toEqual([10, 10]);
  });

  it('undo a voided sale no more', () => {
    const [one, two] = [testTill('one'), testTill('two')];
    const before = one.sale({ earned: { points: 10 } });
    const sale = one.sale({ spent: { points: 6 }, earned: { points: 4 } });
    const late = two.refund(sale, { date: TUESDAY, returned: { points: 6 }, lost: { points: 4 }, whole: true });
    const state = stateAfter([before, sale, one.void(sale), two.void(sale), late]);
    expect([has(state), state.visits]).toEqual([[10, 10], 1]);
  });
});

describe('a void', () => {
  it('leaves nothing but that there was one', () => {
    const till = testTill('t');
    const sale = till.sale({ earned: { points: 10, stamps: 1 }, uses: [REWARD], lines: [{ paid: minor(100) }] });
    expect(stateAfter([sale, till.void(sale)])).toEqual({ ...NEW_MEMBER_STATE, voided: [sale.body.sale] });
  });

  it('gives back to the lots that the sale took from, and leaves those of others, to the byte', () => {
    const till = testTill('t');
    const before = [till.sale({ earned: { points: 10 } }), till.sale({ date: TUESDAY, earned: { points: 10 } })];
    const sale = till.sale({ date: TUESDAY, spent: { points: 15 } });
    const after = stateAfter([...before, sale, till.void(sale)]);
    expect(encodeState({ ...after, voided: [] })).toBe(encodeState(stateAfter(before)));
  });

  it('of version 1, with sums by wallet alone, undoes the sale whole', () => {
    const till = testTill('t');
    const before = till.sale({ earned: { points: 20, stamps: 4 } });
    const sale = till.sale({ earned: { points: 10, stamps: 1 }, spent: { stamps: 4, points: 6 } });
    const made = till.void(sale);
    const part = (wallet: 'points' | 'stamps', amount: number) => ({
      wallet: wallet as typeof POINTS,
      amount: points(amount),
    }); // a name of the tests
    const rule = 'unknown' as typeof RULE; // as an upgraded void has it
    const body = {
      ...made.body,
      lines: [],
      returned: [part('points', 6), part('stamps', 4)].map((one, redemption) => ({
        redemption,
        reward: REWARD,
        ...one,
      })),
      lost: [part('stamps', 1), part('points', 10)].map((one, earning) => ({ earning, rule, ...one })),
      takenBack: [part('stamps', 1), part('points', 10)],
    };
    const after = stateAfter([before, sale, { ...made, body }]);
    expect([lots(after), has(after, MONDAY, STAMPS), after.visits]).toEqual([['20 until null'], [4, 4], 1]);
  });

  it('of a sale that the state does not know leaves no visits below none', () => {
    const till = testTill('t');
    const state = stateAfter([till.void(till.sale({ earned: { points: 4 } }))]);
    expect([state.visits, has(state)]).toEqual([0, [-4, 0]]);
  });
});
