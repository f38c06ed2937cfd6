import type { Queries, Transaction } from '../../../sync/server/store/client.ts';
import type { Counter } from '../../../sync/server/store/counters.ts';
import { countFolded } from '../office/count.ts';
import { tablesOf } from './tables.ts';

export async function takePositions(
  transaction: Transaction,
  counter: 'entry' | 'feed',
  count: number,
): Promise<number> {
  const { counters } = tablesOf(transaction);
  const last = (counters.get(counter) ?? 0) + count;
  counters.set(counter, last);
  return last - count + 1;
}

export async function lastPosition(queries: Queries, counter: Counter): Promise<number> {
  return tablesOf(queries).counters.get(counter) ?? 0;
}

export async function lockFolded(transaction: Transaction): Promise<number> {
  return await lastPosition(transaction, 'folded');
}

export async function tryLockFolded(transaction: Transaction): Promise<number | undefined> {
  return await lastPosition(transaction, 'folded');
}

export async function setFolded(transaction: Transaction, position: number): Promise<void> {
  const { counters } = tablesOf(transaction);
  countFolded(tablesOf(transaction), counters.get('folded') ?? 0, position);
  counters.set('folded', position);
  counters.set('indexed', position);
}

export async function setIndexed(transaction: Transaction, position: number): Promise<void> {
  tablesOf(transaction).counters.set('indexed', position);
}
