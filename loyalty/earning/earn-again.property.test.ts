import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainRecordedSale, explainSale } from '../explain/explain-sale.ts';
import { evaluateSale } from '../sale/evaluate.ts';
import { anyMember, anySale } from '../testing/any-sale.ts';
import { recordOf } from '../testing/record-of.ts';
import { earnAgain, linesSold } from './earn-again.ts';
import { earnForAttached } from './earn-for.ts';
import type { EarningLine } from './earning-line.ts';

const withMember = anySale.filter(({ member }) => member !== undefined);

describe('earnAgain', () => {
  it('gives what the sale earned where nothing was returned', () => {
    fc.assert(
      fc.property(withMember, ({ programme, member, request }) => {
        const sold = evaluateSale(programme, member, request);
        if (!sold.ok) return;
        const { rules } = sold.value;
        const record = JSON.parse(JSON.stringify(recordOf(request, sold.value))) as ReturnType<typeof recordOf>; // the book is JSON
        expect(earnAgain(programme, record, linesSold(record))).toEqual(rules);
      }),
      { numRuns: 1_000 },
    );
  });

  it('never gives a rule more than before, whatever is left, and nothing for nothing', () => {
    const left = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean()), {
      minLength: 8,
      maxLength: 8,
    });
    fc.assert(
      fc.property(withMember, left, ({ programme, member, request }, shares) => {
        const sold = evaluateSale(programme, member, request);
        if (!sold.ok) return;
        const record = recordOf(request, sold.value);
        const rest = linesSold(record).flatMap((line, index): EarningLine[] => {
          const [share, kept] = shares[index] ?? [1, true];
          return kept ? [{ ...line, paid: Math.floor(line.paid * share), net: Math.floor(line.net * share) }] : [];
        });
        const before = new Map(sold.value.rules.map(({ rule, amount }) => [rule, amount]));
        for (const { rule, amount } of earnAgain(programme, record, rest)) {
          expect(amount <= (before.get(rule) ?? 0)).toBe(true);
        }
        expect(earnAgain(programme, record, [])).toEqual([]);
      }),
    );
  });
});

describe('earnForAttached', () => {
  it('gives a late card what a sale at that price gives, and what a refund then needs', () => {
    fc.assert(
      fc.property(anySale, anyMember, ({ programme, request }, late) => {
        const basket = { ...request, redeem: [] };
        const sold = evaluateSale({ ...programme, rewards: [] }, undefined, basket);
        if (!sold.ok) throw new Error(sold.error.code);
        const record = recordOf(basket, sold.value);
        const attached = earnForAttached(programme, late, record);
        const evaluated = evaluateSale({ ...programme, rewards: [] }, late, basket);
        if (!attached.ok || !evaluated.ok) throw new Error('refused');
        expect(attached.value).toEqual({ rules: evaluated.value.rules, context: evaluated.value.context });
        const { rules, context } = attached.value;
        const after = { ...record, earned: rules, context };
        expect(earnAgain(programme, after, linesSold(after))).toEqual(rules);
      }),
    );
  });
});

describe('an explanation', () => {
  it('gives each rule what the evaluation gives, and tells the same of the request as of the record', () => {
    fc.assert(
      fc.property(withMember, ({ programme, member, request }) => {
        const sold = evaluateSale(programme, member, request);
        const live = explainSale(programme, member, request);
        expect(live.ok).toBe(sold.ok);
        if (!sold.ok || !live.ok) return;
        const results = live.value.rules.flatMap((rule) =>
          rule.held && rule.result !== undefined && rule.result.exact !== '0' ? [[rule.rule, rule.result.amount]] : [],
        );
        expect(results).toEqual(sold.value.rules.map(({ rule, amount }) => [rule, amount]));
        const recorded = explainRecordedSale(programme, recordOf(request, sold.value), true);
        const held = (rules: typeof recorded.rules) => rules.map((rule) => (rule.held ? rule : rule.unmet.length > 0));
        expect(held(recorded.rules)).toEqual(held(live.value.rules));
      }),
      { numRuns: 300 },
    );
  });
});
