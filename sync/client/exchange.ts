/** One round with head office: push, older incarnations first, then pull. Where it has a new epoch, the till says where it stands, and is asked for what was lost. */
import { failed, ok, type Result } from '../../base/result.ts';
import type { SignedGrant } from '../../ledger/allowances/grant-text.ts';
import { PUSH_ENTRIES_MAX } from '../protocol/push.ts';
import { createChecks, type ChecksumSink } from './checksums.ts';
import { isLineDown, RESTORED, SENSELESS } from './failures.ts';
import { headOfficeOf } from './head-office.ts';
import type { Line } from './http.ts';
import { createPace } from './pace.ts';
import type { EntrySource, FeedSink, OlderStream, SyncFailure, SyncIdentity } from './ports.ts';
import { PULL_ROWS_MAX } from './pull.ts';
import { createPushOlder } from './push-older.ts';
import { push, type Pushed, type PushParts } from './push.ts';
import { createReport } from './report.ts';
import { takeBack } from './take-back.ts';
import type { SnapshotSink } from './snapshot/ports.ts';
import { createFetchNews } from './snapshot/fetch-news.ts';

/** A till with nothing to send is heard from this often. */
export const REPORT_EVERY_MS = 10_000;

export type ExchangeParts = {
  readonly identity: SyncIdentity;
  readonly entries: EntrySource;
  /** Incarnations that the till had before. */
  readonly older?: (() => readonly OlderStream[]) | undefined;
  readonly feed: FeedSink;
  /** Without it members come by rows alone. */
  readonly snapshots?: SnapshotSink | undefined;
  /** What it was ever granted, for a head office that was restored. */
  readonly grants?: (() => readonly SignedGrant[]) | undefined;
  /** What the till wants to have written before it sends. */
  readonly beforePush?: (() => void) | undefined;
  /** Without it members' rows are never proved. */
  readonly checksums?: ChecksumSink | undefined;
  readonly line: Line;
  readonly now: () => number;
};

export type Round = {
  /** Entries that head office confirmed. */
  readonly confirmed: number;
  /** There is more to send or to fetch. */
  readonly more: boolean;
  /** The till is proving its rows, and goes on with it soon. */
  readonly soon: boolean;
};

export type Exchange = {
  round(signal: AbortSignal): Promise<Result<Round, SyncFailure>>;
  /** Proves members' rows from the beginning, in the rounds to come. */
  proveRows(): void;
};

export function createExchange(parts: ExchangeParts): Exchange {
  const { identity, entries, feed, snapshots, line, now } = parts;
  const headOffice = headOfficeOf(identity, line, now);
  const pushParts = {
    identity,
    entries,
    feed,
    headOffice,
    pace: createPace(PUSH_ENTRIES_MAX),
    doubt: { seq: undefined },
  };
  const pullParts = { feed, headOffice, pace: createPace(PULL_ROWS_MAX) };
  const fetchNews = createFetchNews({ pullParts, snapshots, entries, now });
  const vouching = { identity, headOffice, pace: createPace(PUSH_ENTRIES_MAX) };
  const pushOlder = createPushOlder({ older: parts.older ?? (() => []), feed, vouching, line, now });
  const { grants } = parts;
  const report = grants && createReport({ identity, headOffice, entries, grants });
  let reportedAt = Number.NEGATIVE_INFINITY;
  let reportedTo: string | undefined;
  const send = async (signal: AbortSignal): Promise<Result<Sent, SyncFailure>> => {
    const due = Math.abs(now() - reportedAt) >= REPORT_EVERY_MS || feed.cursor().epoch !== reportedTo;
    parts.beforePush?.();
    const older = await pushOlder(signal);
    if (!older.ok) return failed(older.error);
    const present = await pushOrTakeBack(pushParts, due, signal);
    if (!present.ok && isLineDown(present.error)) return failed(present.error);
    if (present.ok && present.value.epoch !== undefined) {
      reportedAt = now();
      reportedTo = present.value.epoch;
    }
    return ok({ older: older.value, present });
  };
  const checks = parts.checksums && createChecks({ headOffice, sink: parts.checksums, now });
  /** With all entries there; what else goes wrong with it is tried again in the next round. */
  const tellGrants = async (signal: AbortSignal): Promise<SyncFailure | undefined> => {
    if (report === undefined || reportedTo === undefined || signal.aborted) return undefined;
    const told = await report(reportedTo, signal);
    return !told.ok && isLineDown(told.error) ? told.error : undefined;
  };
  const round: Exchange['round'] = async (signal) => {
    const sent = await send(signal);
    if (!sent.ok) return failed(sent.error);
    const { older, present } = sent.value;
    const { lastSeq } = entries.position();
    // A stream that head office cannot take does not keep the till from learning what is new; one that it can take goes first.
    const pulled = await fetchNews(!older.more && (!present.ok || !present.value.more), signal);
    if (!present.ok) return failed(present.error);
    if (!pulled.ok) return failed(pulled.error);
    const otherEpoch = pulled.value.epoch !== undefined && pulled.value.epoch !== reportedTo;
    if (otherEpoch && present.value.epoch !== undefined) return failed(SENSELESS);
    const confirmed = present.value.confirmed + older.confirmed;
    // What came can make the till write at once: it gives back what another till waits for.
    const written = !signal.aborted && entries.position().lastSeq > lastSeq;
    const more = [present.value.more, older.more, pulled.value.more, otherEpoch, written].includes(true);
    const down = more ? undefined : await tellGrants(signal);
    if (down !== undefined) return failed(down);
    if (more || checks === undefined) return ok({ confirmed, more, soon: false });
    const checked = await checks.step(signal);
    return ok({ confirmed, more: checked.asked, soon: checked.more });
  };
  return { round, proveRows: () => checks?.startNow() };
}

type Sent = {
  readonly older: Omit<Pushed, 'epoch'>;
  /** Of the incarnation that writes. */
  readonly present: Result<Pushed, SyncFailure>;
};

/** What head office has and this till has lost comes back first. */
async function pushOrTakeBack(
  parts: PushParts,
  report: boolean,
  signal: AbortSignal,
): Promise<Result<Pushed, SyncFailure>> {
  const pushed = await push(parts, report, signal);
  if (pushed.ok || pushed.error !== RESTORED) return pushed;
  const back = await takeBack(parts, signal);
  // A head office that has no such address is told nothing new; the till says that it was restored.
  if (!back.ok) return isLineDown(back.error) ? failed(back.error) : failed(RESTORED);
  return back.value.more ? ok({ confirmed: 0, epoch: undefined, more: true }) : await push(parts, report, signal);
}
