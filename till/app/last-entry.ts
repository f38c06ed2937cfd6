import type { BusinessDate } from '../../base/business-date.ts';
import { present } from '../../base/assert.ts';
import type { HashHex } from '../../base/ids.ts';
import { parseEntry } from '../../ledger/entry.ts';
import type { Hlc } from '../../ledger/hlc.ts';
import { hashHex, type EntryTable } from '../store/entries.ts';
import { genesisHead } from '../../ledger/chain.ts';
import { sha256 } from '../../base/node/hash.ts';
import type { Stream } from '../store/streams.ts';

/** What the next entry of the stream follows. */
export type LastEntry = { readonly seq: number; readonly head: HashHex; readonly hlc: Hlc; readonly bd: BusinessDate };

/** `before`: the till's older streams. A new one begins with its genesis and goes on with their clock and business date. */
export function lastEntryOf(
  entries: EntryTable,
  stream: Stream,
  before: readonly Stream[] = [],
): LastEntry | undefined {
  const stored = entries.last(stream.inc);
  if (stored === undefined) return goingOn(entries, stream, before);
  const parsed = parseEntry(stored.bytes.toString('utf8'));
  const { hlc, bd } = present(
    parsed.ok ? parsed.value.entry : undefined,
    `entry ${stored.seq} of this till cannot be read`,
  );
  return { seq: stored.seq, head: hashHex(stored.hash), hlc, bd };
}

/** Of an older stream what cannot be read any more counts for nothing: it is why the till enrolled again. */
function goingOn(entries: EntryTable, stream: Stream, before: readonly Stream[]): LastEntry | undefined {
  const lasts = before.flatMap(({ inc }) => {
    const stored = entries.last(inc);
    const parsed = stored && parseEntry(stored.bytes.toString('utf8'));
    return parsed?.ok === true ? [parsed.value.entry] : [];
  });
  const hlc = lasts
    .map((last) => last.hlc)
    .toSorted()
    .at(-1);
  const bd = lasts
    .map((last) => last.bd)
    .toSorted()
    .at(-1);
  return hlc === undefined || bd === undefined ? undefined : { seq: 0, head: genesisHead(sha256, stream), hlc, bd };
}
