import type { MemberId } from '../../base/ids.ts';
import { NO_POINTS } from '../../base/numbers.ts';
import type { SaleState } from '../../ledger/sale-state.ts';
import { isAllReturned } from '../../loyalty/refunds/remaining.ts';
import { sumByWallet } from '../../loyalty/wallet-amounts.ts';
import { spentIn } from '../../ledger/postings.ts';
import type { TillEvent } from '../contract/calls.ts';
import type { CommitParts } from './commit-sale.ts';
import { findSale, stateOfOwnSale } from './sale-book.ts';

type SaleSummary = TillEvent<'sale'>;

/** Of a sale of this till or of the store, by whatever names it. */
export function saleSummary(parts: CommitParts, name: string): SaleSummary | undefined {
  const sale = findSale(parts, name);
  return sale && summaryOf(parts, sale);
}

/** Newest first, of the enrolment that writes. */
export function recentSales(parts: CommitParts, most: number): SaleSummary[] {
  const stream = parts.stream();
  if (stream === undefined) return [];
  return parts.store.projections.newestSales(stream.inc, most).flatMap((row) => {
    const sale = stateOfOwnSale(parts, row);
    return sale === undefined ? [] : [summaryOf(parts, sale)];
  });
}

/** Of a member, those that were made at this store, newest first. */
export function salesOf(parts: CommitParts, member: MemberId, most: number): SaleSummary[] {
  const notes = parts.members.find(member)?.state.sales ?? [];
  return notes
    .toReversed()
    .flatMap(({ sale }) => saleSummary(parts, sale) ?? [])
    .slice(0, most);
}

export function summaryOf(parts: CommitParts, sale: SaleState): SaleSummary {
  const { record, member } = sale;
  return {
    sale: sale.sale,
    receipt: sale.receipt ?? '',
    reference: sale.reference,
    at: sale.wall,
    businessDate: record.date,
    member,
    memberName: member === null ? null : (parts.members.find(member)?.profile.displayName ?? null),
    due: sale.due,
    discount: sale.discount,
    earned: [...sumByWallet(record.earned)],
    spent: [...spentIn(record.redeemed)],
    voided: sale.voided,
    refunded: refundedOf(sale),
    undone: undoneOf(sale),
    synced: isSynced(parts, sale),
  };
}

function refundedOf({ record, returned }: SaleState): SaleSummary['refunded'] {
  if (returned.lines.every(({ quantity }) => quantity === '0')) return 'none';
  return isAllReturned(record, returned) ? 'whole' : 'part';
}

function undoneOf({ record, returned }: SaleState): SaleSummary['undone'] {
  return {
    money: returned.lines.reduce((sum, { money }) => sum + money, 0),
    returned: [
      ...spentIn(
        record.redeemed.map((redemption, index) => ({ ...redemption, cost: returned.redeemed[index] ?? NO_POINTS })),
      ),
    ],
    takenBack: [
      ...sumByWallet(
        record.earned.map((earning, index) => ({ ...earning, amount: returned.earned[index] ?? NO_POINTS })),
      ),
    ],
  };
}

/** Head office has confirmed the sale and all that this till wrote about it since; another till's came from there. */
function isSynced({ store }: CommitParts, sale: SaleState): boolean {
  const confirmed = new Map(store.streams.all().map(({ inc, acknowledgedSeq }) => [inc, acknowledgedSeq]));
  return [sale, ...store.entries.aboutSale(sale.sale)].every(({ inc, seq }) => {
    const last = confirmed.get(inc);
    return last === undefined || seq <= last;
  });
}
