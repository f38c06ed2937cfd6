/**
 * New entries on the members' states. One that is later in the total order than all that the accounts it names have goes on top, with the
 * states of all of them; an earlier one, from a till that was away, means that those accounts are folded anew (refold.ts).
 */
import type { MemberId } from '../../../base/ids.ts';
import type { Terms } from '../../../ledger/terms.ts';
import { setCardOwners } from '../store/cards.ts';
import type { Transaction } from '../store/client.ts';
import { loadGroups, type Groups } from '../store/entry-index.ts';
import { lowerFlags, type Flag } from '../store/flags.ts';
import { findStates, type StateRow } from '../store/member-states.ts';
import { leadOf } from '../../../ledger/fold/accounts.ts';
import { foldAccounts, foldedFromRow, NOTHING_FOLDED, rowFromFolded, type Folded } from './fold-accounts.ts';
import { namedBy, type Judged } from './judge.ts';
import { byOrderKey, CODES_OF_REFOLD, refold } from './refold.ts';

export type FoldedMembers = { readonly rows: readonly StateRow[]; readonly flags: readonly Flag[] };

export type NewEntries = {
  /** None that waits. */
  readonly judged: readonly Judged[];
  /** Members whose rows change for another reason: who they are, or their cards. */
  readonly touched: readonly MemberId[];
  /** Entries that are worth something else than before. */
  readonly changed?: readonly Judged[];
  readonly upTo: number;
  readonly terms: Terms;
};

export async function foldMembers(
  transaction: Transaction,
  { judged, touched, changed = [], upTo, terms }: NewEntries,
): Promise<FoldedMembers> {
  const named = [...new Set([...[...judged, ...changed].flatMap(namedBy), ...touched])];
  if (named.length === 0) return { rows: [], flags: [] };
  const groups = await loadGroups(transaction, named);
  const all = [...new Set(named.flatMap((account) => groups.together(account)))];
  const rows = await findStates(transaction, all);
  const before = new Map([...rows].map(([account, row]) => [account, foldedFromRow(row)]));
  const late = [...lateAccounts(judged, before, groups), ...changedAccounts(changed, judged)];
  const onTop = foldAccounts(before, judged.toSorted(byOrderKey), terms);
  const anew = late.length === 0 ? NOTHING_ANEW : await refold(transaction, late, { upTo, terms });
  await lowerFlags(transaction, CODES_OF_REFOLD, anew.judged);
  const folded = new Map([...onTop.accounts, ...anew.accounts]);
  const rejudged = new Set(anew.judged.map(({ inc, seq }) => `${inc} ${seq}`));
  // Cards of accounts that became one change with the row of the one that they lead to.
  const shown = touched.flatMap((account) => groups.together(account));
  const saved = new Map([
    ...shown.map((account) => [account, folded.get(account) ?? before.get(account)] as const),
    ...folded,
  ]);
  await leadCards(transaction, saved, before, groups);
  return {
    rows: [...saved].map(([account, of]) => rowFromFolded(account, of ?? NOTHING_FOLDED)),
    flags: [...onTop.flags.filter(({ inc, seq }) => !rejudged.has(`${inc} ${seq}`)), ...anew.flags],
  };
}

const NOTHING_ANEW: Awaited<ReturnType<typeof refold>> = { accounts: new Map(), flags: [], judged: [] };

/** What is new is folded with what it is worth. */
function changedAccounts(changed: readonly Judged[], judged: readonly Judged[]): MemberId[] {
  const news = new Set(judged.map(({ position }) => position));
  return changed.filter(({ position }) => !news.has(position)).flatMap(namedBy);
}

/** Accounts with an entry that comes before one that is folded already, for themselves or one that they are folded with. */
function lateAccounts(judged: readonly Judged[], before: ReadonlyMap<MemberId, Folded>, groups: Groups): MemberId[] {
  const late = new Set<MemberId>();
  for (const entry of judged) {
    for (const account of namedBy(entry)) {
      const together = groups.together(account);
      if (together.some((other) => (before.get(other)?.lastOrder ?? '') >= entry.orderKey)) late.add(account);
    }
  }
  return [...late];
}

async function leadCards(
  transaction: Transaction,
  saved: ReadonlyMap<MemberId, Folded | undefined>,
  before: ReadonlyMap<MemberId, Folded>,
  groups: Groups,
): Promise<void> {
  const states = { get: (account: MemberId) => (saved.get(account) ?? before.get(account))?.state };
  const joined = [...saved.keys()].filter((account) => groups.together(account).length > 1);
  await setCardOwners(
    transaction,
    joined.map((account) => ({ account, owner: leadOf(account, states) })),
  );
}
