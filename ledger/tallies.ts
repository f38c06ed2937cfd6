import type { WalletId } from '../base/ids.ts';
import type { SaleTally, SumTally, Tally } from '../loyalty/tiers/tally.ts';
import type { MemberState } from './member-state.ts';
import type { SaleNote } from './sale-note.ts';

/** What levels measure of a sale, to be added to others. */
export function tallyOf(note: SaleNote): SumTally {
  const { date, visits, spend, earnings } = saleTally(note);
  const earned: Record<WalletId, number> = {};
  for (const { wallet, amount } of earnings) earned[wallet] = (earned[wallet] ?? 0) + amount;
  return { date, visits, spend, earned };
}

function saleTally({ date, lines, earned: earnings }: SaleNote): SaleTally {
  let spend = 0;
  for (const { paid } of lines) spend += paid;
  return { date, visits: 1, spend, earnings };
}

type Sales = Pick<MemberState, 'sales' | 'past'>;
/** Of lists of notes, in their order. A list changes by `addNote` alone. */
const made = new WeakMap<MemberState['sales'], SaleTally[]>();

/** Of all sales. */
export function talliesOf({ past, sales }: Sales): readonly Tally[] {
  let tallies = made.get(sales);
  if (tallies === undefined) {
    tallies = sales.map(saleTally);
    made.set(sales, tallies);
  }
  return past.tallies.length === 0 ? tallies : [...past.tallies, ...tallies];
}

/** A ladder looks at all sales after each: making their tallies anew every time would cost most of the fold. */
export function addNote({ sales }: { readonly sales: SaleNote[] }, note: SaleNote): void {
  sales.push(note);
  made.get(sales)?.push(saleTally(note));
}

/** A draft begins as a copy of its state. */
export function carryTallies(state: Pick<Sales, 'sales'>, draft: Pick<Sales, 'sales'>): void {
  const known = made.get(state.sales);
  if (known !== undefined) made.set(draft.sales, [...known]);
}
