/** Enters accepted entries in what the fold looks entries up by, and makes the members and cards that they speak of. */
import type { MemberId, SaleId } from '../../../base/ids.ts';
import { othersIn, type Entry } from '../../../ledger/entry.ts';
import { saleIn } from '../../../ledger/sale-state.ts';
import type { Transaction } from '../store/client.ts';
import { joinGroups, saveAccountsOfEntries, saveSalesOfEntries } from '../store/entry-index.ts';
import type { Flag } from '../store/flags.ts';
import { receiptIn } from '../conflicts/receipts.ts';
import { foldCards } from './cards.ts';
import { applyEnrolments } from './enrolments.ts';
import type { Judged } from './judge.ts';

export type TakenIn = {
  readonly flags: readonly Flag[];
  /** Members whose rows change beside those that the fold changes. */
  readonly touched: readonly MemberId[];
};

/** The same entries again change nothing. */
export async function takeIn(transaction: Transaction, judged: readonly Judged[]): Promise<TakenIn> {
  await indexEntries(transaction, judged);
  const joined = await joinAccounts(transaction, judged);
  const enrolments = await applyEnrolments(transaction, judged);
  const cards = await foldCards(transaction, judged, joined);
  return {
    flags: [...enrolments.flags, ...cards.flags],
    touched: [...enrolments.touched, ...cards.touched],
  };
}

async function indexEntries(transaction: Transaction, judged: readonly Judged[]): Promise<void> {
  const accounts = judged.flatMap(({ read, position }) =>
    read.as !== 'known'
      ? []
      : [...new Set(othersIn(read.entry))]
          .filter((account) => account !== read.entry.member)
          .map((account) => ({ account, position })),
  );
  const sales = judged.flatMap((entry) => {
    const { position } = entry;
    const receipt = entry.read.as === 'known' ? receiptIn(entry.read.entry) : undefined;
    const named = [...salesNamedBy([entry]), ...(receipt === undefined ? [] : [receipt])];
    return named.map((sale) => ({ sale, position }));
  });
  await saveAccountsOfEntries(transaction, accounts);
  await saveSalesOfEntries(transaction, sales);
}

/** Accounts that became one; what is undone stays together, since the fold of its past needs both. */
async function joinAccounts(transaction: Transaction, judged: readonly Judged[]): Promise<MemberId[]> {
  const joined: MemberId[] = [];
  for (const { read } of judged) {
    if (read.as !== 'known') continue;
    const { member } = read.entry;
    const other = joinedBy(read.entry);
    if (member === null || other === null || other === member) continue;
    await joinGroups(transaction, member, other);
    joined.push(member, other);
  }
  return joined;
}

/** The account that becomes one with the entry's member, or would: whether it does is the fold's to say. */
function joinedBy({ kind, body }: Entry): MemberId | null {
  switch (kind) {
    case 'claim':
      return body.account;
    case 'attach':
      return body.dropped?.account ?? null;
    case 'merge':
    case 'unmerge':
      return body.from;
    default:
      return null;
  }
}

/** The sales that entries are about, each once. */
export function salesNamedBy(judged: readonly Judged[]): SaleId[] {
  const sales = judged.flatMap(({ read }) => (read.as === 'known' ? [saleIn(read.entry)] : []));
  return [...new Set(sales)].filter((sale) => sale !== null);
}
