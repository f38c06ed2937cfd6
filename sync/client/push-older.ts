/** Incarnations that the till had before, the oldest first: each under its own key, or vouched for by the present one where it cannot be proved. */
import { ok, type Result } from '../../base/result.ts';
import { PUSH_ENTRIES_MAX } from '../protocol/push.ts';
import { isLineDown } from './failures.ts';
import { headOfficeOf } from './head-office.ts';
import type { Line } from './http.ts';
import { createPace } from './pace.ts';
import type { FeedSink, OlderStream, SyncFailure, SyncIdentity } from './ports.ts';
import { push, type Pushed, type PushParts } from './push.ts';
import { salvage, type SalvageParts } from './salvage.ts';

export type OlderParts = {
  readonly older: () => readonly OlderStream[];
  readonly feed: Pick<FeedSink, 'cursor'>;
  readonly vouching: SalvageParts;
  readonly line: Line;
  readonly now: () => number;
};

export type PushOlder = (signal: AbortSignal) => Promise<Result<Omit<Pushed, 'epoch'>, SyncFailure>>;

type Sending = Pick<PushParts, 'headOffice' | 'pace' | 'doubt'> & { reportedTo: string | null | undefined };

/** What one of them cannot send holds none of the others up; only a line that is down ends it. */
export function createPushOlder({ older, feed, vouching, line, now }: OlderParts): PushOlder {
  const sendings = new Map<string, Sending>();
  const sendingOf = (identity: SyncIdentity): Sending => {
    const known = sendings.get(identity.inc) ?? {
      headOffice: headOfficeOf(identity, line, now),
      pace: createPace(PUSH_ENTRIES_MAX),
      doubt: { seq: undefined },
      reportedTo: undefined,
    };
    sendings.set(identity.inc, known);
    return known;
  };
  const sendOne = async (stream: OlderStream, signal: AbortSignal): Promise<Result<Pushed, SyncFailure>> => {
    const brokenFrom = stream.brokenFrom();
    if (brokenFrom !== null) return await salvage(vouching, stream, brokenFrom, signal);
    const sending = sendingOf(stream.identity);
    const { epoch } = feed.cursor();
    // Head office may have been restored since it was last asked about this one.
    const report = sending.reportedTo !== epoch;
    const sent = await push({ ...stream, feed, ...sending }, report, signal);
    if (sent.ok || !isLineDown(sent.error)) sending.reportedTo = epoch;
    return sent;
  };
  return async (signal) => {
    let confirmed = 0;
    let more = false;
    for (const stream of older()) {
      const { acknowledgedSeq } = stream.entries.position();
      const sent = await sendOne(stream, signal);
      if (!sent.ok && isLineDown(sent.error)) return sent;
      // What was confirmed before a failure counts all the same.
      confirmed += Math.max(0, stream.entries.position().acknowledgedSeq - acknowledgedSeq);
      // Found broken just now: the next round vouches for the rest.
      more ||= sent.ok ? sent.value.more : brokenJustNow(stream, sent.error);
    }
    return ok({ confirmed, more });
  };
}

function brokenJustNow(stream: OlderStream, { code }: SyncFailure): boolean {
  const { acknowledgedSeq, lastSeq } = stream.entries.position();
  return code === 'stream-broken' && stream.brokenFrom() !== null && acknowledgedSeq < lastSeq;
}
