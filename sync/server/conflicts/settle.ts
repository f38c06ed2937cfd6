/** What new entries are worth, and what they change of the worth of others: one look after sales and cards were folded. */
import type { FoldedSales } from '../fold/fold-sales.ts';
import type { Judged } from '../fold/judge.ts';
import type { Transaction } from '../store/client.ts';
import type { Flag } from '../store/flags.ts';
import { judgeBlockedCards } from './blocked-cards.ts';
import { judgeReceipts } from './receipts.ts';
import { settleVerdict } from './verdicts.ts';

export type Standings = {
  /** Of the sales too. */
  readonly flags: readonly Flag[];
  /** Entries that are worth something else than before: whose members are folded anew. */
  readonly changed: readonly Judged[];
};

export async function settleStandings(
  transaction: Transaction,
  ready: readonly Judged[],
  { upTo, sales }: { upTo: number; sales: FoldedSales },
): Promise<Standings> {
  const receipts = await settleVerdict(
    transaction,
    await judgeReceipts(transaction, ready, { upTo, rows: sales.rows }),
  );
  const cards = await settleVerdict(transaction, await judgeBlockedCards(transaction, ready, upTo));
  return {
    flags: [...sales.flags, ...receipts.flags, ...cards.flags],
    changed: [...sales.changed, ...receipts.changed, ...cards.changed],
  };
}
