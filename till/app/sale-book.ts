/**
 * Sales as this till knows them: its own, and those of other tills that the feed brought, with its own later entries about them on top. So
 * goods can be brought back to any till.
 */
import type { HashHex, SaleId } from '../../base/ids.ts';
import { applyToSale, type SaleState } from '../../ledger/sale-state.ts';
import type { Entry } from '../../ledger/entry.ts';
import { includesHere, isIncluded, NOTHING_INCLUDED } from '../store/includes.ts';
import { knownEntry } from '../store/own-fold.ts';
import type { SaleRow } from '../store/projections.ts';
import { parseSaleState, type StoredSale } from '../store/sales.ts';
import type { TillStore } from '../store/till-store.ts';

type Parts = { readonly store: TillStore };

/** By our id, by the number on its receipt, or by the POS's own reference of a sale of this till. */
export function findSale(parts: Parts, name: string): SaleState | undefined {
  const { projections, sales } = parts.store;
  const id = name as SaleId; // looked up just here
  const own = projections.sale(id) ?? projections.saleByReference(name) ?? projections.saleByReceipt(name);
  if (own !== undefined) return stateOf(parts, own, sales.find(own.sale));
  const stored = sales.find(id) ?? sales.findByReceipt(name);
  return stored && stateOf(parts, undefined, stored);
}

/** By the hash of its claim code, also one that was claimed since. */
export function findClaimedSale(parts: Parts, code: HashHex): SaleState | undefined {
  const own = parts.store.projections.saleByClaim(code);
  if (own !== undefined) return findSale(parts, own);
  const stored = parts.store.sales.findByClaim(code);
  return stored && stateOf(parts, undefined, stored);
}

export function stateOfOwnSale(parts: Parts, row: SaleRow): SaleState | undefined {
  return stateOf(parts, row, parts.store.sales.find(row.sale));
}

function stateOf({ store }: Parts, own: SaleRow | undefined, row: StoredSale | undefined): SaleState | undefined {
  const base = row === undefined ? undefined : parseSaleState(row.state);
  const includes = row === undefined ? NOTHING_INCLUDED : includesHere(row.includes, store.troubles.branches());
  const sale = base?.sale ?? own?.sale;
  if (sale === undefined) return undefined;
  const first = base === undefined && own !== undefined ? entryAt(store, own) : undefined;
  const later = store.entries.aboutSale(sale).flatMap((stored) => {
    const entry = isIncluded(includes, stored) ? undefined : knownEntry(stored);
    return entry === undefined ? [] : [entry];
  });
  const entries = first === undefined ? later : [first, ...later];
  return entries.reduce<SaleState | undefined>(applyToSale, base);
}

function entryAt(store: TillStore, { inc, seq }: SaleRow): Entry | undefined {
  const stored = store.entries.at(inc, seq);
  return stored && knownEntry(stored);
}
