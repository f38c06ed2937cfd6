import type { HashHex, IncarnationId, TillId } from '../../../base/ids.ts';
import type { Queries, Transaction } from '../../../sync/server/store/client.ts';
import type {
  HeardStream,
  IncarnationRecord,
  Received,
  StreamRecord,
} from '../../../sync/server/store/incarnations.ts';
import { type IncarnationRow, tablesOf } from './tables.ts';

export async function insertIncarnation(
  queries: Queries,
  incarnation: {
    id: IncarnationId;
    till: TillId;
    publicKey: string;
    privateKey: string | null;
    receivedHead: HashHex;
    enrolledAt: number;
  },
): Promise<void> {
  const { id, till, publicKey, privateKey, receivedHead } = incarnation;
  const open = { branchOf: null, fencedAt: null, closedAt: null };
  const never = { lastSeenAt: null, seenEpoch: null, seenPosition: 0, forkedAt: null, brokenAt: null, ...open };
  const row = { ...incarnation, id, till, publicKey, privateKey, receivedSeq: 0, receivedHead, ...never };
  tablesOf(queries).incarnations.set(id, row);
}

export async function findIncarnation(queries: Queries, inc: IncarnationId): Promise<IncarnationRecord | undefined> {
  if (tablesOf(queries).incarnations.get(inc)?.branchOf !== null) return undefined;
  return await lockStream(queries as Transaction, inc); // without a lock
}

export async function publicKeyKnown(queries: Queries, publicKey: string): Promise<boolean> {
  return tablesOf(queries)
    .incarnations.values()
    .some((row) => row.publicKey === publicKey);
}

export async function findOwnIncarnation(
  queries: Queries,
  till: TillId,
): Promise<{ id: IncarnationId; publicKey: string; privateKey: string } | undefined> {
  const row = tablesOf(queries)
    .incarnations.values()
    .find((own) => own.till === till && own.privateKey !== null);
  const privateKey = row?.privateKey ?? null;
  return row === undefined || privateKey === null ? undefined : { ...row, privateKey };
}

export async function lockStream(transaction: Transaction, inc: IncarnationId): Promise<StreamRecord | undefined> {
  const { incarnations, tills } = tablesOf(transaction);
  const row = incarnations.get(inc);
  const till = row && tills.get(row.till);
  return row && till ? { ...row, store: till.store } : undefined;
}

export async function lockStreams(
  transaction: Transaction,
  incs: readonly IncarnationId[],
): Promise<Map<IncarnationId, StreamRecord>> {
  const rows = await Promise.all(incs.map((inc) => lockStream(transaction, inc)));
  return new Map(rows.flatMap((row) => (row === undefined ? [] : [[row.id, row] as const])));
}

function change(queries: Queries, inc: IncarnationId, next: (row: IncarnationRow) => Partial<IncarnationRow>): void {
  const { incarnations } = tablesOf(queries);
  const row = incarnations.get(inc);
  if (row !== undefined) incarnations.set(inc, { ...row, ...next(row) });
}

export async function advanceStream(transaction: Transaction, inc: IncarnationId, received: Received): Promise<void> {
  change(transaction, inc, () => received);
}

export async function noteContacts(transaction: Transaction, heard: readonly HeardStream[]): Promise<void> {
  for (const { inc, received, contact } of heard) {
    const { receivedSeq, receivedHead } = received;
    const { at, seenEpoch, seenPosition } = contact;
    change(transaction, inc, ({ lastSeenAt }) => ({
      receivedSeq,
      receivedHead,
      lastSeenAt: Math.max(lastSeenAt ?? 0, at),
      seenEpoch,
      seenPosition,
    }));
  }
}

export async function noteSeen(queries: Queries, inc: IncarnationId, at: number): Promise<void> {
  change(queries, inc, () => ({ lastSeenAt: at }));
}

export async function markForked(transaction: Transaction, inc: IncarnationId, at: number): Promise<void> {
  change(transaction, inc, ({ forkedAt }) => ({ forkedAt: forkedAt ?? at }));
}

export async function markBroken(transaction: Transaction, inc: IncarnationId, at: number): Promise<void> {
  change(transaction, inc, ({ brokenAt }) => ({ brokenAt: brokenAt ?? at }));
}

export async function incarnationsOfTill(queries: Queries, till: TillId): Promise<IncarnationId[]> {
  return tablesOf(queries)
    .incarnations.values()
    .filter((row) => row.till === till)
    .map(({ id }) => id);
}

export async function receivedOf(queries: Queries, inc: IncarnationId): Promise<Received> {
  const row = tablesOf(queries).incarnations.get(inc);
  if (row === undefined) throw new Error(`no stream ${inc}`);
  const { receivedSeq, receivedHead } = row;
  return { receivedSeq, receivedHead };
}
