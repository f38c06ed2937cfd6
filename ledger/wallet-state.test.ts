import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BusinessDate } from '../base/business-date.ts';
import type { MemberId, SaleId } from '../base/ids.ts';
import { points } from '../base/numbers.ts';
import {
  balanceIn,
  credit,
  EMPTY_WALLET,
  giveBack,
  joinWallets,
  type Lot,
  LOTS_APART_MAX,
  moveEnds,
  type NewLot,
  OVERDRAFT,
  pruned,
  settleBelow,
  spend,
  spendableIn,
  splitWallet,
  takeBack,
  takeGift,
  takenOf,
  type WalletState,
} from './wallet-state.ts';

const day = (text: string) => text as BusinessDate; // in its form
const TODAY = day('2026-03-10');
const saleId = (name: string) => name as SaleId; // a name of the tests
const FERN = 'fern' as MemberId; // likewise

type Facts = { sale?: string; earned?: string; from?: string; end?: string; via?: MemberId };
const lot = (amount: number, { sale, earned = '2026-03-01', from, end, via }: Facts = {}): NewLot => ({
  sale: sale === undefined ? null : saleId(sale),
  earned: day(earned),
  from: from === undefined ? null : day(from),
  end: end === undefined ? null : day(end),
  amount: points(amount),
  ...(via && { via }),
});
const walletOf = (...lots: NewLot[]): WalletState => lots.reduce<WalletState>(credit, EMPTY_WALLET);
/** Name:amount, in spending order. */
const names = ({ lots }: Pick<WalletState, 'lots'>) => lots.map((held) => `${held.lot}:${held.amount}`);
const taken = (wallet: WalletState, amount: number) =>
  spend(wallet, points(amount), TODAY).parts.map((part) => `${part.lot}:${part.amount}`);

describe('a balance', () => {
  const wallet = walletOf(
    lot(1, { end: '2026-03-10' }),
    lot(2, { end: '2026-03-11' }),
    lot(4, { from: '2026-03-10' }),
    lot(8, { from: '2026-03-11' }),
  );

  it('counts what has not ended; what is pending is in it, and cannot be spent', () => {
    expect([balanceIn(wallet, TODAY), spendableIn(wallet, TODAY)]).toEqual([14, 6]);
    expect([balanceIn(wallet, day('2026-03-11')), spendableIn(wallet, day('2026-03-11'))]).toEqual([12, 12]);
  });

  it('below zero cannot be spent, and is no less than nothing', () => {
    const short = spend(walletOf(lot(10)), points(25), TODAY).state;
    expect([balanceIn(short, TODAY), spendableIn(short, TODAY)]).toEqual([-15, 0]);
  });
});

describe('spending', () => {
  it('takes the lot that ends first, then the one earned first, then the one that came first', () => {
    const wallet = walletOf(
      lot(10, { earned: '2026-03-05' }),
      lot(10, { earned: '2026-03-01', end: '2026-05-01' }),
      lot(10, { earned: '2026-03-02', end: '2026-04-01' }),
      lot(10, { earned: '2026-03-01', end: '2026-04-01', sale: 'a' }),
      lot(10, { earned: '2026-03-01', end: '2026-04-01', sale: 'b' }),
    );
    expect(taken(wallet, 45)).toEqual(['4:10', '5:10', '3:10', '2:10', '1:5']);
  });

  it('leaves alone what has ended, and takes what is pending last', () => {
    const wallet = walletOf(lot(5, { end: '2026-03-10' }), lot(5, { end: '2026-04-01', from: '2026-03-20' }), lot(5));
    expect(taken(wallet, 7)).toEqual(['3:5', '2:2']);
  });

  it('goes below zero for what no lot covers, and every credit repays that first (fine print 31)', () => {
    const { state, parts } = spend(walletOf(lot(10)), points(25), TODAY);
    expect([parts.map(({ amount }) => amount), state.below]).toEqual([[10], 15]);
    expect(credit(state, lot(10)).below).toBe(5);
    const repaid = credit(state, lot(40, { sale: 'b', end: '2026-09-01' }));
    expect([repaid.below, names(repaid)]).toEqual([0, ['2:25', '1:0']]);
  });
});

