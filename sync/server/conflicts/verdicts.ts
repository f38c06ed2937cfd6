/** Verdicts on entries, new ones and those that were folded before: flags are raised and lowered, and whose standing changed is told. */
import type { Judged } from '../fold/judge.ts';
import type { Transaction } from '../store/client.ts';
import { flaggedWith, lowerFlags, type Flag } from '../store/flags.ts';
import { nameOf, type Standing } from './standing.ts';

export type Verdict = {
  readonly code: Standing;
  /** All that were judged, each once. */
  readonly entries: readonly Judged[];
  /** Why, by name; who is not here is not flagged. */
  readonly flagged: ReadonlyMap<string, string>;
};

export type Settled = { readonly flags: readonly Flag[]; readonly changed: readonly Judged[] };

export async function settleVerdict(transaction: Transaction, { code, entries, flagged }: Verdict): Promise<Settled> {
  if (entries.length === 0) return { flags: [], changed: [] };
  const before = new Set((await flaggedWith(transaction, [code], entries)).map(nameOf));
  const changed = entries.filter((entry) => before.has(nameOf(entry)) !== flagged.has(nameOf(entry)));
  await lowerFlags(
    transaction,
    [code],
    changed.filter((entry) => before.has(nameOf(entry))),
  );
  const flags = changed.flatMap((entry): Flag[] => {
    const detail = flagged.get(nameOf(entry));
    return detail === undefined ? [] : [{ inc: entry.inc, seq: entry.seq, code, detail }];
  });
  return { flags, changed };
}
