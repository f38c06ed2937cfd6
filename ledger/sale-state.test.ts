import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HashHex, MemberId } from '../base/ids.ts';
import { minor, points } from '../base/numbers.ts';
import { compare, rational } from '../base/rational.ts';
import { NO_CONTEXT } from '../loyalty/earning/context.ts';
import { recordedQuantity } from '../loyalty/refunds/quantity.ts';
import type { Entry } from './entry.ts';
import { byOrder } from './order.ts';
import { encodeSaleState, saleStateSchema } from './sale-state-text.ts';
import { applyToSale, saleIn, type SaleState } from './sale-state.ts';
import { MEMBER, MONDAY, OTHER, POINTS, STORE, testTill } from './testing/books.ts';
import { allEntries, openWorld, play, turns } from './testing/histories.ts';

const fold = (...entries: readonly Entry[]) => entries.reduce<SaleState | undefined>(applyToSale, undefined);
const till = testTill('t');
const ACCOUNT = 'new' as MemberId; // a name of the tests
const CODE = 'c'.repeat(64) as HashHex; // likewise
const sold = till.sale({
  spent: { stamps: 5 },
  earned: { points: 9 },
  lines: [{ quantity: '3', paid: minor(900) }, { paid: minor(100) }],
});
// Of the 3, one was free.
const sale = {
  ...sold,
  body: {
    ...sold.body,
    redeemed: sold.body.redeemed.map((one) => ({ ...one, lines: [{ line: 0, discount: minor(300), freeUnits: 1 }] })),
  },
};
const back = (quantity: string, money: number, freeUnits = 0) => ({
  line: 0,
  quantity,
  freeUnits,
  money: minor(money),
});
const claim = (member: MemberId) => till.entry('claim', { sale: sale.body.sale, account: ACCOUNT }, { member });
const attach = (member: MemberId) => {
  const { lines, channel, minute, due } = sale.body;
  const earned = [{ rule: 'late' as (typeof sold.body.earned)[0]['rule'], wallet: POINTS, amount: points(4) }]; // a name of the tests
  const facts = { lines, earned, channel, minute, due, gifts: [], context: NO_CONTEXT, store: STORE, dropped: null };
  return till.entry('attach', { sale: sale.body.sale, ...facts }, { member });
};

