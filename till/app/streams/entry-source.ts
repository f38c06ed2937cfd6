/** A stream of this till as the sync loop sends it: its exact bytes, and what head office says of it. */
import type { HashHex } from '../../../base/ids.ts';
import { sha256 } from '../../../base/node/hash.ts';
import { genesisHead, nextHead } from '../../../ledger/chain.ts';
import { accountsIn, parseEntry } from '../../../ledger/entry.ts';
import type { EntrySource, LostEntry, StreamNews } from '../../../sync/client/ports.ts';
import { hashHex } from '../../store/entries.ts';
import type { Stream } from '../../store/streams.ts';
import type { TillStore } from '../../store/till-store.ts';
import { waitingEntries } from '../waiting-entries.ts';

export type StreamListener = {
  told(news: StreamNews): void;
  /** Entries came into the book beside the writer. */
  takenBack(): void;
};

export function entrySource(store: TillStore, stream: Stream, listener: StreamListener): EntrySource {
  const { inc } = stream;
  const headAt = (seq: number): HashHex => {
    const stored = store.entries.at(inc, seq);
    return stored === undefined ? genesisHead(sha256, stream) : hashHex(stored.hash);
  };
  return {
    position: () => ({
      acknowledgedSeq: store.streams.all().find((known) => known.inc === inc)?.acknowledgedSeq ?? 0,
      lastSeq: store.entries.lastSeq(inc),
    }),
    headBefore: (seq) => headAt(seq - 1),
    entriesFrom: (seq, most) =>
      store.entries.from(inc, seq, most).map((entry) => ({
        seq: entry.seq,
        text: entry.bytes.toString('utf8'),
        signature: entry.signature,
        head: hashHex(entry.hash),
      })),
    profilesBetween: (first, last) => store.ownProfiles.sealedBetween(inc, first, last),
    waiting: () => waitingEntries(store),
    acknowledge: (seq, epoch) => {
      store.streams.acknowledge(inc, seq, epoch);
    },
    told: (news) => listener.told(news),
    takeBack: (lost) => {
      const taken = putBack(store, stream, lost, headAt);
      if (taken) listener.takenBack();
      return taken;
    },
  };
}

/** All of them or none. What follows from them follows as it did when they were written. */
function putBack(
  store: TillStore,
  { inc }: Stream,
  lost: readonly LostEntry[],
  headAt: (seq: number) => HashHex,
): boolean {
  const last = store.entries.lastSeq(inc);
  let head = headAt(last);
  const read = lost.map(({ seq, text, signature }) => {
    head = nextHead(sha256, head, text);
    return { seq, text, signature, head, parsed: parseEntry(text) };
  });
  const fits = read.every(({ seq, parsed }, index) => {
    const entry = parsed.ok ? parsed.value.entry : undefined;
    return seq === last + 1 + index && entry?.inc === inc && entry.seq === seq;
  });
  if (!fits) return false;
  store.transact(() => {
    for (const { seq, text, signature, head: after, parsed } of read) {
      if (!parsed.ok) continue; // none is: they were all read above
      const { id, kind, member } = parsed.value.entry;
      const bytes = Buffer.from(text, 'utf8');
      store.entries.append({ inc, seq, id, kind, member, bytes, hash: Buffer.from(after, 'hex'), signature });
      if (!parsed.value.known) continue;
      store.projections.apply(parsed.value.entry);
      for (const account of accountsIn(parsed.value.entry))
        store.memberCache.put({ member: account, row: '', inc, seq, state: null });
    }
  });
  return true;
}
