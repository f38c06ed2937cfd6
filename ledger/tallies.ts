import type { WalletId } from '../base/ids.ts';
import type { Tally } from '../loyalty/tiers/tally.ts';
import type { MemberState } from './member-state.ts';
import type { SaleNote } from './sale-note.ts';

/** What levels measure of a sale. */
export function tallyOf(note: SaleNote): Tally {
  const earned: Record<WalletId, number> = {};
  for (const { wallet, amount } of note.earned) earned[wallet] = (earned[wallet] ?? 0) + amount;
  let spend = 0;
  for (const { paid } of note.lines) spend += paid;
  return { date: note.date, visits: 1, spend, earned };
}

type Sales = Pick<MemberState, 'sales' | 'past'>;
/** Of lists of notes, in their order. A list changes by `addNote` alone. */
const made = new WeakMap<MemberState['sales'], Tally[]>();

/** Of all sales. */
export function talliesOf({ past, sales }: Sales): readonly Tally[] {
  let tallies = made.get(sales);
  if (tallies === undefined) {
    tallies = sales.map(tallyOf);
    made.set(sales, tallies);
  }
  return past.tallies.length === 0 ? tallies : [...past.tallies, ...tallies];
}

/** A ladder looks at all sales after each: making their tallies anew every time would cost most of the fold. */
export function addNote({ sales }: { readonly sales: SaleNote[] }, note: SaleNote): void {
  sales.push(note);
  made.get(sales)?.push(tallyOf(note));
}

/** A draft begins as a copy of its state. */
export function carryTallies(state: Pick<Sales, 'sales'>, draft: Pick<Sales, 'sales'>): void {
  const known = made.get(state.sales);
  if (known !== undefined) made.set(draft.sales, [...known]);
}
