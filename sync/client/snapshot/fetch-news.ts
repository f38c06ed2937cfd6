/** What is new at head office, in rows or, where that costs less, in a file: then what a till needs to sell comes first, then the file's pieces. */
import { failed, ok, type Result } from '../../../base/result.ts';
import type { EntrySource, FeedPosition, SyncFailure } from '../ports.ts';
import { pull, type PullParts } from '../pull.ts';
import type { SnapshotSink } from './ports.ts';
import { pullBeside } from './pull-beside.ts';
import { createSnapshotTaker } from './taker.ts';

export type NewsParts = {
  readonly pullParts: PullParts;
  /** Without it members come by rows alone. */
  readonly snapshots: SnapshotSink | undefined;
  readonly entries: EntrySource;
  readonly now: () => number;
};

export type News = {
  /** That rows came in; undefined while a file is on its way. */
  readonly epoch: string | undefined;
  readonly more: boolean;
};

/** `pushedAll`: nothing of this till waits, or head office cannot take it. What can be pushed goes before a file. */
export type FetchNews = (pushedAll: boolean, signal: AbortSignal) => Promise<Result<News, SyncFailure>>;

export function createFetchNews({ pullParts, snapshots, entries, now }: NewsParts): FetchNews {
  if (snapshots === undefined) return (_, signal) => pull(pullParts, signal);
  const { feed, headOffice } = pullParts;
  const lastSeq = (): number => entries.position().lastSeq;
  const taker = createSnapshotTaker({ sink: snapshots, headOffice, cursor: () => feed.cursor(), now, lastSeq });
  let first: FeedPosition | undefined;
  const firstParts = {
    ...pullParts,
    at: () => first ?? feed.cursor(),
    moved: (to: FeedPosition) => {
      first = to;
    },
  };
  const besideParts = { ...pullParts, at: () => snapshots.beside() };
  return async (pushedAll, signal) => {
    let way = await taker.look(signal);
    if (way.ok && way.value === 'file') {
      const sells = await pullBeside(firstParts, 'first', signal);
      if (!sells.ok) return sells;
      if (pushedAll) way = await taker.fetch(signal);
    }
    if (!way.ok) return way;
    if (way.value === 'file') return ok({ epoch: undefined, more: true });
    const pulled = await pull(pullParts, signal);
    if (!pulled.ok) return pulled;
    if (pulled.value.more) taker.manyRows();
    const beside = await pullBeside(besideParts, 'beside-members', signal);
    if (!beside.ok) return failed(beside.error);
    return ok({ epoch: pulled.value.epoch, more: pulled.value.more || beside.value });
  };
}
