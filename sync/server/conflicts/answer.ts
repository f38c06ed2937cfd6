/** What head office itself enters in answer to new entries: members that are one, earnings that were computed wrongly. */
import type { MemberId } from '../../../base/ids.ts';
import type { Terms } from '../../../ledger/terms.ts';
import type { Judged } from '../fold/judge.ts';
import { ownContext } from '../own-stream/own-context.ts';
import { appendOwn } from '../own-stream/own-stream.ts';
import type { Transaction } from '../store/client.ts';
import { raiseFlags } from '../store/flags.ts';
import type { StateRow } from '../store/member-states.ts';
import type { Organisation } from '../store/organisation.ts';
import { correctDrift } from './drift.ts';
import { findDuplicates } from './duplicates.ts';

export type News = {
  readonly org: Organisation;
  readonly at: number;
  readonly terms: Terms;
  /** With what they are worth. */
  readonly entries: readonly Judged[];
  /** Members whose profile or cards are news. */
  readonly touched: readonly MemberId[];
  /** States that are not written yet. */
  readonly rows: readonly StateRow[];
};

/** In the fold's transaction: the answer is in the book, or the question is asked again. The next step folds it. */
export async function answerConflicts(
  transaction: Transaction,
  { org, at, terms, entries, touched, rows }: News,
): Promise<void> {
  const members = [...touched, ...entries.flatMap(linksCard)];
  const duplicates = await findDuplicates(transaction, members, rows);
  const drifts = correctDrift(entries, terms);
  await raiseFlags(transaction, [...duplicates.flags, ...drifts.flags], at);
  const facts = [...duplicates.facts, ...drifts.facts];
  if (facts.length > 0) await appendOwn(transaction, org, facts, await ownContext(transaction, at));
}

function linksCard({ read }: Judged): MemberId[] {
  const entry = read.as === 'known' && read.entry.kind === 'card' ? read.entry : undefined;
  return entry === undefined || entry.member === null || entry.body.action === 'block' ? [] : [entry.member];
}
