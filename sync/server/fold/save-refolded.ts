/** Folds members anew and writes the rows of those whose state is another one then. */
import type { MemberId } from '../../../base/ids.ts';
import type { Terms } from '../../../ledger/terms.ts';
import { setCardOwners } from '../store/cards.ts';
import type { Transaction } from '../store/client.ts';
import { lowerFlags, raiseFlags } from '../store/flags.ts';
import { findStates, saveStates } from '../store/member-states.ts';
import { leadOf } from '../../../ledger/fold/accounts.ts';
import { rowFromFolded } from './fold-accounts.ts';
import { CODES_OF_REFOLD, refold } from './refold.ts';

/** `all`: the rows of all of them get a new version. */
export async function saveRefolded(
  transaction: Transaction,
  members: readonly MemberId[],
  { upTo, terms, at, all = false }: { upTo: number; terms: Terms; at: number; all?: boolean },
): Promise<void> {
  const { accounts, flags, judged } = await refold(transaction, members, { upTo, terms });
  await lowerFlags(transaction, CODES_OF_REFOLD, judged);
  await raiseFlags(transaction, flags, at);
  const states = { get: (account: MemberId) => accounts.get(account)?.state };
  const owners = [...accounts.keys()].map((account) => ({ account, owner: leadOf(account, states) }));
  await setCardOwners(transaction, owners);
  const before = await findStates(transaction, [...accounts.keys()]);
  const rows = [...accounts].map(([account, folded]) => rowFromFolded(account, folded));
  const changed = rows.filter((row) => {
    const known = before.get(row.member);
    return all || known?.state !== row.state || known.includes !== row.includes || known.lastOrder !== row.lastOrder;
  });
  await saveStates(transaction, changed);
}
