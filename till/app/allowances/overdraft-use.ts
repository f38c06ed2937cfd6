/** How far this till has gone beyond its allowances since its last contact (fine print 33). */
import type { MemberId, WalletId } from '../../../base/ids.ts';
import { isIncluded, parseIncludes } from '../../store/includes.ts';
import type { OverdraftRow } from '../../store/overdrafts.ts';
import type { TillStore } from '../../store/till-store.ts';
import { type HeldParts, idsLeadingTo } from './held-parts.ts';

export type OverdraftUse = { readonly ofMember: number; readonly here: number };

export function overdraftUse(parts: HeldParts, member: MemberId, wallet: WalletId): OverdraftUse {
  const open = parts.store.overdrafts.open().filter((row) => row.wallet === wallet);
  if (open.length === 0) return { ofMember: 0, here: 0 };
  const ids = new Set(idsLeadingTo(parts, member));
  return { ofMember: sumOf(open.filter(({ account }) => ids.has(account))), here: sumOf(open) };
}

/** After a page of the feed: those that were posted and that head office's row of the member shows count no more. */
export function settleOverdrafts(store: TillStore): void {
  const settled = store.overdrafts.open().filter((row) => isShown(store, row));
  if (settled.length > 0) store.transact(() => settled.forEach(store.overdrafts.settle));
}

function isShown({ streams, members }: TillStore, row: OverdraftRow): boolean {
  const acknowledged = streams.all().find(({ inc }) => inc === row.inc)?.acknowledgedSeq ?? 0;
  return row.seq <= acknowledged && isIncluded(parseIncludes(members.find(row.account)?.includes), row);
}

function sumOf(rows: readonly OverdraftRow[]): number {
  return rows.reduce((sum, { amount }) => sum + amount, 0);
}
