import type { IncarnationId, MemberId } from '../../../base/ids.ts';
import type { Queries, Transaction } from '../../../sync/server/store/client.ts';
import type { Deferral } from '../../../sync/server/store/deferrals.ts';
import { tablesOf } from './tables.ts';

export async function saveDeferrals(transaction: Transaction, deferrals: readonly Deferral[]): Promise<void> {
  const table = tablesOf(transaction).deferrals;
  for (const deferral of deferrals) {
    const name = `${deferral.member} ${deferral.inc}`;
    const known = table.get(name);
    if (known === undefined || deferral.fromSeq < known.fromSeq) table.set(name, deferral);
  }
}

export async function deferralsOf(queries: Queries, members: readonly MemberId[]): Promise<Deferral[]> {
  return (await allDeferrals(queries)).filter(({ member }) => members.includes(member));
}

export async function deferralsOfStreams(queries: Queries, incs: readonly IncarnationId[]): Promise<Deferral[]> {
  return (await allDeferrals(queries)).filter(({ inc }) => incs.includes(inc));
}

export async function allDeferrals(queries: Queries): Promise<Deferral[]> {
  return tablesOf(queries).deferrals.values();
}

export async function endDeferrals(transaction: Transaction, inc: IncarnationId): Promise<void> {
  const table = tablesOf(transaction).deferrals;
  for (const { member, inc: of } of table.values()) if (of === inc) table.delete(`${member} ${of}`);
}
