/** A sale of this till, read back from its entry. */
import { present } from '../../base/assert.ts';
import { parseEntry, type SaleEntry, type WalletAmount } from '../../ledger/entry.ts';
import { sumByWallet } from '../../loyalty/wallet-amounts.ts';
import type { SaleRow } from '../store/projections.ts';
import type { TillStore } from '../store/till-store.ts';

export function saleEntry({ store }: { readonly store: TillStore }, row: SaleRow): SaleEntry {
  const stored = present(store.entries.at(row.inc, row.seq), `the entry of sale ${row.sale}`);
  const parsed = parseEntry(stored.bytes.toString('utf8'));
  if (!parsed.ok || !parsed.value.known || parsed.value.entry.kind !== 'sale')
    throw new Error(`no sale at ${row.inc}/${row.seq}`);
  return parsed.value.entry;
}

export function earnedBy(sale: SaleEntry): readonly WalletAmount[] {
  return sumByWallet(sale.body.earned);
}

export function spentBy(sale: SaleEntry): readonly WalletAmount[] {
  return sumByWallet(
    sale.body.redeemed.flatMap(({ wallet, cost }) => (wallet === null ? [] : [{ wallet, amount: cost }])),
  );
}
