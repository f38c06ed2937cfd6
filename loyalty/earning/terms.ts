import { present } from '../../base/assert.ts';
import type { WalletId } from '../../base/ids.ts';
import type { Rounding } from '../../base/rounding.ts';
import type { Frequent } from '../conditions/frequent.ts';
import type { Programme } from '../programme/programme.ts';
import type { EarnAmount } from './amounts/amount.ts';
import { earnAmount } from './amounts/table.ts';
import type { AmountRule, Multiplier } from './rule.ts';

/** A programme's earning rules sorted out, once for each programme and not for each quote. */
export type EarnTerms = {
  /** In the order of the document. */
  readonly rules: readonly { readonly rule: AmountRule; readonly amount: EarnAmount; readonly rounding: Rounding }[];
  readonly multipliers: ReadonlyMap<WalletId, readonly Multiplier[]>;
  /** The different `frequent` filters of all rules and multipliers. */
  readonly frequents: readonly Frequent[];
};

const known = new WeakMap<Programme, EarnTerms>();

export function earnTerms(programme: Programme): EarnTerms {
  const kept = known.get(programme);
  if (kept !== undefined) return kept;
  const terms = sortedOut(programme);
  known.set(programme, terms);
  return terms;
}

function sortedOut({ wallets, earn }: Programme): EarnTerms {
  const roundings = new Map(wallets.map(({ id, rounding }) => [id, rounding]));
  const multipliers = new Map<WalletId, Multiplier[]>();
  const rules: EarnTerms['rules'][number][] = [];
  for (const rule of earn) {
    if (rule.multiply === undefined) {
      const rounding = present(roundings.get(rule.wallet), rule.wallet);
      rules.push({ rule, amount: earnAmount(rule.amount), rounding });
    } else {
      const others = multipliers.get(rule.wallet) ?? [];
      others.push(rule);
      multipliers.set(rule.wallet, others);
    }
  }
  return { rules, multipliers, frequents: frequentsOf(earn) };
}

function frequentsOf(earn: Programme['earn']): readonly Frequent[] {
  const frequents = new Map<string, Frequent>();
  for (const { lines } of earn) {
    if (lines?.frequent !== undefined)
      frequents.set(`${lines.frequent.times} ${lines.frequent.within}`, lines.frequent);
  }
  return [...frequents.values()];
}
