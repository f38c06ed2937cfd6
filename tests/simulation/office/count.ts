/**
 * The checkers' own count of what entries say of allowances as they are folded: head office's must be the same; and what they leave out of overspends.
 */
import type { IncarnationId, MemberId, WalletId } from '../../../base/ids.ts';
import { type AllowancePart, partText } from '../../../ledger/allowances/part.ts';
import { type Entry, type OpaqueEntry, parseEntry } from '../../../ledger/entry.ts';
import { type Counted, type EntryRow, positionName, type Tables } from '../memory-store/tables.ts';

/** Entries behind one position up to another are folded now. */
export function countFolded(tables: Tables, from: number, upTo: number): void {
  for (let position = from + 1; position <= upTo; position += 1) {
    const row = tables.entries.get(positionName(position));
    if (row === undefined) continue;
    tables.unseen.set(positionName(position), position);
  }
  for (const position of tables.unseen.values()) {
    const row = tables.entries.get(positionName(position));
    if (row === undefined || waits(tables, row)) continue;
    tables.unseen.delete(positionName(position));
    count(tables, row);
  }
}

/** It gives and takes nothing until the sale that it speaks of is here (E7). */
function waits({ flags }: Tables, { inc, seq }: EntryRow): boolean {
  return flags.has(`${inc} ${seq} pending-ref`);
}

/** What a branch says of allowances does not count: whoever held those may still spend them. */
function count(tables: Tables, row: EntryRow): void {
  const { inc } = row;
  const parsed = parseEntry(row.text);
  if (!parsed.ok) return;
  const { entry } = parsed.value;
  if (tables.incarnations.get(inc)?.branchOf === null) countParts(tables, inc, entry);
  if (parsed.value.known) noteDebits(tables, row, parsed.value.entry);
  for (const { account, wallet, amount } of entry.allowances?.overdraft ?? [])
    add(tables.overdrafts, account, wallet, amount);
}

function countParts(tables: Tables, inc: IncarnationId, { allowances = {} }: Pick<OpaqueEntry, 'allowances'>): void {
  const all: [keyof Counted, readonly AllowancePart[]][] = [
    ['own', allowances.own ?? []],
    ['spent', allowances.spent ?? []],
    ['returned', allowances.returned ?? []],
  ];
  for (const [counter, parts] of all) {
    for (const { amount, ...key } of parts) {
      const name = `${inc} ${partText(key)}`;
      const known = tables.oracle.get(name) ?? { own: 0, spent: 0, returned: 0 };
      tables.oracle.set(name, { ...known, [counter]: known[counter] + amount });
    }
  }
}

/** What was taken and burnt nothing here: nobody could prevent it (E9). */
function noteDebits(tables: Tables, row: EntryRow, entry: Entry): void {
  const taken = takenBy(tables, row, entry);
  const burnt = new Map<string, number>();
  for (const { account, wallet, amount } of entry.kind === 'sale' || entry.kind === 'transfer'
    ? []
    : (entry.allowances?.spent ?? []))
    burnt.set(`${account} ${wallet}`, (burnt.get(`${account} ${wallet}`) ?? 0) + amount);
  for (const { account, wallet, amount } of taken) {
    const name = `${account} ${wallet}`;
    // What ended with its incarnation's last word cannot be burnt any more.
    const covered = tables.incarnations.get(row.inc)?.closedAt === null ? Math.min(amount, burnt.get(name) ?? 0) : 0;
    burnt.set(name, (burnt.get(name) ?? 0) - covered);
    add(tables.debits, account, wallet, amount - covered);
  }
}

type Taken = { readonly account: MemberId; readonly wallet: WalletId; readonly amount: number };

function takenBy(tables: Tables, { inc, seq }: EntryRow, entry: Entry): readonly Taken[] {
  const { member } = entry;
  if (member === null) return [];
  switch (entry.kind) {
    case 'refund':
    case 'void': {
      const gifts = entry.body.gifts.flatMap((gift) =>
        gift.wallet === null ? [] : [{ account: member, wallet: gift.wallet, amount: gift.amount }],
      );
      return [...entry.body.takenBack.map(({ wallet, amount }) => ({ account: member, wallet, amount })), ...gifts];
    }
    case 'adjust':
      return entry.body.amount < 0 && entry.till !== 'head-office'
        ? [{ account: member, wallet: entry.body.wallet, amount: -entry.body.amount }]
        : [];
    case 'attach':
      return (entry.body.dropped?.amounts ?? []).map(({ wallet, amount }) => ({
        account: entry.body.dropped?.account ?? member,
        wallet,
        amount,
      }));
    case 'sale':
      // Head office gives nothing for it: by E8 an involuntary debit of what the till could spend of it.
      return ['same-receipt', 'blocked-card'].some((code) => tables.flags.has(`${inc} ${seq} ${code}`))
        ? (entry.allowances?.own ?? [])
        : [];
    default:
      return [];
  }
}

function add(table: Tables['debits'], account: MemberId, wallet: WalletId, amount: number): void {
  if (amount !== 0) table.set(`${account} ${wallet}`, (table.get(`${account} ${wallet}`) ?? 0) + amount);
}
