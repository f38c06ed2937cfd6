import { createIntl } from 'react-intl';
import { expect, it } from 'vitest';
import type { RuleExplanation } from '../../../../loyalty/explain/explain-rules.ts';
import messages from '../../messages/en.json' with { type: 'json' };
import { amountWords } from '../../words/amounts.ts';
import { ruleViews } from './rule-view.ts';

const intl = createIntl({ locale: 'en', messages });
const say = (id: keyof typeof messages, values?: Readonly<Record<string, string | number>>): string =>
  intl.formatMessage({ id }, values);
const words = { say, amounts: amountWords(null, say), lineName: (line: number) => `line ${line}` };
const rules = (parts: readonly object[]) =>
  parts.map((part) => ({ rule: 'base', wallet: 'points', held: true, ...part })) as unknown as RuleExplanation[]; // in the form that the engine answers
const PER_EURO = { kind: 'amount', amount: { per: 'spend', give: 1, every: 100, wholeSteps: false } };

it('says 7 points for 3.50, doubled for happy hour, gold: no', () => {
  const views = ruleViews(
    rules([
      {
        rule: 'gold',
        kind: 'multiplier',
        multiplier: '3/2',
        held: false,
        unmet: [{ condition: 'tier', wanted: ['gold'], has: null }],
      },
      {
        ...PER_EURO,
        lines: [{ line: 0, basis: 350, multiplier: '2' }],
        result: { measure: 'money', basis: 'paid', exact: '7', rounding: 'down', amount: 7 },
      },
      { rule: 'happy-hour', kind: 'multiplier', multiplier: '2', lines: [{ line: 0 }] },
    ]),
    words,
  );
  expect(views).toEqual([
    {
      rule: 'base',
      name: 'Base',
      outcome: 'gives',
      effect: '+7 points',
      details: ['1 points for every 1.00', 'on 3.50', 'counted 2 times'],
    },
    { rule: 'happy-hour', name: 'Happy hour', outcome: 'multiplies', effect: '× 2', details: ['on line 0'] },
    { rule: 'gold', name: 'Gold', outcome: 'unmet', effect: null, details: ['Only for Gold'] },
  ]);
});

it('says what was rounded, what was capped, and how much of it was multiplied', () => {
  const result = { measure: 'money', basis: 'paid', exact: '23/2', rounding: 'down', amount: 5 };
  const lines = [
    { line: 0, basis: 350, multiplier: '2' },
    { line: 1, basis: 450, multiplier: '1' },
  ];
  const [view] = ruleViews(
    rules([{ ...PER_EURO, lines, result: { ...result, cap: { perDay: 8, today: 3 }, cappedBy: 'perDay' } }]),
    words,
  );
  expect(view?.details).toEqual([
    '1 points for every 1.00',
    'on 8.00',
    '3.50 of it counted 2 times',
    '11.5 rounded down',
    'at most 8 a day, 3 of them earlier',
  ]);
});

it('tells apart what gives by item, by sale, a share, or nothing', () => {
  const result = (measure: string, amount: number) => ({
    measure,
    basis: 'paid',
    exact: String(amount),
    rounding: 'down',
    amount,
  });
  const views = ruleViews(
    rules([
      {
        kind: 'amount',
        amount: { per: 'item', give: 1 },
        lines: [{ line: 0, basis: 0, multiplier: '1' }],
        result: result('units', 0),
      },
      { kind: 'amount', amount: { per: 'sale', give: 5 }, lines: [{ line: 0 }], result: result('sale', 5) },
      {
        kind: 'amount',
        amount: { per: 'share', percent: '5/2' },
        lines: [{ line: 0, basis: 400, multiplier: '1' }],
        result: result('money', 10),
      },
      { kind: 'multiplier', multiplier: '3/2', lines: [0, 1, 2, 2].map((line) => ({ line })) },
    ]),
    words,
  );
  expect(views.map(({ outcome, effect, details }) => [outcome, effect, ...details])).toEqual([
    ['gives', '+5 points', '5 points for the sale'],
    ['gives', '+10 points', '2.5 % back', 'on 4.00'],
    ['multiplies', '× 1.5', 'on line 0, line 1 and 1 more'],
    ['nothing', '+0 points', '1 points for each item', 'on 0 items'],
  ]);
});
