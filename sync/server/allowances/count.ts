/**
 * What entries say of allowances, counted once for each, in the transaction that folds it: what a sale earned and what may be spent of it rise
 * together (E7). What credits nothing yet counts with the day on which it does.
 */
import type { IncarnationId, MemberId } from '../../../base/ids.ts';
import { type AllowancePart, type EntryAllowances, partText } from '../../../ledger/allowances/part.ts';
import { type OpaqueEntry, parseEntry } from '../../../ledger/entry.ts';
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
  for (const entry of speaking) if (!waits(entry)) count(book, closed, entry.inc, read(entry));
  await keepUncounted(transaction, waiting);
  for (const { inc, text } of await takeCountable(transaction)) count(book, closed, inc, entryOf(text));
  await addToParts(transaction, [...book.values()]);
  await closeIncarnations(transaction, closed, at);
  return [...new Set([...book.values()].map(({ account }) => account))];
}

type Said = Pick<OpaqueEntry, 'kind' | 'inc' | 'allowances'>;

/** Most were read for the fold; one of a later kind is read here. */
function read({ read: known, text }: Judged): Said | undefined {
  return known.as === 'known' ? known.entry : entryOf(text);
}

function entryOf(text: string): Said | undefined {
  const parsed = parseEntry(text);
  return parsed.ok ? parsed.value.entry : undefined;
}

function count(
  book: Map<string, CountedPart>,
  closed: IncarnationId[],
  inc: IncarnationId,
  said: Said | undefined,
): void {
  if (said === undefined) return;
  const { kind, allowances, inc: writtenBy } = said;
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
