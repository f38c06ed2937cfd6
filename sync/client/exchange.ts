/** One round with head office: push, then pull. Where it has a new epoch, the till says where it stands, and is asked for what was lost. */
import { failed, ok, type Result } from '../../base/result.ts';
import { PUSH_ENTRIES_MAX } from '../protocol/push.ts';
import { isLineDown, SENSELESS } from './failures.ts';
import { headOfficeOf } from './head-office.ts';
import type { Line } from './http.ts';
import { createPace } from './pace.ts';
import type { EntrySource, FeedSink, SyncFailure, SyncIdentity } from './ports.ts';
import { PULL_ROWS_MAX } from './pull.ts';
import { push } from './push.ts';
import type { SnapshotSink } from './snapshot/ports.ts';
import { createFetchNews } from './snapshot/fetch-news.ts';

/** A till with nothing to send is heard from this often. */
export const REPORT_EVERY_MS = 10_000;

export type ExchangeParts = {
  readonly identity: SyncIdentity;
  readonly entries: EntrySource;
  readonly feed: FeedSink;
  /** Without it members come by rows alone. */
  readonly snapshots?: SnapshotSink | undefined;
  readonly line: Line;
  readonly now: () => number;
};

export type Round = {
  /** Entries that head office confirmed. */
  readonly confirmed: number;
  /** There is more to send or to fetch. */
  readonly more: boolean;
};

export type Exchange = (signal: AbortSignal) => Promise<Result<Round, SyncFailure>>;

export function createExchange({ identity, entries, feed, snapshots, line, now }: ExchangeParts): Exchange {
  const headOffice = headOfficeOf(identity, line, now);
  const pushParts = { identity, entries, feed, headOffice, pace: createPace(PUSH_ENTRIES_MAX) };
  const pullParts = { feed, headOffice, pace: createPace(PULL_ROWS_MAX) };
  const fetchNews = createFetchNews({ pullParts, snapshots, entries, now });
  let reportedAt = Number.NEGATIVE_INFINITY;
  let reportedTo: string | undefined;
  return async (signal) => {
    const due = Math.abs(now() - reportedAt) >= REPORT_EVERY_MS || feed.cursor().epoch !== reportedTo;
    const pushed = await push(pushParts, due, signal);
    if (pushed.ok && pushed.value.epoch !== undefined) {
      reportedAt = now();
      reportedTo = pushed.value.epoch;
    }
    if (!pushed.ok && isLineDown(pushed.error)) return failed(pushed.error);
    // A stream that head office cannot take does not keep the till from learning what is new; one that it can take goes first.
    const pulled = await fetchNews(!pushed.ok || !pushed.value.more, signal);
    if (!pushed.ok) return failed(pushed.error);
    if (!pulled.ok) return failed(pulled.error);
    const otherEpoch = pulled.value.epoch !== undefined && pulled.value.epoch !== reportedTo;
    if (otherEpoch && pushed.value.epoch !== undefined) return failed(SENSELESS);
    const { confirmed, more } = pushed.value;
    return ok({ confirmed, more: more || pulled.value.more || otherEpoch });
  };
}
