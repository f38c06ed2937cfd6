import type { WalletId } from '../base/ids.ts';
import type { Tally } from '../loyalty/tiers/tally.ts';
import type { MemberState } from './member-state.ts';
import { dueLeft, type SaleNote } from './sale-note.ts';

const tallies = new WeakMap<SaleNote, Tally>();

/** What levels measure of a sale. Made once for each note: a note never changes. */
export function tallyOf(note: SaleNote): Tally {
  const known = tallies.get(note);
  if (known !== undefined) return known;
  const earned: Record<WalletId, number> = {};
  for (const { wallet, amount } of note.earned) earned[wallet] = (earned[wallet] ?? 0) + amount;
  const made: Tally = { date: note.date, visits: 1, spend: dueLeft(note), earned };
  tallies.set(note, made);
  return made;
}

export function talliesOf({ past, sales }: Pick<MemberState, 'past' | 'sales'>): readonly Tally[] {
  return [...past.tallies, ...sales.map(tallyOf)];
}