describe('what a refund takes back', () => {
  const wallet = walletOf(
    lot(5, { sale: 'old', end: '2026-03-20' }),
    lot(6, { sale: 's', end: '2026-03-10' }),
    lot(3, { sale: 's', end: '2026-06-01' }),
    lot(4, { end: '2026-05-01', from: '2026-03-12' }),
  );
  const refund = (lost: number, forgive = false) => {
    const facts = { lost: points(lost), sale: saleId('s'), date: TODAY };
    const amount = takenOf(wallet, { ...facts, forgive });
    return { amount, state: takeBack(wallet, { ...facts, taken: amount }) };
  };

  it('counts what of the sale’s own lots has ended as taken back already (fine print 28)', () => {
    expect([refund(6).amount, names(refund(6).state)]).toEqual([0, ['2:0', '1:5', '4:4', '3:3']]);
    expect([refund(9).amount, names(refund(9).state)]).toEqual([3, ['2:0', '1:5', '4:4', '3:0']]);
  });

  it('then takes own lots, others in spending order, pending ones included, and then below zero', () => {
    expect([refund(15).amount, names(refund(15).state)]).toEqual([9, ['2:0', '1:0', '4:3', '3:0']]);
    expect([refund(20).amount, refund(20).state.below]).toEqual([14, 2]);
  });

  it('stops at zero where the wallet forgives, and never raises a balance that is below', () => {
    expect([refund(20, true).amount, refund(20, true).state.below]).toEqual([12, 0]);
    const short = { ...EMPTY_WALLET, below: points(5) };
    expect(takenOf(short, { lost: points(3), sale: saleId('s'), date: TODAY, forgive: true })).toBe(0);
  });
});

describe('what comes back', () => {
  const back = (wallet: WalletState, took: ReturnType<typeof spend>['parts'], amount: number, date = TODAY) =>
    giveBack(wallet, took, points(amount), { date, unknownEnd: null });

  it('goes to its own lots, the latest-ending first, then the one earned last (fine print 30)', () => {
    const wallet = walletOf(
      lot(5, { end: '2026-04-01' }),
      lot(5, { end: '2026-05-01', earned: '2026-03-03' }),
      lot(5, { end: '2026-05-01', earned: '2026-03-02', sale: 'came last' }),
    );
    const { state, parts } = spend(wallet, points(15), TODAY);
    const once = back(state, parts, 7);
    expect(names(once.state)).toEqual(['1:0', '3:2', '2:5']);
    expect(once.took.map((part) => `${part.lot}:${part.amount}`)).toEqual(['1:5', '3:3']);
    expect(back(once.state, once.took, 8).state).toEqual(wallet);
  });

  it('lives for 30 days from the refund where its lot has ended, keeps its earned date and is no sale’s', () => {
    const wallet = walletOf(lot(5, { sale: 's', end: '2026-03-20', earned: '2026-02-01' }));
    const { state, parts } = spend(wallet, points(5), TODAY);
    const later = back(state, parts, 5, day('2026-03-20'));
    expect(later.state.lots.at(-1)).toEqual({
      lot: 2,
      sale: null,
      earned: '2026-02-01',
      from: null,
      end: '2026-04-19',
      amount: 5,
    });
    expect(balanceIn(later.state, day('2026-04-18'))).toBe(5);
    expect(balanceIn(later.state, day('2026-04-19'))).toBe(0);
    expect(back(state, parts, 5, day('2026-03-19')).state).toEqual(wallet);
  });

  it('returns an overdraft first, so that all of it leaves what was before', () => {
    const wallet = walletOf(lot(10, { end: '2026-04-01' }));
    const { state, parts } = spend(wallet, points(25), TODAY);
    const over = { lot: OVERDRAFT, earned: TODAY, end: day('2026-09-10'), amount: points(15) };
    const part = back(state, [...parts, over], 12);
    expect([part.state.below, names(part.state)]).toEqual([3, ['1:0']]);
    expect(back(part.state, part.took, 13).state).toEqual(wallet);
    const repaid = credit(state, lot(20, { end: '2026-06-01' }));
    expect(back(repaid, [...parts, over], 25).state.lots.map(({ end, amount }) => [end, amount])).toEqual([
      ['2026-04-01', 10],
      ['2026-06-01', 5],
      ['2026-09-10', 15],
    ]);
  });

  it('repays what is below zero meanwhile', () => {
    const { state, parts } = spend(walletOf(lot(10)), points(10), TODAY);
    const short = spend(state, points(4), TODAY).state;
    expect([back(short, parts, 10).state.below, names(back(short, parts, 10).state)]).toEqual([0, ['1:6']]);
  });
});

