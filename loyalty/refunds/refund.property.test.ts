import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rational, subtract } from '../../base/rational.ts';
import type { Returned, SaleRecord } from '../sale/record.ts';
import { evaluateSale } from '../sale/evaluate.ts';
import { line, memberOf, saleOf } from '../testing/build.ts';
import { recordOf } from '../testing/record-of.ts';
import { documentOf, type Go, refundsOf, type Sold } from '../testing/refunds.ts';
import type { RefundEvaluation } from './evaluation.ts';
import { quantityText, recordedQuantity } from './quantity.ts';
import { isAllReturned, remaining } from './remaining.ts';
import { type PastRefund, returnedBy } from '../testing/returned-by.ts';

/** Laws that hold for every programme, sale and sequence of refunds. */

const count = (most: number) => fc.integer({ min: 1, max: most });
const wallet = fc.constantFrom('points', 'stamps', 'cashback');
const filter = fc.option(
  fc.oneof(
    fc.subarray(['A', 'B', 'C'], { minLength: 1 }).map((sku) => ({ sku })),
    fc.constant({ notSku: ['A'] }),
  ),
  { nil: undefined },
);
const when = fc.option(
  count(3_000).map((minSpend) => ({ minSpend })),
  { nil: undefined },
);
const amount = fc.oneof(
  fc.record({ per: fc.constant('spend'), give: count(20), every: count(300), wholeSteps: fc.boolean() }),
  fc.record({ per: fc.constant('item'), give: count(5) }),
  fc.record({ per: fc.constant('sale'), give: count(5) }),
);
const rule = fc.record({
  wallet,
  amount,
  basis: fc.constantFrom('paid', 'list', 'net'),
  lines: filter,
  when,
  cap: fc.option(fc.record({ perSale: fc.nat(40) }), { nil: undefined }),
});
const multiplier = fc.record({ wallet, multiply: fc.constantFrom('0', '0.5', '1.5', '3'), lines: filter, when });
const give = fc.oneof(
  fc.record({ kind: fc.constant('free-item'), lines: filter, quantity: count(4) }),
  fc.record({ kind: fc.constant('percent-off'), percent: count(60), lines: filter }),
  fc.record({ kind: fc.constant('amount-off'), amount: count(2_000) }),
);
const cost = fc.option(fc.record({ wallet, amount: count(100) }), { nil: null, freq: 5 });
const PAY = { id: 'pay', cost: { wallet: 'points' }, give: { kind: 'spend', points: 3, money: 2, step: 1 } };

const programme = fc
  .record({
    combine: fc.constantFrom('highest', 'add', 'multiply'),
    policies: fc.array(fc.constantFrom('prorate', 'full-only'), { minLength: 3, maxLength: 3 }),
    earn: fc.array(fc.oneof({ weight: 3, arbitrary: rule }, multiplier), { maxLength: 5 }),
    rewards: fc.array(fc.record({ cost, give }), { minLength: 1, maxLength: 4 }),
  })
  .map(({ combine, policies: [points_, stamps, cashback], earn, rewards }) =>
    documentOf({
      combine,
      wallets: [
        { id: 'points', kind: 'points', spentOnRefund: points_ },
        { id: 'stamps', kind: 'stamps', rounding: 'up', spentOnRefund: stamps },
        { id: 'cashback', kind: 'money', rounding: 'half-up', spentOnRefund: cashback },
      ],
      earn: earn.map((some, index) => ({ ...some, id: `rule${index}` })),
      rewards: [...rewards.map((some, index) => ({ ...some, id: `reward${index}`, auto: true })), PAY],
    }),
  );

const saleLine = fc.record({
  sku: fc.constantFrom('A', 'B', 'C'),
  quantity: fc.oneof(
    { weight: 3, arbitrary: count(6).map(String) },
    fc.constantFrom('0.375', '2.5', '1.9999', '0.0001', '100000'),
  ),
  unitPrice: fc.oneof({ weight: 4, arbitrary: fc.nat(900) }, fc.constant(0)),
  taxRate: fc.constantFrom('0.07', '0.19', undefined),
});

