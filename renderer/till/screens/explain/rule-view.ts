/** What a rule of the programme says about itself after a sale or for a basket. Pure. */
import type { AmountTerms, HeldRule, RuleExplanation, RuleResult } from '../../../../loyalty/explain/explain-rules.ts';
import { readable } from '../../../ui/i18n/readable.ts';
import { reasonsWords, type ReasonWords } from '../../words/unmet-words.ts';

export type RuleView = {
  readonly rule: string;
  readonly name: string;
  readonly outcome: 'gives' | 'multiplies' | 'nothing' | 'unmet';
  /** `+7 Points`, or `× 2`; null where it did not hold. */
  readonly effect: string | null;
  /** In short sentences: its terms, what they were applied to, what changed the result. */
  readonly details: readonly string[];
};

export type RuleWords = ReasonWords & {
  /** What line of the sale this is. */
  readonly lineName: (line: number) => string;
};

/** What gives first, then what multiplies, then what did not count; in the order of the programme within each. */
export function ruleViews(rules: readonly RuleExplanation[], words: RuleWords): readonly RuleView[] {
  const views = rules.map((rule) => ruleView(rule, words));
  return ORDER.flatMap((outcome) => views.filter((view) => view.outcome === outcome));
}

const ORDER = ['gives', 'multiplies', 'nothing', 'unmet'] as const;

function ruleView(rule: RuleExplanation, words: RuleWords): RuleView {
  const named = { rule: rule.rule, name: readable(rule.rule) };
  if (!rule.held) return { ...named, outcome: 'unmet', effect: null, details: [reasonsWords(rule.unmet, words)] };
  if (rule.kind === 'multiplier') {
    const effect = words.say('rule.times', { factor: decimalOf(rule.multiplier, words) });
    return { ...named, outcome: 'multiplies', effect, details: [onLines(rule, words)] };
  }
  const amount = rule.result?.amount ?? 0;
  return {
    ...named,
    outcome: amount === 0 ? 'nothing' : 'gives',
    effect: words.say('rule.gives', { amount: words.amounts.wallet({ wallet: rule.wallet, amount }) }),
    details: [
      termsWords(rule.amount, rule.wallet, words),
      ...sumWords(rule, words),
      ...resultWords(rule, rule.wallet, words),
    ],
  };
}

function termsWords(terms: AmountTerms, wallet: string, { say, amounts, ...words }: RuleWords): string {
  switch (terms.per) {
    case 'spend': {
      const values = { give: amounts.wallet({ wallet, amount: terms.give }), every: amounts.money(terms.every) };
      return say(terms.wholeSteps ? 'rule.spend.full' : 'rule.spend', values);
    }
    case 'item':
    case 'sale':
      return say(`rule.${terms.per}`, { give: amounts.wallet({ wallet, amount: terms.give }) });
    case 'share':
      return say('rule.share', { percent: decimalOf(terms.percent, { say, amounts, ...words }) });
    default:
      return terms satisfies never;
  }
}

/** On how much it was reckoned, and what of that counted more often. */
function sumWords({ result, lines }: HeldRule, words: RuleWords): string[] {
  if (result === undefined || result.measure === 'sale') return [];
  const write = (sum: number): string =>
    result.measure === 'money' ? words.amounts.money(sum) : words.say('rule.units', { count: sum });
  const sums = new Map<string, number>();
  for (const { basis = 0, multiplier = '1' } of lines) sums.set(multiplier, (sums.get(multiplier) ?? 0) + basis);
  const whole = [...sums.values()].reduce((sum, part) => sum + part, 0);
  const multiplied = [...sums].filter(([multiplier, part]) => multiplier !== '1' && part !== 0);
  return [
    words.say('rule.on', { sum: write(whole) }),
    ...multiplied.map(([multiplier, part]) =>
      words.say(part === whole ? 'rule.multiplied' : 'rule.multiplied.part', {
        sum: write(part),
        factor: decimalOf(multiplier, words),
      }),
    ),
  ];
}

function resultWords({ result }: HeldRule, wallet: string, words: RuleWords): string[] {
  if (result === undefined) return [];
  return [...roundingWords(result, wallet, words), ...capWords(result, words)];
}

function roundingWords({ exact, rounding, measure }: RuleResult, wallet: string, words: RuleWords): string[] {
  if (measure === 'sale' || !exact.includes('/')) return [];
  return [words.say(`rule.rounded.${rounding}`, { exact: words.amounts.exact(wallet, valueOf(exact)) })];
}

function capWords({ cap, cappedBy }: RuleResult, { say }: RuleWords): string[] {
  if (cap === undefined || cappedBy === undefined) return [];
  if (cappedBy === 'perSale') return [say('rule.cap.sale', { most: cap.perSale ?? 0 })];
  return [say('rule.cap.day', { most: cap.perDay ?? 0, today: cap.today ?? 0 })];
}

const NAMES_SHOWN = 2;

function onLines({ lines }: HeldRule, { say, lineName }: RuleWords): string {
  const names = [...new Set(lines.map(({ line }) => lineName(line)))];
  const shown = names.slice(0, NAMES_SHOWN).join(', ');
  const more = names.length - NAMES_SHOWN;
  return more > 0 ? say('rule.lines.more', { names: shown, count: more }) : say('rule.lines', { names: shown });
}

/** A fraction like `91/5` as `18.2`; only to be read, nothing is computed with it. */
function decimalOf(fraction: string, { amounts }: ReasonWords): string {
  return new Intl.NumberFormat(amounts.locale, { maximumFractionDigits: 4 }).format(valueOf(fraction));
}

function valueOf(fraction: string): number {
  const [top = '0', bottom = '1'] = fraction.split('/');
  return Number(top) / Number(bottom);
}
