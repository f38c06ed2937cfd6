/** Positions: of entries as they are accepted, of rows in the feed, and how far entries are folded. */
import { present } from '../../../base/assert.ts';
import type { Queries, Transaction } from './client.ts';
import { FOLD_VERSION } from './member-states.ts';

export type Counter = 'entry' | 'feed' | 'folded' | 'indexed' | 'refolded-version';

/**
 * Takes the next `count` positions and gives the first. The counter stays locked until the transaction ends, so take late and commit soon:
 * this is what makes the order of positions the order of commits. Rows that one statement writes take theirs in it.
 */
export async function takePositions(
  transaction: Transaction,
  counter: 'entry' | 'feed',
  count: number,
): Promise<number> {
  const [row] = await transaction<{ last: number }[]>`
    update counter set last = last + ${count} where name = ${counter} returning last`;
  return present(row, `no counter ${counter}`).last - count + 1;
}

export async function lastPosition(queries: Queries, counter: Counter): Promise<number> {
  const [row] = await queries<{ last: number }[]>`select last from counter where name = ${counter}`;
  return present(row, `no counter ${counter}`).last;
}

type FoldedRow = { readonly last: number; readonly foldVersion: number };

/** Makes the caller the only one that folds, until its transaction ends. */
export async function lockFolded(transaction: Transaction): Promise<number> {
  const [row] = await transaction<FoldedRow[]>`
    select last, (select last from counter where name = 'fold-version') as fold_version
    from counter where name = 'folded' for update`;
  return checked(present(row, 'no counter folded'));
}

/** The same, or undefined where another folds at this moment. */
export async function tryLockFolded(transaction: Transaction): Promise<number | undefined> {
  const [row] = await transaction<FoldedRow[]>`
    select last, (select last from counter where name = 'fold-version') as fold_version
    from counter where name = 'folded' for update skip locked`;
  return row === undefined ? undefined : checked(row);
}

/** Two folds of different versions would undo each other's states. */
function checked({ last, foldVersion }: FoldedRow): number {
  if (foldVersion <= FOLD_VERSION) return last;
  throw new Error(`A newer head office folds this database (${foldVersion}, not ${FOLD_VERSION}): stop this one.`);
}

/** From now on only this version of the fold, or a later one, is at work here. */
export async function setFoldVersion(transaction: Transaction): Promise<void> {
  await transaction`update counter set last = greatest(last, ${FOLD_VERSION}) where name = 'fold-version'`;
}

/** All states are made by this version of the fold. */
export async function setRefolded(transaction: Transaction): Promise<void> {
  await transaction`update counter set last = ${FOLD_VERSION} where name = 'refolded-version'`;
}

/** What is folded is entered in the index of entries too; see fold/take-in.ts. */
export async function setFolded(transaction: Transaction, position: number): Promise<void> {
  await transaction`update counter set last = ${position} where name in ('folded', 'indexed')`;
}

export async function setIndexed(transaction: Transaction, position: number): Promise<void> {
  await transaction`update counter set last = ${position} where name = 'indexed'`;
}
