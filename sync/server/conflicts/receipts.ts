/**
 * The same receipt of a POS entered at two tills: its store, register, reference and business date say so. The first entry in the total order that was
 * not voided stands; what comes after it gives nothing.
 */
import type { SaleId } from '../../../base/ids.ts';
import { sha256 } from '../../../base/node/hash.ts';
import type { Entry, EntryOf } from '../../../ledger/entry.ts';
import { saleStateOf, type FoldedSales } from '../fold/fold-sales.ts';
import { judge, type Judged } from '../fold/judge.ts';
import { byOrderKey } from '../fold/refold.ts';
import type { Transaction } from '../store/client.ts';
import { entriesOfSales } from '../store/entry-index.ts';
import { findSaleStates } from '../store/sale-states.ts';
import type { Verdict } from './verdicts.ts';

/** The receipt of the POS that a sale was made of, as a name that sales are found by; undefined where the POS did not say. */
export function receiptIn(entry: Entry): SaleId | undefined {
  if (entry.kind !== 'sale') return undefined;
  const { register = null, reference } = entry.body;
  if (register === null || reference === null) return undefined;
  const name = sha256(JSON.stringify([entry.store, register, reference, entry.bd]));
  return `receipt:${name}` as SaleId; // no sale has such an id
}

type Found = { readonly judged: Judged; readonly entry: EntryOf<'sale'> };

/** Of receipts that the new entries speak of: themselves, or by a void of their sale. */
export async function judgeReceipts(
  transaction: Transaction,
  ready: readonly Judged[],
  { upTo, rows }: { upTo: number; rows: FoldedSales['rows'] },
): Promise<Verdict> {
  const names = [...receiptsOf(ready), ...(await receiptsVoided(transaction, ready, upTo))];
  if (names.length === 0) return { code: 'same-receipt', entries: [], flagged: new Map() };
  const found = salesAmong(await entriesOfSales(transaction, [...new Set(names)], upTo));
  const voided = await voidedAmong(transaction, found, rows);
  const flagged = new Map<string, string>();
  for (const [name, group] of Map.groupBy(found, ({ entry }) => receiptIn(entry))) {
    if (name === undefined) continue;
    const ordered = group.toSorted((left, right) => byOrderKey(left.judged, right.judged));
    const stands = Math.max(
      0,
      ordered.findIndex(({ entry }) => !voided.has(entry.body.sale)),
    );
    for (const { judged } of ordered.slice(stands + 1))
      flagged.set(`${judged.inc} ${judged.seq}`, ordered[stands]?.entry.body.sale ?? '');
  }
  return { code: 'same-receipt', entries: found.map(({ judged }) => judged), flagged };
}

function receiptsOf(entries: readonly Judged[]): SaleId[] {
  return entries.flatMap(({ read }) => (read.as === 'known' ? (receiptIn(read.entry) ?? []) : []));
}

async function receiptsVoided(transaction: Transaction, ready: readonly Judged[], upTo: number): Promise<SaleId[]> {
  const sales = ready.flatMap(({ read }) =>
    read.as === 'known' && read.entry.kind === 'void' ? [read.entry.body.sale] : [],
  );
  if (sales.length === 0) return [];
  return receiptsOf((await entriesOfSales(transaction, sales, upTo)).map(judge));
}

function salesAmong(stored: Awaited<ReturnType<typeof entriesOfSales>>): Found[] {
  return stored.map(judge).flatMap((judged): Found[] => {
    const { read } = judged;
    return read.as === 'known' && read.entry.kind === 'sale' ? [{ judged, entry: read.entry }] : [];
  });
}

/** `rows`: states that are not written yet. */
async function voidedAmong(
  transaction: Transaction,
  found: readonly Found[],
  rows: FoldedSales['rows'],
): Promise<ReadonlySet<SaleId>> {
  const known = await findSaleStates(
    transaction,
    found.map(({ entry }) => entry.body.sale),
  );
  for (const row of rows) known.set(row.sale, row);
  return new Set([...known.values()].flatMap((row) => (saleStateOf(row).voided ? [row.sale] : [])));
}