describe('the state of a sale', () => {
  it('has whose it is, what was sold, and that nothing has come back', () => {
    expect(fold(sale)).toMatchObject({
      sale: 't-sale-1',
      inc: 't-1',
      seq: 1,
      member: MEMBER,
      unclaimed: null,
      record: { date: MONDAY, minute: 600, store: STORE, lines: [{ quantity: '3' }, { quantity: '1' }] },
      returned: {
        lines: [
          { quantity: '0', freeUnits: 0, money: 0 },
          { quantity: '0', freeUnits: 0, money: 0 },
        ],
        redeemed: [0],
        earned: [0],
      },
      voided: false,
    });
  });

  it('adds up refunds, and free units come back last (fine print 23)', () => {
    const first = till.refund(sale, { lines: [back('1.5', 450)], lost: { points: 3 } });
    const second = till.refund(sale, { lines: [back('0.5', 450)], lost: { points: 2 }, returned: { stamps: 1 } });
    expect(fold(sale, first, second)?.returned).toEqual({
      lines: [
        { quantity: '2', freeUnits: 0, money: 900 },
        { quantity: '0', freeUnits: 0, money: 0 },
      ],
      redeemed: [1],
      earned: [5],
    });
    expect(fold(sale, first, till.refund(sale, { lines: [back('1.5', 450, 1)] }))?.returned.lines[0]).toEqual({
      quantity: '3',
      freeUnits: 1,
      money: 900,
    });
  });

  it('never has more returned than was sold, spent and earned, whatever two tills did', () => {
    const whole = () => till.refund(sale, { lines: [back('2', 900)], lost: { points: 9 }, returned: { stamps: 5 } });
    expect(fold(sale, whole(), whole())?.returned).toEqual({
      lines: [
        { quantity: '3', freeUnits: 1, money: 900 },
        { quantity: '0', freeUnits: 0, money: 0 },
      ],
      redeemed: [5],
      earned: [9],
    });
  });

  it('voided has all of it undone, whatever its void lists', () => {
    const made = till.void(sale);
    const voided = { ...made, body: { ...made.body, lines: [], returned: [], lost: [] } };
    const undone = {
      lines: [
        { quantity: '3', freeUnits: 1, money: 900 },
        { quantity: '1', freeUnits: 0, money: 100 },
      ],
      redeemed: [5],
      earned: [9],
    };
    for (const entry of [made, voided]) expect(fold(sale, entry)).toMatchObject({ voided: true, returned: undone });
    expect(fold(sale, made, till.refund(sale, { lines: [back('1', 300)] }))?.returned).toEqual(undone);
  });

  it('of an unclaimed account is the first claimant’s', () => {
    const open = till.sale({ member: ACCOUNT, claim: CODE });
    expect(fold(open)).toMatchObject({ member: null, unclaimed: { account: ACCOUNT, code: CODE } });
    expect(fold(open, claim(MEMBER), claim(OTHER))).toMatchObject({ member: MEMBER, unclaimed: null });
    expect(fold(open, claim(MEMBER), attach(OTHER))?.member).toBe(MEMBER);
    expect(fold(open, attach(OTHER), claim(MEMBER))?.member).toBe(OTHER);
  });

  it('of nobody is the first card’s, and earns what that says (fine print 39)', () => {
    const found = fold({ ...sale, member: null, postings: [] }, attach(OTHER), attach(MEMBER), claim(MEMBER));
    expect(found).toMatchObject({
      member: OTHER,
      record: { earned: [{ rule: 'late', wallet: POINTS, amount: 4 }] },
      returned: { earned: [0] },
    });
    expect(fold(sale, attach(OTHER))?.member).toBe(MEMBER);
  });

  it('is not known without the sale, is the first where a sale came twice, and no other entry changes it', () => {
    expect([fold(claim(MEMBER)), fold(till.adjust(POINTS, 1))]).toEqual([undefined, undefined]);
    expect(fold(sale, { ...sale, seq: 9 }, till.adjust(POINTS, 1))).toEqual(fold(sale));
    expect([saleIn(sale), saleIn(attach(MEMBER)), saleIn(till.adjust(POINTS, 1))]).toEqual([
      sale.body.sale,
      sale.body.sale,
      null,
    ]);
  });

  it('has nothing of what its entry says beyond', () => {
    const later = { later: 1 };
    const more = <Part extends object>(parts: readonly Part[]) => parts.map((part) => ({ ...later, ...part }));
    const body = {
      ...sale.body,
      lines: more(sale.body.lines),
      earned: more(sale.body.earned),
      redeemed: more(sale.body.redeemed),
    };
    const state = fold({ ...sale, body });
    expect(state && encodeSaleState(state)).toBe(encodeSaleState(fold(sale) as SaleState)); // it is one
  });
});

describe('any history of three tills', () => {
  it('leaves sales that are read back to the byte, with no more returned than sold', () => {
    fc.assert(
      fc.property(turns(40), (history) => {
        const world = openWorld();
        play(world, history);
        const sales = new Map<string, SaleState>();
        for (const entry of allEntries(world)) {
          const name = saleIn(entry);
          const next = name === null ? undefined : applyToSale(sales.get(name), entry);
          if (next !== undefined) sales.set(next.sale, next);
        }
        for (const state of sales.values()) {
          const text = encodeSaleState(state);
          expect(encodeSaleState(saleStateSchema.parse(JSON.parse(text)))).toBe(text);
          const { record, returned } = state;
          for (const [index, { quantity, paid }] of record.lines.entries()) {
            const line = returned.lines[index];
            expect(compare(recordedQuantity(line?.quantity ?? ''), recordedQuantity(quantity))).toBeLessThanOrEqual(0);
            expect(compare(recordedQuantity(line?.quantity ?? ''), rational(0))).toBeGreaterThanOrEqual(0);
            expect(line?.money).toBeLessThanOrEqual(paid);
          }
          expect(record.redeemed.every(({ cost }, index) => (returned.redeemed[index] ?? 0) <= cost)).toBe(true);
          expect(record.earned.every(({ amount }, index) => (returned.earned[index] ?? 0) <= amount)).toBe(true);
        }
        const byTills = world.tills.flatMap((one) => [...one.sales().keys()]);
        expect(new Set(byTills)).toEqual(new Set(sales.keys()));
        expect(allEntries(world).toSorted(byOrder)).toEqual(allEntries(world));
      }),
      { numRuns: 60 },
    );
  });
});
