import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RewardId } from '../../base/ids.ts';
import { describeRewards } from '../rewards/describe.ts';
import { anySale } from '../testing/any-sale.ts';
import { line, memberOf, programmeOf, saleOf } from '../testing/build.ts';
import { evaluateSale } from './evaluate.ts';
import type { SaleEvaluation } from './evaluation.ts';
import type { SaleRequest } from './request.ts';

/** Laws that hold for every programme, member and basket. */

const sum = (numbers: readonly number[]) => numbers.reduce((total, value) => total + value, 0);

function expectSound(evaluation: SaleEvaluation): void {
  const { lines, rewards, rules, earned, spent, totals } = evaluation;
  for (const { list, paid, tax, discounts } of lines) {
    expect(paid >= 0 && paid <= list && tax >= 0 && tax <= paid).toBe(true);
    expect(list - paid).toBe(sum(discounts.map(({ discount }) => discount)));
  }
  expect(totals).toEqual({
    list: sum(lines.map(({ list }) => list)),
    discount: sum(rewards.map(({ discount }) => discount)),
    due: sum(lines.map(({ paid }) => paid)),
    tax: sum(lines.map(({ tax }) => tax)),
  });
  expect(totals.list - totals.discount).toBe(totals.due);
  for (const applied of rewards) {
    expect(applied.discount > 0).toBe(applied.kind !== 'voucher' && applied.kind !== 'donation');
    expect(sum(applied.lines.map(({ discount }) => discount))).toBe(applied.discount);
  }
  expect(
    [...rules, ...earned, ...spent].every((entry) => Number.isSafeInteger(entry.amount) && entry.amount >= 0),
  ).toBe(true);
}

describe('evaluateSale', () => {
  it('takes no line or total below zero, and its lines sum to its totals', () => {
    fc.assert(
      fc.property(anySale, ({ programme: some, member: who, request }) => {
        const result = evaluateSale(some, who, request);
        if (result.ok) expectSound(result.value);
      }),
      { numRuns: 400 },
    );
  });

  it('answers the same for a commit as for its quote, and JSON carries the answer unchanged', () => {
    fc.assert(
      fc.property(anySale, ({ programme: some, member: who, request }) => {
        const quote = evaluateSale(some, who, request);
        expect(evaluateSale(some, who, structuredCopy(request))).toEqual(quote);
        expect(JSON.parse(JSON.stringify(quote))).toEqual(quote);
      }),
    );
  });

  it('never spends more than the member had, and gives no rule more than its cap', () => {
    fc.assert(
      fc.property(anySale, ({ programme: some, member: who, request }) => {
        const result = evaluateSale(some, who, request);
        if (!result.ok) return;
        for (const { wallet, amount: spent } of result.value.spent)
          expect(spent <= (who?.spendable.get(wallet) ?? 0)).toBe(true);
        for (const { rule, amount: given } of result.value.rules) {
          const capOf = some.earn.find(({ id }) => id === rule);
          if (capOf?.amount === undefined) throw new Error('a multiplier gave something');
          expect(given <= (capOf.cap?.perSale ?? Number.POSITIVE_INFINITY)).toBe(true);
          const today = who?.earnedToday.get(rule) ?? 0;
          expect(given <= Math.max(0, (capOf.cap?.perDay ?? Number.POSITIVE_INFINITY) - today)).toBe(true);
        }
      }),
    );
  });

  it('with wholeSteps gives whole multiples of give before a cap, never more than without', () => {
    const spend = fc.record({
      give: fc.integer({ min: 1, max: 20 }),
      every: fc.integer({ min: 1, max: 500 }),
      prices: fc.array(fc.nat(5_000), { minLength: 1, maxLength: 5 }),
    });
    fc.assert(
      fc.property(spend, ({ give: each, every, prices }) => {
        const rule = (id: string, wholeSteps: boolean) => ({
          id,
          wallet: 'points',
          amount: { per: 'spend', give: each, every, wholeSteps },
        });
        const some = programmeOf({ earn: [rule('steps', true), rule('exact', false)] });
        const result = evaluateSale(some, memberOf(), saleOf(prices.map((price) => line(price))));
        if (!result.ok) throw new Error(result.error.code);
        const of = (id: string) => result.value.rules.find(({ rule: name }) => name === id)?.amount ?? 0;
        expect(of('steps') % each).toBe(0);
        expect(of('steps') <= of('exact')).toBe(true);
        expect(of('exact')).toBe(Number((BigInt(sum(prices)) * BigInt(each)) / BigInt(every)));
      }),
    );
  });
});

describe('describeRewards', () => {
  it('offers just what asking for it then does', () => {
    fc.assert(
      fc.property(anySale, ({ programme: some, member: who, request }) => {
        const offers = describeRewards(some, who, request);
        if (!offers.ok) throw new Error(offers.error.code);
        for (const { reward: id, outcome } of offers.value) {
          if (outcome.state === 'applied') continue;
          const points = outcome.state === 'available' ? outcome.points?.most : undefined;
          const asked = evaluateSale(some, who, withReward(request, id, points));
          if (outcome.state === 'available')
            expect(asked).toMatchObject({ ok: true, value: { totals: { due: outcome.due } } });
          else expect(asked.ok).toBe(false);
        }
      }),
    );
  });
});

function withReward(request: SaleRequest, reward: RewardId, points: number | undefined): SaleRequest {
  return { ...request, redeem: [...request.redeem, points === undefined ? { reward } : { reward, points }] };
}

function structuredCopy<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value; // requests are plain JSON
}
