/**
 * What entries say of allowances, counted once for each, in the transaction that folds it: what a sale earned and what may be spent of it rise
 * together (E7). What credits nothing yet counts with the day on which it does.
 */
import type { IncarnationId, MemberId } from '../../../base/ids.ts';
import { type AllowancePart, type EntryAllowances, partText } from '../../../ledger/allowances/part.ts';
import { parseEntry } from '../../../ledger/entry.ts';
import type { Judged } from '../fold/judge.ts';
import { addToParts, closeIncarnations, type CountedPart, keepUncounted, takeCountable } from '../store/allowances.ts';
import type { Transaction } from '../store/client.ts';

type Folded = {
  /** New entries, in order of acceptance. */
  readonly judged: readonly Judged[];
  /** Of them those that are folded and credit nothing now, or are not folded: they wait. */
  readonly waits: (entry: Judged) => boolean;
  readonly at: number;
};

/** After the flags of these entries are raised. Answers the accounts whose allowances changed: what is given back names no member otherwise. */
export async function countAllowances(transaction: Transaction, { judged, waits, at }: Folded): Promise<MemberId[]> {
  const speaking = judged.filter(({ text }) => text.includes('"allowances":') || text.includes('"kind":"close"'));
  const book = new Map<string, CountedPart>();
  const closed: IncarnationId[] = [];
  const waiting = speaking.filter(waits);
  for (const entry of speaking) if (!waits(entry)) count(book, closed, entry.inc, entry.text);
  await keepUncounted(transaction, waiting);
  for (const { inc, text } of await takeCountable(transaction)) count(book, closed, inc, text);
  await addToParts(transaction, [...book.values()]);
  await closeIncarnations(transaction, closed, at);
  return [...new Set([...book.values()].map(({ account }) => account))];
}

function count(book: Map<string, CountedPart>, closed: IncarnationId[], inc: IncarnationId, text: string): void {
  const parsed = parseEntry(text);
  if (!parsed.ok) return;
  const { kind, allowances, inc: writtenBy } = parsed.value.entry;
  // Of an adopted branch (docs/decisions/0010): whoever holds the stream's allowances may still spend them.
  if (writtenBy !== inc) return;
  if (kind === 'close') closed.push(inc);
  if (allowances !== undefined) countParts(book, inc, allowances);
}

function countParts(book: Map<string, CountedPart>, inc: IncarnationId, said: EntryAllowances): void {
  const add = (counter: 'own' | 'spent' | 'returned', parts: readonly AllowancePart[] = []): void => {
    for (const { account, wallet, end, amount } of parts) {
      const name = `${inc} ${partText({ account, wallet, end })}`;
      const known = book.get(name) ?? {
        inc,
        account,
        wallet,
        end,
        granted: 0,
        own: 0,
        spent: 0,
        returned: 0,
        writtenOff: 0,
      };
      book.set(name, { ...known, [counter]: known[counter] + amount });
    }
  };
  add('own', said.own);
  add('spent', said.spent);
  add('returned', said.returned);
}
