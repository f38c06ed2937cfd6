import type { IncarnationId, MemberId, TillId, WalletId } from '../../../base/ids.ts';
import { points } from '../../../base/numbers.ts';
import type { SignedGrant } from '../../../ledger/allowances/grant-text.ts';
import { partText, type PartKey } from '../../../ledger/allowances/part.ts';
import type {
  CountedPart,
  Grantee,
  GrantedPart,
  GrantFeedRow,
  OutPart,
  Recall,
  UncountedEntry,
} from '../../../sync/server/store/allowances.ts';
import type { Queries, Transaction } from '../../../sync/server/store/client.ts';
import { takePositions } from './counters.ts';
import { entryAt } from './entries.ts';
import { behind } from './feed-rows.ts';
import { positionName, tablesOf } from './tables.ts';

function nameOf({ inc, ...key }: PartKey & { readonly inc: IncarnationId }): string {
  return `${inc} ${partText(key)}`;
}

const NOTHING = { granted: 0, own: 0, spent: 0, returned: 0, writtenOff: 0 };

export async function addToParts(transaction: Transaction, parts: readonly CountedPart[]): Promise<void> {
  const { allowances } = tablesOf(transaction);
  for (const part of parts) {
    const known = allowances.get(nameOf(part)) ?? { ...part, ...NOTHING };
    allowances.set(nameOf(part), {
      ...known,
      granted: known.granted + part.granted,
      own: known.own + part.own,
      spent: known.spent + part.spent,
      returned: known.returned + part.returned,
      writtenOff: known.writtenOff + part.writtenOff,
    });
  }
}

export function leftIn({ granted, own, spent, returned, writtenOff }: CountedPart): number {
  return Math.max(0, granted + own - spent - returned - writtenOff);
}

export async function outOfAccounts(queries: Queries, accounts: readonly MemberId[]): Promise<OutPart[]> {
  const { allowances, incarnations } = tablesOf(queries);
  return allowances.values().flatMap((row) => {
    const { inc, account, wallet, end } = row;
    const stream = incarnations.get(inc);
    const amount = leftIn(row);
    if (!accounts.includes(account) || amount === 0 || stream?.closedAt !== null) return [];
    return [{ inc, account, wallet, end, amount, fenced: stream.fencedAt !== null }];
  });
}

export async function outAtTills(): Promise<{ till: TillId; wallet: WalletId; amount: number }[]> {
  return [];
}

export async function grantees(queries: Queries, incs: readonly IncarnationId[]): Promise<Map<IncarnationId, Grantee>> {
  const rows = tablesOf(queries)
    .incarnations.some(incs)
    .filter((row) => {
      const never = [row.privateKey, row.branchOf, row.fencedAt, row.closedAt, row.forkedAt, row.brokenAt];
      return never.every((mark) => mark === null);
    });
  return new Map(rows.map(({ id, receivedSeq, receivedHead }) => [id, { inc: id, receivedSeq, receivedHead }]));
}

export async function raiseGranted(transaction: Transaction, parts: readonly GrantedPart[]): Promise<number[]> {
  await addToParts(
    transaction,
    parts.map(({ amount, ...part }) => ({ ...part, ...NOTHING, granted: amount })),
  );
  return parts.map((part) => tablesOf(transaction).allowances.get(nameOf(part))?.granted ?? part.amount);
}

export async function saveGrants(transaction: Transaction, signed: readonly SignedGrant[]): Promise<void> {
  if (signed.length === 0) return;
  const { grants } = tablesOf(transaction);
  let position = await takePositions(transaction, 'feed', signed.length);
  for (const grant of signed) {
    grants.set(nameOf(grant), { position, grant: { ...grant, granted: points(grant.granted) } });
    position += 1;
  }
}

export async function grantRowsAfter(
  queries: Queries,
  incs: readonly IncarnationId[],
  after: number,
  limit: number,
): Promise<GrantFeedRow[]> {
  const rows = tablesOf(queries).grants.values();
  return behind(
    rows.filter(({ grant }) => incs.includes(grant.inc)),
    after,
    limit,
  );
}

export async function grantsTo(
  queries: Queries,
  inc: IncarnationId,
  accounts: readonly MemberId[],
): Promise<SignedGrant[]> {
  const rows = (await grantRowsAfter(queries, [inc], 0, Number.POSITIVE_INFINITY)).map(({ grant }) => grant);
  return rows.filter(({ account }) => accounts.includes(account));
}

export async function keepUncounted(transaction: Transaction, entries: readonly UncountedEntry[]): Promise<void> {
  const { uncounted } = tablesOf(transaction);
  for (const { position, inc, seq } of entries) uncounted.set(positionName(position), { position, inc, seq });
}

export async function takeCountable(transaction: Transaction): Promise<{ inc: IncarnationId; text: string }[]> {
  const { uncounted, flags, deferrals } = tablesOf(transaction);
  const ready = uncounted.values().filter(({ inc, seq }) => {
    const flagged = ['pending-ref', 'unknown-kind'].some((code) => flags.has(`${inc} ${seq} ${code}`));
    return !flagged && !deferrals.values().some((row) => row.inc === inc && row.fromSeq <= seq);
  });
  for (const { position } of ready) uncounted.delete(positionName(position));
  return ready.flatMap(({ inc, seq }) => entryAt(transaction, inc, seq) ?? []);
}

export async function recallsOf(
  queries: Queries,
  accounts: readonly MemberId[],
): Promise<Map<MemberId, IncarnationId>> {
  const rows = tablesOf(queries).recalls.some(accounts);
  return new Map(rows.map(({ account, wanted }) => [account, wanted]));
}

export async function changeRecalls(
  transaction: Transaction,
  { begun, ended }: { readonly begun: readonly Recall[]; readonly ended: readonly MemberId[] },
): Promise<void> {
  const { recalls, states } = tablesOf(transaction);
  for (const recall of begun) recalls.set(recall.account, recall);
  for (const account of ended) recalls.delete(account);
  const changed = [...new Set([...begun.map(({ account }) => account), ...ended])];
  if (changed.length === 0) return;
  let position = await takePositions(transaction, 'feed', changed.length);
  for (const account of changed) {
    const row = states.get(account);
    if (row !== undefined) states.set(account, { ...row, version: row.version + 1, position });
    position += 1;
  }
}

export async function closeIncarnations(
  transaction: Transaction,
  incs: readonly IncarnationId[],
  at: number,
): Promise<void> {
  const { incarnations } = tablesOf(transaction);
  for (const row of incarnations.some(incs)) incarnations.set(row.id, { ...row, closedAt: row.closedAt ?? at });
}

export async function fenceIncarnations(queries: Queries, till: TillId, at: number): Promise<number> {
  const { incarnations } = tablesOf(queries);
  const rows = incarnations
    .values()
    .filter((row) => row.till === till && row.fencedAt === null && row.privateKey === null);
  for (const row of rows) incarnations.set(row.id, { ...row, fencedAt: at });
  return rows.length;
}

export async function isFenced(queries: Queries, inc: IncarnationId): Promise<boolean> {
  return (tablesOf(queries).incarnations.get(inc)?.fencedAt ?? null) !== null;
}
