/** Pushes what waits, in bounded batches, in order. A lost answer is asked for again; a batch that is too large is halved. */
import { failed, ok, type Result } from '../../base/result.ts';
import { headToSign } from '../../ledger/chain.ts';
import { PUSH_PATH } from '../protocol/paths.ts';
import { PUSH_BYTES_MAX, PUSH_ENTRIES_MAX, pushAnswerSchema, type PushAnswer, type PushRequest } from '../protocol/push.ts';
import { PROTOCOL_VERSION_MAX } from '../protocol/versions.ts';
import { failureOf, parseJson, send, UNREACHABLE, type Fetch } from './http.ts';
import type { EntrySource, FeedSink, OutgoingEntry, SyncFailure, SyncIdentity } from './ports.ts';

export type PushParts = {
  readonly identity: SyncIdentity;
  readonly entries: EntrySource;
  readonly feed: Pick<FeedSink, 'cursor'>;
  readonly fetch: Fetch;
  token(): Promise<string>;
};

/** Rewinds and halvings in a row without an entry confirmed: past it something is wrong that trying does not mend. */
const STEPS_WITHOUT_PROGRESS_MAX = 40;

/** Until nothing waits. Answers how many entries head office confirmed. */
export async function pushAll(parts: PushParts, signal: AbortSignal): Promise<Result<number, SyncFailure>> {
  const { entries } = parts;
  const begun = entries.position().acknowledgedSeq;
  let next = begun + 1;
  let most = PUSH_ENTRIES_MAX;
  let idleSteps = 0;
  while (next <= entries.position().lastSeq) {
    if (idleSteps++ > STEPS_WITHOUT_PROGRESS_MAX) return failed(failureOf(500));
    const batch = takeBatch(entries.entriesFrom(next, most));
    const answer = await pushBatch(parts, next, batch, signal);
    if (!answer.ok) {
      // Too large for head office, or more than it can take at once: half of it, down to one entry.
      if (answer.error.status === undefined || batch.length === 1) return failed(answer.error.failure);
      most = Math.max(1, Math.floor(batch.length / 2));
      continue;
    }
    const step = stepAfter(answer.value);
    if (!step.ok) return failed(step.error);
    if (answer.value.status === 'accepted') {
      entries.acknowledge(answer.value.receivedSeq, answer.value.epoch);
      if (step.value > next) idleSteps = 0;
    }
    next = step.value;
  }
  return ok(entries.position().acknowledgedSeq - begun);
}

/** As many as fit in a batch, at least one: an entry is never larger than a batch may be. */
function takeBatch(waiting: readonly OutgoingEntry[]): readonly OutgoingEntry[] {
  let bytes = 0;
  const fits = waiting.findIndex((entry) => (bytes += Buffer.byteLength(entry.text)) > PUSH_BYTES_MAX);
  return fits < 0 ? waiting : waiting.slice(0, Math.max(1, fits));
}

type BatchFailure = { readonly failure: SyncFailure; /** Set where a smaller batch may succeed. */ readonly status?: number };

async function pushBatch(
  parts: PushParts,
  fromSeq: number,
  batch: readonly OutgoingEntry[],
  signal: AbortSignal,
): Promise<Result<PushAnswer, BatchFailure>> {
  const { identity, fetch } = parts;
  const token = await parts.token();
  const body = pushRequest(parts, fromSeq, batch);
  const answer = await send(fetch, { url: new URL(PUSH_PATH, identity.headOffice).href, token, body, signal });
  if (!answer.ok) return failed({ failure: answer.error });
  const { status, text } = answer.value;
  if (status !== 200) {
    const failure = failureOf(status);
    return failed(status === 413 || status >= 500 ? { failure, status } : { failure });
  }
  const parsed = pushAnswerSchema.safeParse(parseJson(text));
  return parsed.success ? ok(parsed.data) : failed({ failure: UNREACHABLE }); // cut in the middle: ask again
}

function pushRequest({ identity, entries, feed }: PushParts, fromSeq: number, batch: readonly OutgoingEntry[]): PushRequest {
  const fromHead = entries.headBefore(fromSeq);
  const toHead = batch.at(-1)?.head ?? fromHead;
  const toSeq = fromSeq + batch.length - 1;
  const { epoch, position } = feed.cursor();
  const { entries: waiting, oldest } = entries.waiting();
  return {
    protocol: PROTOCOL_VERSION_MAX,
    till: identity.till,
    inc: identity.inc,
    fromSeq,
    fromHead,
    entries: batch.map(({ text, signature }) => ({ text, signature })),
    toHead,
    signature: identity.sign(headToSign(toHead)),
    profiles: batch.length === 0 ? [] : entries.profilesBetween(fromSeq, toSeq).map(({ seq, sealed }) => ({ seq, sealed })),
    seen: { epoch, position },
    waiting: { entries: Math.max(0, waiting - batch.length), oldest: waiting > batch.length ? oldest : null },
  };
}

/** The seq to go on with. */
function stepAfter(answer: PushAnswer): Result<number, SyncFailure> {
  switch (answer.status) {
    case 'accepted':
      return ok(answer.receivedSeq + 1);
    case 'need-from':
      return ok(answer.needFrom);
    case 'forked':
      return failed({
        code: 'stream-forked',
        message: 'Head office has another history of this till: its data were copied or restored. Sales go on; enrol this till again.',
      });
    case 'broken':
      return failed({
        code: 'stream-broken',
        message: `The ledger of this till cannot be proved from entry ${answer.salvageFrom} on. Sales go on; tell head office.`,
      });
    default:
      return answer satisfies never;
  }
}

/** Tells head office where the till stands, also with nothing to send, so that it knows the till is alive. */
export async function reportIn(parts: PushParts, signal: AbortSignal): Promise<Result<PushAnswer, SyncFailure>> {
  const answer = await pushBatch(parts, parts.entries.position().lastSeq + 1, [], signal);
  return answer.ok ? answer : failed(answer.error.failure);
}
