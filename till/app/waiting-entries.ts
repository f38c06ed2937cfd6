import type { TillStore } from '../store/till-store.ts';

export type WaitingEntries = { entries: number; oldest: number | null };

/** Own entries that head office has not confirmed, over all enrolments, and when the oldest was written. */
export function waitingEntries(store: Pick<TillStore, 'streams' | 'entries'>): WaitingEntries {
  let entries = 0;
  let oldest: number | null = null;
  for (const { inc, acknowledgedSeq } of store.streams.all()) {
    const last = store.entries.lastSeq(inc);
    if (last <= acknowledgedSeq) continue;
    entries += last - acknowledgedSeq;
    const first = store.entries.at(inc, acknowledgedSeq + 1);
    const wall = first === undefined ? null : wallOf(first.bytes);
    if (wall !== null && (oldest === null || wall < oldest)) oldest = wall;
  }
  return { entries, oldest };
}

/** Reads one number out of an entry of our own without parsing all of it: the status is asked for often. */
function wallOf(bytes: Buffer): number | null {
  const wall = /"wall":(\d+)/.exec(bytes.toString('utf8'))?.[1];
  return wall === undefined ? null : Number(wall);
}
