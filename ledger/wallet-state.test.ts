import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BusinessDate } from '../base/business-date.ts';
import type { SaleId } from '../base/ids.ts';
import { points } from '../base/numbers.ts';
import {
  credit,
  debit,
  EMPTY_WALLET,
  ENDLESS_LOTS_MAX,
  returnParts,
  type LotPart,
  type WalletState,
} from './wallet-state.ts';

const lot = (sale: string | null, earned: string, end: string | null, amount: number): LotPart =>
  ({ sale, earned, end, amount: points(amount) }) as LotPart; // brands
const held = (lots: readonly LotPart[], below = 0): WalletState => ({ lots, below: points(below) });
const balance = ({ lots, below }: WalletState): number => lots.reduce((sum, { amount }) => sum + amount, 0) - below;
const DAY = '2026-03-10' as BusinessDate; // in its form

const anyLot = fc
  .record({
    sale: fc.option(fc.constantFrom('a', 'b', 'c')),
    earned: fc.constantFrom('2026-03-01', '2026-03-02', '2026-03-10'),
    end: fc.option(fc.constantFrom('2026-04-01', '2026-05-01')),
    amount: fc.integer({ min: 1, max: 100 }),
  })
  .map(({ sale, earned, end, amount }) => lot(sale, earned, end, amount));
const amount = fc.integer({ min: 0, max: 300 }).map((units) => points(units));
const firstFrom = fc.option(
  fc.constantFrom('a', 'b').map((sale) => sale as SaleId),
  { nil: undefined },
); // names of the tests
/** Any wallet that credits and debits lead to. */
const wallet = fc
  .array(fc.oneof(anyLot, fc.tuple(amount, firstFrom)), { maxLength: 12 })
  .map((steps) =>
    steps.reduce<WalletState>(
      (state, step) => (Array.isArray(step) ? debit(state, step[0], step[1]).state : credit(state, step)),
      EMPTY_WALLET,
    ),
  );

describe('a wallet', () => {
  it('counts to the unit: a credit adds, a debit takes, and what a debit took is what its parts and the debt say', () => {
    fc.assert(
      fc.property(wallet, anyLot, amount, firstFrom, (before, added, taken, sale) => {
        expect(balance(credit(before, added))).toBe(balance(before) + added.amount);
        const { state, parts } = debit(before, taken, sale);
        expect(balance(state)).toBe(balance(before) - taken);
        expect(parts.reduce((sum, part) => sum + part.amount, 0) + state.below - before.below).toBe(taken);
      }),
    );
  });

  it('has no lot while it is below zero, no empty lot, none twice, and all in spending order', () => {
    fc.assert(
      fc.property(wallet, ({ lots, below }) => {
        expect(below === 0 || lots.length === 0).toBe(true);
        expect(lots.every((part) => part.amount > 0)).toBe(true);
        expect(new Set(lots.map(({ sale, earned, end }) => JSON.stringify([sale, earned, end]))).size).toBe(
          lots.length,
        );
        const keys = lots.map(({ end, earned, sale }) => `${end ?? '9999'} ${earned} ${sale ?? ''}`);
        expect(keys).toEqual(keys.toSorted());
      }),
    );
  });

  it('takes the lot that ends first, then the one earned first', () => {
    const lots = [
      lot('a', '2026-03-05', null, 10),
      lot('b', '2026-03-01', '2026-05-01', 10),
      lot('c', '2026-03-02', '2026-04-01', 10),
      lot('d', '2026-03-01', '2026-04-01', 10),
    ];
    const full = lots.reduce<WalletState>((state, one) => credit(state, one), EMPTY_WALLET);
    expect(debit(full, points(35)).parts).toEqual([
      lot('d', '2026-03-01', '2026-04-01', 10),
      lot('c', '2026-03-02', '2026-04-01', 10),
      lot('b', '2026-03-01', '2026-05-01', 10),
      lot('a', '2026-03-05', null, 5),
    ]);
    expect(debit(full, points(12), 'a' as SaleId).parts).toEqual([
      lot('a', '2026-03-05', null, 10),
      lot('d', '2026-03-01', '2026-04-01', 2),
    ]); // a name of the tests
  });

  it('goes below zero for what no lot covers, and a credit repays that first (fine print 31)', () => {
    const short = debit(credit(undefined, lot('a', '2026-03-01', null, 10)), points(25));
    expect(short).toEqual({ state: held([], 15), parts: [lot('a', '2026-03-01', null, 10)] });
    expect(credit(short.state, lot('b', '2026-03-02', null, 10))).toEqual(held([], 5));
    expect(credit(short.state, lot('b', '2026-03-02', null, 15))).toEqual(held([]));
    expect(credit(short.state, lot('b', '2026-03-02', null, 40))).toEqual(held([lot('b', '2026-03-02', null, 25)]));
  });

  it('gets back exactly what was taken, and to the same lots', () => {
    fc.assert(
      fc.property(wallet, amount, (before, taken) => {
        const { state, parts } = debit(before, taken);
        const covered = points(parts.reduce((sum, part) => sum + part.amount, 0));
        fc.pre(state.below === before.below); // else the debt is repaid first
        expect(returnParts(state, parts, covered, DAY)).toEqual(before);
      }),
    );
  });

  it('gets a part back to the lots that end last, and what no lot explains as a lot of its own', () => {
    const took = [lot('a', '2026-03-01', '2026-04-01', 10), lot('b', '2026-03-01', null, 10)];
    expect(returnParts(undefined, took, points(12), DAY)).toEqual(
      held([lot('a', '2026-03-01', '2026-04-01', 2), lot('b', '2026-03-01', null, 10)]),
    );
    expect(returnParts(undefined, [], points(7), DAY)).toEqual(held([lot(null, DAY, null, 7)]));
    expect(returnParts(held([], 5), took, points(12), DAY)).toEqual(
      held([lot('a', '2026-03-01', '2026-04-01', 2), lot('b', '2026-03-01', null, 5)]),
    );
  });

  it('joins endless lots of earlier dates, and never a lot that ends', () => {
    const lots = [
      lot('a', '2026-03-01', null, 1),
      lot('b', '2026-03-02', null, 2),
      lot('c', '2026-03-01', '2026-04-01', 4),
      lot('d', '2026-03-10', null, 8),
      lot('e', '2026-03-10', null, 16),
    ];
    expect(lots.reduce<WalletState>((state, one) => credit(state, one), EMPTY_WALLET)).toEqual(
      held([
        lot('c', '2026-03-01', '2026-04-01', 4),
        lot(null, '2026-03-01', null, 3),
        lot('d', '2026-03-10', null, 8),
        lot('e', '2026-03-10', null, 16),
      ]),
    );
  });

  it('stays small under very many credits of one date', () => {
    let state: WalletState = EMPTY_WALLET;
    for (let sale = 0; sale < 1_000; sale += 1)
      state = credit(state, lot(`s${String(sale).padStart(4, '0')}`, '2026-03-01', null, 1));
    expect([balance(state), state.lots.length]).toEqual([1_000, ENDLESS_LOTS_MAX]);
  });
});