/** A committed sale of a member who has enough for whatever is there; points pay where they can. */
const sold: fc.Arbitrary<Sold> = fc
  .record({ programme, lines: fc.array(saleLine, { minLength: 1, maxLength: 5 }), paying: fc.option(count(60)) })
  .map(({ programme: some, lines, paying }) => {
    const basket = lines.map(({ unitPrice, ...parts }) => line(unitPrice, parts));
    const member = memberOf({ spendable: { points: 400, stamps: 400, cashback: 400 } });
    const asked: [string, number][] = paying === null ? [] : [['pay', paying * 3]];
    for (const redeem of [asked, []]) {
      const request = saleOf(basket, { redeem });
      const evaluated = evaluateSale(some, member, request);
      if (evaluated.ok) return { programme: some, record: recordOf(request, evaluated.value) };
    }
    throw new Error('a sale without wishes is refused');
  });

/** Where to go next, as numbers that any sale can make goes of: which lines, and how much of what is left, in 8 parts. */
const wishes = fc.array(
  fc.array(fc.record({ line: fc.nat(), eighths: fc.integer({ min: 1, max: 8 }) }), { minLength: 1, maxLength: 3 }),
  { maxLength: 6 },
);
type Wishes = readonly (readonly { readonly line: number; readonly eighths: number }[])[];

/** Goes that are never refused, whole units where there are any, and at the end all that is left. */
function goesOf({ record }: Sold, wanted: Wishes): Go[] {
  const left = record.lines.map(({ quantity }) => recordedQuantity(quantity));
  const goes: Go[] = [];
  for (const wish of wanted) {
    const go = new Map<number, string>();
    for (const { line: some, eighths } of wish) {
      const index = some % left.length;
      const before = left[index] ?? rational(0);
      if (go.has(index) || before.numerator === 0n) continue;
      const quantity = partOf(before.numerator, before.denominator, eighths);
      left[index] = subtract(before, quantity);
      go.set(index, quantityText(quantity));
    }
    if (go.size > 0) goes.push([...go]);
  }
  return left.some(({ numerator }) => numerator > 0n) ? [...goes, 'all'] : goes;
}

function partOf(numerator: bigint, denominator: bigint, eighths: number) {
  const unit = numerator >= denominator && numerator % denominator === 0n ? denominator : 1n;
  const steps = unit === denominator ? numerator / denominator : (numerator * 10_000n) / denominator;
  const some = (steps * BigInt(eighths) + 7n) / 8n; // at least one, at most all
  return unit === denominator ? rational(some) : rational(some, 10_000);
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, value) => total + value, 0);
const scenario = fc.record({ sold, wanted: wishes });
const RUNS = { numRuns: 300 };

function everythingOf({ lines, redeemed, earned }: SaleRecord) {
  return {
    money: lines.map(({ paid }) => paid),
    redeemed: redeemed.map(({ cost: spent }) => spent),
    earned: earned.map(({ amount: given }) => given),
  };
}

function undoneBy({ lines, redeemed, earned }: Returned) {
  return { money: lines.map(({ money }) => money), redeemed, earned };
}

function entryOf({ lines, redeemed, earned, whole }: RefundEvaluation): PastRefund {
  return {
    lines,
    returned: redeemed.map(({ index, amount: given }) => ({ redemption: index, amount: given })),
    lost: earned.map(({ index, amount: lost }) => ({ earning: index, amount: lost })),
    whole,
  };
}

describe('returning everything, in any number of goes', () => {
  it('pays back what was paid, gives back what was spent and loses what was earned, each exactly', () => {
    fc.assert(
      fc.property(scenario, ({ sold: some, wanted }) => {
        const goes = refundsOf(some, goesOf(some, wanted));
        const last = goes.at(-1);
        if (last === undefined) throw new Error('no go');
        expect(last.whole).toBe(true);
        expect(undoneBy(last.returned)).toEqual(everythingOf(some.record));
        expect(sum(goes.map(({ money }) => money))).toBe(sum(some.record.lines.map(({ paid }) => paid)));
        const { redeemed, earned } = everythingOf(some.record);
        const amounts = (lists: readonly (readonly { readonly amount: number }[])[]) =>
          sum(lists.flat().map(({ amount: value }) => value));
        expect(amounts(goes.map(({ givenBack }) => givenBack))).toBe(sum(redeemed));
        expect(amounts(goes.map(({ takenBack }) => takenBack))).toBe(sum(earned));
      }),
      RUNS,
    );
  });

  it('comes to the same as in one go, in whatever order', () => {
    fc.assert(
      fc.property(scenario, fc.infiniteStream(fc.nat()), ({ sold: some, wanted }, seed) => {
        const once = refundsOf(some, ['all'])[0]?.returned;
        const goes = goesOf(some, wanted);
        const shuffled = goes
          .filter((go) => go !== 'all')
          .map((go) => [seed.next().value, go] as const)
          .toSorted(([left], [right]) => left - right)
          .map(([, go]) => go);
        for (const order of [goes, goes.includes('all') ? [...shuffled, 'all' as const] : shuffled]) {
          expect(refundsOf(some, order).at(-1)?.returned).toEqual(once);
        }
      }),
      RUNS,
    );
  });
});

