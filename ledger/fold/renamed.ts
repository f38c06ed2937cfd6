import type { WalletId } from '../../base/ids.ts';
import { entriesOf } from '../../base/records.ts';
import type { SaleNote } from '../sale-note.ts';
import { OVERDRAFT } from '../wallet-state.ts';

/** The note with the names of the lots that it took from, as they are in another account's wallets; `shift` may be below 0. */
export function renamed(note: SaleNote, shift: (wallet: WalletId) => number): SaleNote {
  const took = entriesOf(note.took).map(([wallet, parts]) => {
    const by = shift(wallet);
    return [wallet, parts.map((part) => (part.lot === OVERDRAFT ? part : { ...part, lot: part.lot + by }))] as const;
  });
  return took.length === 0 ? note : { ...note, took: Object.fromEntries(took) };
}
