/** New entries on the sales that they are about; one that comes before others of its sale in the total order means that the sale is folded anew. */
import { parseDecimal } from '../../../base/decimal.ts';
import type { IncarnationId, SaleId } from '../../../base/ids.ts';
import { add, compare, ZERO } from '../../../base/rational.ts';
import type { Entry } from '../../../ledger/entry.ts';
import { encodeSaleState } from '../../../ledger/sale-state-text.ts';
import { applyToSale, saleIn, type SaleState } from '../../../ledger/sale-state.ts';
import type { Transaction } from '../store/client.ts';
import { entriesOfSales, loadGroups, salesWithEntries } from '../store/entry-index.ts';
import { lowerFlags, type Flag, type FlagCode } from '../store/flags.ts';
import { findSaleStates, type SaleStateRow } from '../store/sale-states.ts';
import { includesOf, includesText } from './fold-accounts.ts';
import { withFlags, withStandings } from '../conflicts/standing.ts';
import { judge, namedBy, type Judged } from './judge.ts';
import { byOrderKey } from './refold.ts';
import { waitsOf } from './waiting.ts';

export type FoldedSales = {
  readonly rows: readonly SaleStateRow[];
  readonly flags: readonly Flag[];
  /** Entries that were judged anew and are worth something else by it. */
  readonly changed: readonly Judged[];
};

type FoldedSale = {
  readonly state: SaleState | undefined;
  readonly lastOrder: string;
  readonly includes: Readonly<Record<IncarnationId, number>>;
};

type SaleFact = { readonly sale: SaleId; readonly entry: Entry; readonly judged: Judged };

const NOTHING_FOLDED: FoldedSale = { state: undefined, lastOrder: '', includes: {} };
const CODES = ['refunded-beyond-sale', 'claimed-twice', 'attached-twice', 'voided-twice', 'pending-ref'] as const;
const NOTHING: FoldedSales = { rows: [], flags: [], changed: [] };

/** `judged`: none that waits; of positions above `from`, up to `upTo`. */
export async function foldSales(
  transaction: Transaction,
  judged: readonly Judged[],
  { from, upTo }: { from: number; upTo: number },
): Promise<FoldedSales> {
  const news = Map.groupBy(judged.flatMap(saleFact), ({ sale }) => sale);
  if (news.size === 0) return NOTHING;
  const rows = await findSaleStates(transaction, [...news.keys()]);
  const without = [...news.keys()].filter((sale) => !rows.has(sale));
  const waitedFor = await salesWithEntries(transaction, without, from);
  const late: SaleId[] = [];
  const parts: FoldedSales[] = [];
  for (const [sale, facts] of news) {
    const row = rows.get(sale);
    const before = row === undefined ? NOTHING_FOLDED : foldedFromRow(row);
    if (waitedFor.has(sale) || facts.some((fact) => fact.judged.orderKey <= before.lastOrder)) late.push(sale);
    else parts.push(foldSale(sale, before, facts));
  }
  parts.push(await refoldSales(transaction, late, upTo));
  return joined(parts);
}

/** From their first entry on. */
export async function refoldSales(
  transaction: Transaction,
  sales: readonly SaleId[],
  upTo: number,
): Promise<FoldedSales> {
  if (sales.length === 0) return NOTHING;
  const judged = (await entriesOfSales(transaction, sales, upTo)).map(judge);
  const accounts = [...new Set(judged.flatMap(namedBy))];
  const waits = await waitsOf(transaction, accounts, await loadGroups(transaction, accounts));
  const facts = judged.filter((entry) => !waits(entry)).flatMap(saleFact);
  const before = await withStandings(transaction, judged);
  await lowerFlags(transaction, CODES, judged);
  const folded = joined(
    [...Map.groupBy(facts, ({ sale }) => sale)].map(([sale, own]) => foldSale(sale, NOTHING_FOLDED, own)),
  );
  return { ...folded, changed: changedBetween(before, withFlags(judged, folded.flags)) };
}

