import type { WalletId } from '../base/ids.ts';
import type { Tally } from '../loyalty/tiers/tally.ts';
import type { MemberState } from './member-state.ts';
import { dueLeft, type SaleNote } from './sale-note.ts';

/** What levels measure of a sale. */
export function tallyOf(note: SaleNote): Tally {
  const earned: Record<WalletId, number> = {};
  for (const { wallet, amount } of note.earned) earned[wallet] = (earned[wallet] ?? 0) + amount;
  return { date: note.date, visits: 1, spend: dueLeft(note), earned };
}

type Sales = { sales: MemberState['sales']; readonly past: MemberState['past'] };
/** Of the notes, in their order. */
type Made = { sales: MemberState['sales']; readonly tallies: Tally[] };
const made = new WeakMap<object, Made>();

/** Of all sales. Those of the notes are kept with the state as long as its list stays the same one, or changes by the functions below. */
export function talliesOf(state: Readonly<Sales>): readonly Tally[] {
  const { past, sales } = state;
  let known = knownOf(state);
  if (known === undefined) {
    known = { sales, tallies: sales.map(tallyOf) };
    made.set(state, known);
  }
  return past.tallies.length === 0 ? known.tallies : [...past.tallies, ...known.tallies];
}

/** A ladder looks at all sales after each: making their tallies anew every time would cost most of the fold. */
export function addNote(draft: Sales, note: SaleNote): void {
  const known = knownOf(draft);
  draft.sales = [...draft.sales, note];
  if (known === undefined) return;
  known.tallies.push(tallyOf(note));
  known.sales = draft.sales;
}

/** `sales`: the newest of the draft's. */
export function keepNewest(draft: Sales, sales: MemberState['sales']): void {
  const known = knownOf(draft);
  const gone = draft.sales.length - sales.length;
  draft.sales = sales;
  if (known === undefined) return;
  known.tallies.splice(0, gone);
  known.sales = sales;
}

/** A draft begins as a copy of its state. */
export function carryTallies(state: Readonly<Sales>, draft: Readonly<Sales>): void {
  const known = knownOf(state);
  if (known !== undefined) made.set(draft, { sales: draft.sales, tallies: [...known.tallies] });
}

function knownOf(state: Readonly<Sales>): Made | undefined {
  const known = made.get(state);
  return known?.sales === state.sales ? known : undefined;
}
