import type { BusinessDate } from '../../../base/business-date.ts';
import type { MemberId } from '../../../base/ids.ts';
import type { Queries, Transaction } from '../../../sync/server/store/client.ts';
import type { StateRow } from '../../../sync/server/store/member-states.ts';
import { takePositions } from './counters.ts';
import { byText, tablesOf } from './tables.ts';

export async function findStates(queries: Queries, members: readonly MemberId[]): Promise<Map<MemberId, StateRow>> {
  return new Map(
    tablesOf(queries)
      .states.some(members)
      .map((row) => [row.member, row]),
  );
}

export async function saveStates(transaction: Transaction, rows: readonly StateRow[]): Promise<void> {
  const { states } = tablesOf(transaction);
  let position = await takePositions(transaction, 'feed', rows.length);
  for (const row of rows) {
    const version = (states.get(row.member)?.version ?? 0) + 1;
    states.set(row.member, { ...row, version, position });
    position += 1;
  }
}

export async function membersOfOldFold(): Promise<MemberId[]> {
  return [];
}

export async function membersSince(queries: Queries, date: BusinessDate): Promise<MemberId[]> {
  const rows = tablesOf(queries)
    .states.values()
    .filter(({ lastOrder }) => lastOrder >= date);
  return rows.map(({ member }) => member).toSorted();
}

export async function membersDue(queries: Queries, date: BusinessDate, limit: number): Promise<MemberId[]> {
  const due = tablesOf(queries)
    .states.values()
    .filter((row) => row.due !== null && row.due <= date);
  return due
    .toSorted(byText((row) => `${row.due ?? ''} ${row.member}`))
    .slice(0, limit)
    .map(({ member }) => member);
}

export async function setDue(
  transaction: Transaction,
  dues: readonly { readonly member: MemberId; readonly due: BusinessDate | null }[],
): Promise<void> {
  const { states } = tablesOf(transaction);
  for (const { member, due } of dues) {
    const known = states.get(member);
    if (known !== undefined) states.set(member, { ...known, due });
  }
}

export async function statesInClub(queries: Queries, club: string): Promise<{ member: MemberId; state: string }[]> {
  return tablesOf(queries)
    .states.values()
    .filter(({ clubs }) => clubs.includes(club))
    .toSorted(byText(({ member }) => member));
}
