/**
 * Writes off in the books what has ended. Balances are derived from dates, and the fold passes these entries over (ledger-and-sync.md, 2.7), so
 * a late redemption of before the end still finds its lot. What was written off for an end is looked up in the entries: never twice.
 */
import { entriesOf } from '../../../base/records.ts';
import type { BusinessDate } from '../../../base/business-date.ts';
import type { MemberId, WalletId } from '../../../base/ids.ts';
import { points } from '../../../base/numbers.ts';
import { parseEntry } from '../../../ledger/entry.ts';
import { type MemberState } from '../../../ledger/member-state.ts';
import { firstEnd, stateOf } from '../fold/fold-accounts.ts';
import type { OwnFact } from '../own-stream/own-stream.ts';
import type { Transaction } from '../store/client.ts';
import { entriesOfKind } from '../store/entries.ts';
import { loadGroups, type Groups } from '../store/entry-index.ts';
import { findStates, membersDue, setDue } from '../store/member-states.ts';

const MEMBERS_A_STEP = 500;

type Ended = { readonly wallet: WalletId; readonly end: BusinessDate; readonly amount: number };

/** Of some of the members for whom something may be due. */
export async function endedLots(
  transaction: Transaction,
  date: BusinessDate,
): Promise<{ readonly members: number; readonly facts: readonly OwnFact[] }> {
  const members = await membersDue(transaction, date, MEMBERS_A_STEP);
  if (members.length === 0) return { members: 0, facts: [] };
  const groups = await loadGroups(transaction, members);
  const all = [...new Set(members.flatMap((member) => groups.together(member)))];
  const rows = await findStates(transaction, all);
  const written = await writtenOff(transaction, all, groups);
  const states = [...rows].map(([member, row]) => [member, stateOf(row)] as const);
  const facts = states.flatMap(([member, state]) => expiriesOf(member, endedBy(state, date), groups, written));
  await setDue(
    transaction,
    states.map(([member, state]) => ({ member, due: firstEnd(state, date) })),
  );
  return { members: members.length, facts };
}

function endedBy({ wallets }: MemberState, date: BusinessDate): Ended[] {
  return entriesOf(wallets).flatMap(([wallet, { lots }]) =>
    lots.flatMap(({ end, amount }) => (end !== null && end <= date && amount > 0 ? [{ wallet, end, amount }] : [])),
  );
}

/** `written` is used up: accounts that were one had it written off for both. */
function expiriesOf(
  member: MemberId,
  ended: readonly Ended[],
  groups: Groups,
  written: Map<string, number>,
): OwnFact[] {
  const sums = Map.groupBy(ended, ({ wallet, end }) => keyOf(groups.rootOf(member), wallet, end));
  return [...sums].flatMap(([key, lots]): OwnFact[] => {
    const [first] = lots;
    const amount = lots.reduce((sum, lot) => sum + lot.amount, 0);
    const before = Math.min(written.get(key) ?? 0, amount);
    written.set(key, (written.get(key) ?? 0) - before);
    if (first === undefined || amount === before) return [];
    const { wallet, end } = first;
    return [{ kind: 'expire', member, body: { wallet, end, amount: points(amount - before) } }];
  });
}

async function writtenOff(
  transaction: Transaction,
  members: readonly MemberId[],
  groups: Groups,
): Promise<Map<string, number>> {
  const sums = new Map<string, number>();
  for (const { text } of await entriesOfKind(transaction, 'expire', members)) {
    const parsed = parseEntry(text);
    if (!parsed.ok || !parsed.value.known || parsed.value.entry.kind !== 'expire') continue;
    const { member, body } = parsed.value.entry;
    if (member === null) continue;
    const key = keyOf(groups.rootOf(member), body.wallet, body.end);
    sums.set(key, (sums.get(key) ?? 0) + body.amount);
  }
  return sums;
}

function keyOf(root: MemberId, wallet: WalletId, end: BusinessDate): string {
  return `${end} ${wallet} ${root}`;
}