describe('each go', () => {
  it('takes and gives nothing below 0, and all goes together never more than the sale had', () => {
    fc.assert(
      fc.property(scenario, ({ sold: some, wanted }) => {
        for (const { lines, redeemed, earned, returned, whole } of refundsOf(some, goesOf(some, wanted))) {
          const amounts = [
            ...lines.map(({ money }) => money),
            ...[...redeemed, ...earned].map((entry) => entry.amount),
          ];
          expect([...amounts, ...lines.map(({ freeUnits }) => freeUnits)].every((value) => value >= 0)).toBe(true);
          const [all, undone] = [everythingOf(some.record), undoneBy(returned)];
          for (const part of ['money', 'redeemed', 'earned'] as const) {
            expect(undone[part].every((value, index) => value <= (all[part][index] ?? -1))).toBe(true);
          }
          for (const { paid, freeUnits, wholeUnits } of remaining(some.record, returned)) {
            expect(paid >= 0 && freeUnits >= 0 && freeUnits <= wholeUnits).toBe(true);
          }
          expect(whole).toBe(isAllReturned(some.record, returned));
        }
      }),
      RUNS,
    );
  });

  it('gives back by what has come back so far alone, however it came', () => {
    fc.assert(
      fc.property(scenario, ({ sold: some, wanted }) => {
        const goes = goesOf(some, wanted);
        for (const [index, { returned }] of refundsOf(some, goes).entries()) {
          const together = returned.lines.flatMap(({ quantity }, at) =>
            quantity === '0' ? [] : [[at, quantity] as const],
          );
          const once = refundsOf(some, [together])[0]?.returned;
          expect([once?.redeemed, once?.lines.map(({ freeUnits }) => freeUnits)], `go ${index}`).toEqual([
            returned.redeemed,
            returned.lines.map(({ freeUnits }) => freeUnits),
          ]);
        }
      }),
      RUNS,
    );
  });

  it('carries its answer in JSON unchanged, and says what explains its amounts', () => {
    fc.assert(
      fc.property(scenario, ({ sold: some, wanted }) => {
        for (const go of refundsOf(some, goesOf(some, wanted))) {
          expect(JSON.parse(JSON.stringify(go))).toEqual(go);
          for (const { amount: value, explain } of [...go.redeemed, ...go.earned]) {
            expect(Math.abs(explain.after - explain.before)).toBe(value);
          }
        }
      }),
    );
  });

  it('is found again in what the book says of all of them, in any order', () => {
    fc.assert(
      fc.property(scenario, ({ sold: some, wanted }) => {
        const goes = refundsOf(some, goesOf(some, wanted));
        for (const [index, { returned }] of goes.entries()) {
          const entries = goes.slice(0, index + 1).map((go) => entryOf(go));
          expect(returnedBy(some.record, entries)).toEqual(returned);
          expect(returnedBy(some.record, entries.toReversed())).toEqual(returned);
        }
      }),
    );
  });
});

describe('tills that did not know of each other', () => {
  it('leave a sale of which a later refund still pays, gives and takes nothing below 0', () => {
    fc.assert(
      fc.property(scenario, wishes, ({ sold: some, wanted }, others) => {
        const here = refundsOf(some, goesOf(some, wanted)).slice(0, 2);
        const there = refundsOf(some, goesOf(some, others)).slice(0, 2);
        const returned = returnedBy(
          some.record,
          [...here, ...there].map((go) => entryOf(go)),
        );
        if (isAllReturned(some.record, returned)) return;
        const [rest] = refundsOf(some, ['all'], returned);
        if (rest === undefined) throw new Error('no go');
        expect(rest.whole).toBe(true);
        const amounts = [rest.money, ...[...rest.redeemed, ...rest.earned].map((entry) => entry.amount)];
        expect(amounts.every((value) => value >= 0)).toBe(true);
      }),
      RUNS,
    );
  });
});
