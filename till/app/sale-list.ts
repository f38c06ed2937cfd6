import type { SaleId } from '../../base/ids.ts';
import type { TillEvent } from '../contract/calls.ts';
import type { SaleRow } from '../store/projections.ts';
import type { CommitParts } from './commit-sale.ts';
import { earnedBy, saleEntry, spentBy } from './own-sale.ts';

type SaleSummary = TillEvent<'sale'>;

export function saleSummary(parts: CommitParts, sale: SaleId): SaleSummary | undefined {
  const row = parts.store.projections.sale(sale);
  return row === undefined ? undefined : summaryOf(parts, row);
}

/** Newest first, of the enrolment that writes. */
export function recentSales(parts: CommitParts, most: number): SaleSummary[] {
  const stream = parts.stream();
  if (stream === undefined) return [];
  return parts.store.projections.newestSales(stream.inc, most).map((row) => summaryOf(parts, row));
}

function summaryOf(parts: CommitParts, row: SaleRow): SaleSummary {
  const entry = saleEntry(parts, row);
  const { due, discount, reference } = entry.body;
  const acknowledged = parts.store.streams.all().find(({ inc }) => inc === row.inc)?.acknowledgedSeq ?? 0;
  return {
    sale: row.sale,
    receipt: row.receipt,
    reference,
    at: entry.wall,
    businessDate: entry.bd,
    member: entry.member,
    memberName: entry.member === null ? null : (parts.members.find(entry.member)?.profile.displayName ?? null),
    due,
    discount,
    earned: [...earnedBy(entry)],
    spent: [...spentBy(entry)],
    voided: row.voidedBy !== null,
    synced: (row.voidedBy ?? row.seq) <= acknowledged,
  };
}
