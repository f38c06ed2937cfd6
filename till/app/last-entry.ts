import type { BusinessDate } from '../../base/business-date.ts';
import { present } from '../../base/assert.ts';
import type { HashHex } from '../../base/ids.ts';
import { parseEntry } from '../../ledger/entry.ts';
import type { Hlc } from '../../ledger/hlc.ts';
import { hashHex, type EntryTable } from '../store/entries.ts';
import type { Stream } from '../store/streams.ts';

/** What the next entry of the stream follows. */
export type LastEntry = { readonly seq: number; readonly head: HashHex; readonly hlc: Hlc; readonly bd: BusinessDate };

export function lastEntryOf(entries: EntryTable, stream: Stream): LastEntry | undefined {
  const stored = entries.last(stream.inc);
  if (stored === undefined) return undefined;
  const parsed = parseEntry(stored.bytes.toString('utf8'));
  const { hlc, bd } = present(
    parsed.ok ? parsed.value.entry : undefined,
    `entry ${stored.seq} of this till cannot be read`,
  );
  return { seq: stored.seq, head: hashHex(stored.hash), hlc, bd };
}