describe('activity', () => {
  it('moves the ends of all lots that have not ended, emptied ones included (fine print 15)', () => {
    const spent = spend(
      walletOf(lot(1, { end: '2026-03-10' }), lot(2, { end: '2026-03-11' }), lot(3, { end: '2026-05-01' })),
      points(2),
      TODAY,
    ).state;
    const moved = moveEnds(spent, day('2026-06-10'), TODAY);
    expect(moved.lots.map(({ end, amount }) => [end, amount])).toEqual([
      ['2026-03-10', 1],
      ['2026-06-10', 0],
      ['2026-06-10', 3],
    ]);
    expect(moveEnds(moved, day('2026-06-10'), TODAY)).toBe(moved);
  });
});

describe('wallets that become one', () => {
  it('keep each lot with its end, pay what is below zero, and part again with what is left', () => {
    const ours = spend(walletOf(lot(3, { end: '2026-04-01' })), points(5), TODAY).state;
    const theirs = walletOf(lot(4, { end: '2026-05-01' }), lot(6, { end: '2026-06-01' }));
    const { state, shift } = joinWallets(ours, theirs, FERN);
    const settled = settleBelow(state, TODAY);
    expect([settled.below, balanceIn(settled, TODAY), names(settled)]).toEqual([0, 8, ['1:0', '3:2', '4:6']]);
    const { left, gone } = splitWallet(settled, FERN, { through: new Set(), shift, next: theirs.next });
    expect([names(left), names(gone), gone.next]).toEqual([['1:0'], ['1:2', '2:6'], 3]);
  });
});

describe('old lots', () => {
  const prune = (wallet: WalletState, taken_: number[] = [], known: string[] = []) =>
    pruned(wallet, { date: TODAY, taken: new Set(taken_), isKnown: (sale) => known.includes(sale) });

  it('go once nothing can ask for them', () => {
    const wallet = spend(
      walletOf(lot(1, { end: '2026-03-10' }), lot(2, { sale: 's', end: '2026-03-10' }), lot(3), lot(4, { sale: 'x' })),
      points(3),
      TODAY,
    ).state;
    expect(names(prune(wallet))).toEqual(['4:4']);
    expect(names(prune(wallet, [3], ['s']))).toEqual(['2:2', '3:0', '4:4']);
  });

  it('of one end are joined once there are many, so that a life of sales stays small', () => {
    const many = Array.from({ length: 1_000 }, (_, at) => lot(1, { sale: `s${at}`, end: `2026-0${4 + (at % 3)}-01` }));
    const wallet = prune(walletOf(...many, lot(7, { from: '2026-04-01', end: '2026-04-01' })), [5], ['s999']);
    expect(wallet.lots.length).toBe(6);
    expect(balanceIn(wallet, TODAY)).toBe(1_007);
    for (const end of ['2026-04-01', '2026-05-01', '2026-06-01'])
      expect(balanceIn(wallet, day(end))).toBe(balanceIn(walletOf(...many), day(end)));
    const few = walletOf(...many.slice(0, LOTS_APART_MAX));
    expect(prune(few)).toBe(few);
  });
});

