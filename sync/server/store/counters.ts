/** Positions: of entries as they are accepted, of rows in the feed, and how far entries are folded. */
import { present } from '../../../base/assert.ts';
import type { Queries, Transaction } from './client.ts';

export type Counter = 'entry' | 'feed' | 'folded' | 'indexed';

/**
 * Takes the next `count` positions and gives the first. The counter stays locked until the transaction ends, so take late and commit soon:
 * this is what makes the order of positions the order of commits. Those of entries are taken by the statement that writes them (entries.ts).
 */
export async function takePositions(transaction: Transaction, counter: 'feed', count: number): Promise<number> {
  const [row] = await transaction<{ last: number }[]>`
    update counter set last = last + ${count} where name = ${counter} returning last`;
  return present(row, `no counter ${counter}`).last - count + 1;
}

export async function lastPosition(queries: Queries, counter: Counter): Promise<number> {
  const [row] = await queries<{ last: number }[]>`select last from counter where name = ${counter}`;
  return present(row, `no counter ${counter}`).last;
}

/** Makes the caller the only one that folds, until its transaction ends. */
export async function lockFolded(transaction: Transaction): Promise<number> {
  const [row] = await transaction<{ last: number }[]>`select last from counter where name = 'folded' for update`;
  return present(row, 'no counter folded').last;
}

/** The same, or undefined where another folds at this moment. */
export async function tryLockFolded(transaction: Transaction): Promise<number | undefined> {
  const [row] = await transaction<{ last: number }[]>`
    select last from counter where name = 'folded' for update skip locked`;
  return row?.last;
}

/** What is folded is entered in the index of entries too; see fold/take-in.ts. */
export async function setFolded(transaction: Transaction, position: number): Promise<void> {
  await transaction`update counter set last = ${position} where name in ('folded', 'indexed')`;
}

export async function setIndexed(transaction: Transaction, position: number): Promise<void> {
  await transaction`update counter set last = ${position} where name = 'indexed'`;
}
