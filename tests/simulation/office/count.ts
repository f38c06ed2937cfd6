/**
 * What head office knows of allowances, from entries as they are folded, in the transaction of the fold: own earnings, spent and returned, each once;
 * and what the checkers leave out of overspends.
 */
import type { IncarnationId, MemberId, WalletId } from '../../../base/ids.ts';
import { type Counters, leftOf, NO_COUNTERS } from '../../../ledger/allowances/counters.ts';
import { type AllowancePart, partText, type PartKey } from '../../../ledger/allowances/part.ts';
import { RULES } from '../../../ledger/allowances/rules.ts';
import { type Entry, type OpaqueEntry, parseEntry } from '../../../ledger/entry.ts';
import { type AllowanceRow, type EntryRow, positionName, type Tables } from '../memory-store/tables.ts';

export function rowName(inc: IncarnationId, key: PartKey): string {
  return `${inc} ${partText(key)}`;
}

export function changeRow(tables: Tables, inc: IncarnationId, key: PartKey, change: (row: AllowanceRow) => Partial<AllowanceRow>): void {
  const { account, wallet, end } = key;
  const known = tables.allowances.get(rowName(inc, key));
  const row = known ?? { inc, key: { account, wallet, end }, counters: NO_COUNTERS, writtenOff: 0 };
  tables.allowances.set(rowName(inc, key), { ...row, ...change(row) });
}

export function leftIn({ counters, writtenOff }: AllowanceRow): number {
  return Math.max(0, leftOf(counters) - writtenOff);
}

/** Entries behind one position up to another are folded now. */
export function countFolded(tables: Tables, from: number, upTo: number): void {
  for (let position = from + 1; position <= upTo; position += 1) {
    const row = tables.entries.get(positionName(position));
    if (row === undefined) continue;
    tables.foldedTo.set(row.inc, { seq: row.seq, head: row.hash });
    tables.uncounted.set(positionName(position), position);
  }
  for (const position of tables.uncounted.values()) {
    const row = tables.entries.get(positionName(position));
    if (row === undefined || waits(tables, row)) continue;
    tables.uncounted.delete(positionName(position));
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
  for (const { account, wallet, amount } of entry.allowances?.overdraft ?? []) add(tables.overdrafts, account, wallet, amount);
}

function countParts(tables: Tables, inc: IncarnationId, { kind, allowances = {} }: Pick<OpaqueEntry, 'kind' | 'allowances'>): void {
  const all: [keyof Counters, readonly AllowancePart[]][] = [
    ['own', allowances.own ?? []],
    ['spent', allowances.spent ?? []],
    ['returned', allowances.returned ?? []],
  ];
  for (const [counter, parts] of all)
    for (const { amount, ...key } of parts)
      changeRow(tables, inc, key, ({ counters }) => ({ counters: { ...counters, [counter]: counters[counter] + amount } }));
  if (kind === 'close') tables.closed.set(inc, true);
}

/** What was taken and burnt nothing here: nobody could prevent it (E9). */
function noteDebits(tables: Tables, row: EntryRow, entry: Entry): void {
  const taken = takenBy(tables, row, entry);
  const burnt = new Map<string, number>();
  for (const { account, wallet, amount } of entry.kind === 'sale' || entry.kind === 'transfer' ? [] : (entry.allowances?.spent ?? []))
    burnt.set(`${account} ${wallet}`, (burnt.get(`${account} ${wallet}`) ?? 0) + amount);
  for (const { account, wallet, amount } of taken) {
    const name = `${account} ${wallet}`;
    const covered = RULES.E9 ? Math.min(amount, burnt.get(name) ?? 0) : amount;
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
      return entry.body.amount < 0 && entry.till !== 'head-office' ? [{ account: member, wallet: entry.body.wallet, amount: -entry.body.amount }] : [];
    case 'attach':
      return (entry.body.dropped?.amounts ?? []).map(({ wallet, amount }) => ({ account: entry.body.dropped?.account ?? member, wallet, amount }));
    case 'sale':
      // Head office gives nothing for it: by E8 an involuntary debit of what the till could spend of it.
      return ['same-receipt', 'blocked-card'].some((code) => tables.flags.has(`${inc} ${seq} ${code}`)) ? (entry.allowances?.own ?? []) : [];
    default:
      return [];
  }
}

function add(table: Tables['debits'], account: MemberId, wallet: WalletId, amount: number): void {
  if (amount !== 0) table.set(`${account} ${wallet}`, (table.get(`${account} ${wallet}`) ?? 0) + amount);
}