describe('any wallet', () => {
  const dates = ['2026-03-05', '2026-03-10', '2026-04-01', '2026-05-01'];
  const anyLot = fc
    .record({
      sale: fc.constantFrom('a', 'b', 'c', undefined),
      earned: fc.constantFrom('2026-03-01', '2026-03-02'),
      end: fc.constantFrom(...dates, undefined),
      from: fc.constantFrom('2026-03-12', undefined),
      amount: fc.integer({ min: 1, max: 100 }),
    })
    .map(({ amount, sale, earned, end, from }) => ({ ...lot(amount, { earned }), ...optional({ sale, end, from }) }));
  const amount = fc.integer({ min: 0, max: 300 }).map((units) => points(units));
  const wallet = fc
    .array(fc.oneof(anyLot, amount), { maxLength: 12 })
    .map((steps) =>
      steps.reduce<WalletState>(
        (state, step) => (typeof step === 'number' ? spend(state, step, TODAY).state : credit(state, step)),
        EMPTY_WALLET,
      ),
    );

  it('counts to the unit, has no lot below nothing, and all in spending order', () => {
    fc.assert(
      fc.property(wallet, anyLot, amount, (before, added, units) => {
        const live = added.end === null || TODAY < added.end;
        const after = credit(before, added);
        const repaid = before.below - after.below;
        expect(balanceIn(after, TODAY)).toBe(balanceIn(before, TODAY) + (live ? added.amount : repaid));
        const { state, parts } = spend(before, units, TODAY);
        expect(balanceIn(state, TODAY)).toBe(balanceIn(before, TODAY) - units);
        expect(parts.reduce((sum, part) => sum + part.amount, 0) + state.below - before.below).toBe(units);
        expect(state.lots.every((held) => held.amount >= 0)).toBe(true);
        const keys = after.lots.map(({ end, earned, lot: name }) => `${end ?? '~'} ${earned} ${name + 1_000}`);
        expect(keys).toEqual(keys.toSorted());
      }),
    );
  });

  it('gets back exactly what was taken, in one go or two, to the same lots', () => {
    fc.assert(
      fc.property(wallet, amount, fc.nat(), (before, units, cut) => {
        const { state, parts } = spend(before, units, TODAY);
        const covered = parts.reduce((sum, part) => sum + part.amount, 0);
        const over = { lot: OVERDRAFT, earned: TODAY, end: null, amount: points(units - covered) };
        const took = units === covered ? parts : [...parts, over];
        fc.pre(before.below === 0); // else the debt is repaid first
        const facts = { date: TODAY, unknownEnd: null };
        const first = points(cut % (units + 1));
        const once = giveBack(state, took, first, facts);
        const twice = giveBack(once.state, once.took, points(units - first), facts);
        expect([twice.state, twice.took]).toEqual([before, []]);
      }),
    );
  });

  it('takes back by as much as the balance falls', () => {
    fc.assert(
      fc.property(wallet, amount, fc.boolean(), (before, lost, forgive) => {
        const facts = { lost, sale: saleId('a'), date: TODAY };
        const units = takenOf(before, { ...facts, forgive });
        const after = takeBack(before, { ...facts, taken: units });
        expect(balanceIn(after, TODAY)).toBe(balanceIn(before, TODAY) - units);
        if (forgive) expect(balanceIn(after, TODAY)).toBeGreaterThanOrEqual(Math.min(0, balanceIn(before, TODAY)));
        expect(after.lots.every((held) => held.amount >= 0)).toBe(true);
      }),
    );
  });
});

function optional({
  sale,
  end,
  from,
}: {
  sale?: string | undefined;
  end?: string | undefined;
  from?: string | undefined;
}) {
  const parts: Partial<Record<keyof Lot, string>> = {};
  if (sale !== undefined) parts.sale = sale;
  if (end !== undefined) parts.end = end;
  if (from !== undefined) parts.from = from;
  return parts as unknown as Partial<NewLot>; // names and dates of the tests
}

describe('a gift that goes back', () => {
  it('is taken from the lot that it made, then in spending order, then below zero', () => {
    const wallet = walletOf(
      lot(8, { end: '2026-04-01' }),
      lot(5, { end: '2026-04-02', sale: 's', earned: '2026-03-10' }),
      lot(10, { end: '2026-05-01', earned: '2026-03-10', from: '2026-03-17' }),
    );
    const take = (amount: number) => takeGift(wallet, { amount: points(amount), given: TODAY, date: TODAY });
    expect(names(take(10))).toEqual(['1:8', '2:5', '3:0']);
    expect(names(take(19))).toEqual(['1:0', '2:4', '3:0']);
    expect(take(25).below).toBe(2);
  });
});
