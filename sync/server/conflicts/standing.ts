/**
 * Entries that are in the book, happened at a counter, and still give nothing: what each is worth instead. Head office says so with a flag, and the
 * fold reads the flag; so an entry that comes late can change the verdict, and the order of arrival never does (docs/conflicts.md).
 */
import { minor, points } from '../../../base/numbers.ts';
import type { Entry, EntryOf } from '../../../ledger/entry.ts';
import type { Queries } from '../store/client.ts';
import { flaggedWith, type Flag } from '../store/flags.ts';
import type { Judged } from '../fold/judge.ts';

/** The first that an entry has decides. */
export const STANDINGS = ['pending-ref', 'attached-twice', 'same-receipt', 'blocked-card'] as const;
export type Standing = (typeof STANDINGS)[number];

/** What of the entry counts for members; undefined: nothing at all. What it spent counts always (rule E8). */
export function asItStands(entry: Entry, standing: Standing | undefined): Entry | undefined {
  switch (standing) {
    case undefined:
      return entry;
    case 'pending-ref':
    case 'attached-twice':
      return undefined;
    case 'same-receipt':
      return entry.kind === 'sale' ? withoutGoods(withoutEarnings(entry)) : entry;
    case 'blocked-card':
      return entry.kind === 'sale' ? withoutEarnings(entry) : entry;
    default:
      return standing satisfies never;
  }
}

/** In their places, since refunds name earnings by index. */
function withoutEarnings(entry: EntryOf<'sale'>): EntryOf<'sale'> {
  const earned = entry.body.earned.map((earning) => ({ ...earning, amount: points(0) }));
  return { ...entry, body: { ...entry.body, earned, gifts: [] } };
}

/** What was bought counts once, with the entry that stands. */
function withoutGoods(entry: EntryOf<'sale'>): EntryOf<'sale'> {
  const lines = entry.body.lines.map((line) => ({ ...line, quantity: '0', list: minor(0), paid: minor(0) }));
  return { ...entry, body: { ...entry.body, lines } };
}

type Named = Pick<Flag, 'inc' | 'seq'>;

export function nameOf({ inc, seq }: Named): string {
  return `${inc} ${seq}`;
}

/** As head office has it by now. */
export async function withStandings(queries: Queries, entries: readonly Judged[]): Promise<readonly Judged[]> {
  return withFlags(entries, await flaggedWith(queries, STANDINGS, entries));
}

export function withFlags(entries: readonly Judged[], flags: readonly Pick<Flag, 'inc' | 'seq' | 'code'>[]): Judged[] {
  const codes = Map.groupBy(flags, nameOf);
  return entries.map((entry) => {
    const own = codes.get(nameOf(entry));
    const standing = own && STANDINGS.find((code) => own.some((flag) => flag.code === code));
    return standing === undefined ? entry : { ...entry, standing };
  });
}
