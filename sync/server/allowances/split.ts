/**
 * E10: an unmerge takes lots from under an account, so it waits until no till holds any of them. That what is out would still be covered is not
 * enough: a redemption made before the unmerge and heard of after it takes the lots that end first, whoever brought them. Rights never move.
 */
import type { MemberId } from '../../../base/ids.ts';
import { RULES } from '../../../ledger/allowances/rules.ts';
import { announceFolded } from '../announcements.ts';
import { changeRecalls, outOfAccounts } from '../store/allowances.ts';
import type { Transaction } from '../store/client.ts';
import { HEAD_OFFICE } from './decide.ts';

/** Of all accounts that are folded together. Where it may not be made now, tills are told to give back; takes positions then: run it last. */
export async function maySplit(
  transaction: Transaction,
  root: MemberId,
  accounts: readonly MemberId[],
): Promise<boolean> {
  if (!RULES.E10 || (await outOfAccounts(transaction, accounts)).length === 0) return true;
  await changeRecalls(transaction, { begun: [{ account: root, wanted: HEAD_OFFICE }], ended: [] });
  await announceFolded(transaction);
  return false;
}