/** By what a sale itself says of its entries. */
function changedBetween(before: readonly Judged[], after: readonly Judged[]): Judged[] {
  const isOurs = ({ standing }: Judged): boolean => standing === 'pending-ref' || standing === 'attached-twice';
  return after.filter((entry, index) => {
    const known = before[index];
    return (isOurs(entry) || (known !== undefined && isOurs(known))) && known?.standing !== entry.standing;
  });
}

function saleFact(judged: Judged): SaleFact[] {
  if (judged.read.as !== 'known') return [];
  const { entry } = judged.read;
  const sale = saleIn(entry);
  return sale === null ? [] : [{ sale, entry, judged }];
}

function foldSale(sale: SaleId, before: FoldedSale, facts: readonly SaleFact[]): FoldedSales {
  const flags: Flag[] = [];
  let { state, lastOrder } = before;
  const includes: Record<IncarnationId, number> = { ...before.includes };
  // What speaks of a sale that no till has sent yet gives nothing until that is here (rule E7).
  const isHere = facts.some(({ entry }) => entry.kind === 'sale');
  const ordered = facts.toSorted((left, right) => byOrderKey(left.judged, right.judged));
  for (const { entry, judged } of ordered) {
    const { inc, seq, orderKey } = judged;
    const code = state === undefined ? (isHere ? undefined : 'pending-ref') : problemOf(state, entry);
    if (code !== undefined) flags.push({ inc, seq, code, detail: sale });
    state = applyToSale(state, entry);
    includes[inc] = Math.max(includes[inc] ?? 0, seq);
    lastOrder = orderKey;
  }
  // A refund may come before its sale: once that is here, all that was said of it is folded.
  return { rows: state === undefined ? [] : [rowOf({ state, lastOrder, includes })], flags, changed: [] };
}

function problemOf(state: SaleState, entry: Entry): FlagCode | undefined {
  switch (entry.kind) {
    case 'refund':
      return state.voided || takesTooMuch(state, entry.body.lines) ? 'refunded-beyond-sale' : undefined;
    case 'void':
      return state.voided ? 'voided-twice' : takesTooMuch(state, entry.body.lines) ? 'refunded-beyond-sale' : undefined;
    case 'attach':
      return state.member === null ? undefined : 'attached-twice';
    case 'claim':
      return state.unclaimed === null ? 'claimed-twice' : undefined;
    default:
      return undefined;
  }
}

function takesTooMuch(
  { record, returned }: SaleState,
  lines: readonly { readonly line: number; readonly quantity: string }[],
): boolean {
  return lines.some(({ line, quantity }) => {
    const sold = record.lines[line];
    const before = returned.lines[line];
    if (sold === undefined || before === undefined) return true;
    const all = add(parseDecimal(before.quantity) ?? ZERO, parseDecimal(quantity) ?? ZERO);
    return compare(all, parseDecimal(sold.quantity) ?? ZERO) > 0;
  });
}

export function saleStateOf({ state }: { readonly state: string }): SaleState {
  return JSON.parse(state) as SaleState; // written below, by encodeSaleState
}

function foldedFromRow(row: SaleStateRow): FoldedSale {
  return { state: saleStateOf(row), lastOrder: row.lastOrder, includes: includesOf(row.includes) };
}

function rowOf({ state, lastOrder, includes }: FoldedSale & { readonly state: SaleState }): SaleStateRow {
  const { sale, store, member, record } = state;
  const text = encodeSaleState(state);
  return { sale, store, member, businessDate: record.date, state: text, lastOrder, includes: includesText(includes) };
}

function joined(parts: readonly FoldedSales[]): FoldedSales {
  return {
    rows: parts.flatMap((part) => part.rows),
    flags: parts.flatMap((part) => part.flags),
    changed: parts.flatMap((part) => part.changed),
  };
}
