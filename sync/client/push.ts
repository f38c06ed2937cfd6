/**
 * Pushes what waits, in bounded batches, in order. A lost answer is asked for again and a gap is gone back to, since head office answers
 * from what it has. Nothing is taken for confirmed unless head office's head is the one that this till has at that entry.
 */
import { failed, ok, type Result } from '../../base/result.ts';
import { headToSign } from '../../ledger/chain.ts';
import { PUSH_PATH } from '../protocol/paths.ts';
import { PUSH_BYTES_MAX, pushAnswerSchema, type PushAnswer, type PushRequest } from '../protocol/push.ts';
import { PROTOCOL_VERSION_MAX } from '../protocol/versions.ts';
import { brokenFrom, DAMAGED, FORKED, mayBeTooMuch, RESTORED, SENSELESS } from './failures.ts';
import type { AskFailure, HeadOffice } from './head-office.ts';
import type { Pace } from './pace.ts';
import type { EntrySource, FeedSink, OutgoingEntry, SyncFailure, SyncIdentity } from './ports.ts';

export type PushParts = {
  readonly identity: SyncIdentity;
  readonly entries: EntrySource;
  readonly feed: Pick<FeedSink, 'cursor'>;
  readonly headOffice: HeadOffice;
  readonly pace: Pace;
  /** Where the stream was last called broken. */
  readonly doubt: { seq: number | undefined };
};

/** After so many the till asks for what is new before it goes on: a backlog of months does not keep it from a new programme. */
export const BATCHES_PER_ROUND = 20;
/** Head office asks a till to go back once; more often in a round, its answers contradict each other. */
const REWINDS_PER_ROUND_MAX = 3;

export type Pushed = {
  readonly confirmed: number;
  /** Of the last answer; undefined where there was nothing to say. */
  readonly epoch: string | undefined;
  /** Entries wait that this round had no room for. */
  readonly more: boolean;
};

/** With `report` it says where the till stands also when nothing waits, so that head office can ask for what it has lost. */
export async function push(
  parts: PushParts,
  report: boolean,
  signal: AbortSignal,
): Promise<Result<Pushed, SyncFailure>> {
  const { entries } = parts;
  const begun = entries.position();
  let next = Math.min(begun.acknowledgedSeq, begun.lastSeq) + 1;
  let confirmed = 0;
  let epoch: string | undefined;
  let rewinds = 0;
  let forked = false;
  // A second history is sent to its end like any other; that it is one is said then.
  const pushed = (more: boolean): Result<Pushed, SyncFailure> =>
    forked ? failed(FORKED) : ok({ confirmed, epoch, more });
  for (let batches = 0; batches < BATCHES_PER_ROUND; batches += 1) {
    if (next > entries.position().lastSeq && (!report || epoch !== undefined)) return pushed(false);
    const answer = await sendBatch(parts, next, signal);
    if (!answer.ok) return answer;
    const step = take(parts, next, answer.value);
    if (!step.ok) return step;
    if (answer.value.status === 'forked') forked = true;
    else if (step.value <= next) rewinds += 1;
    if (rewinds > REWINDS_PER_ROUND_MAX) return failed(SENSELESS);
    confirmed += Math.max(0, step.value - next);
    epoch = answer.value.epoch;
    next = step.value;
  }
  return pushed(next <= entries.position().lastSeq);
}

/** Too large is said at once, and half of it sent; whatever else failed is tried again after the back-off, with less. */
async function sendBatch(
  parts: PushParts,
  fromSeq: number,
  signal: AbortSignal,
): Promise<Result<PushAnswer, SyncFailure>> {
  const { entries, pace } = parts;
  for (;;) {
    const batch = takeBatch(entries.entriesFrom(fromSeq, pace.most()), fromSeq);
    if (batch.length === 0 && fromSeq <= entries.position().lastSeq) return failed(brokenFrom(fromSeq));
    const answer = await ask(parts, fromSeq, batch, signal);
    if (answer.ok) {
      pace.worked();
      return answer;
    }
    const { failure, status } = answer.error;
    if (mayBeTooMuch(failure)) pace.failed(batch.length);
    if (status !== 413 || batch.length <= 1) return failed(failure);
  }
}

/** In sequence and as many as fit in a batch, at least one: an entry is never larger than a batch may be. */
function takeBatch(waiting: readonly OutgoingEntry[], fromSeq: number): readonly OutgoingEntry[] {
  let bytes = 0;
  const end = waiting.findIndex(({ seq, text }, index) => {
    bytes += Buffer.byteLength(text);
    return seq !== fromSeq + index || (bytes > PUSH_BYTES_MAX && index > 0);
  });
  return end < 0 ? waiting : waiting.slice(0, end);
}

async function ask(
  parts: PushParts,
  fromSeq: number,
  batch: readonly OutgoingEntry[],
  signal: AbortSignal,
): Promise<Result<PushAnswer, AskFailure>> {
  const answer = await parts.headOffice.ask({ path: PUSH_PATH, body: pushRequest(parts, fromSeq, batch) }, signal);
  if (!answer.ok) return answer;
  const parsed = pushAnswerSchema.safeParse(answer.value);
  return parsed.success ? ok(parsed.data) : failed({ failure: DAMAGED, status: null });
}

function pushRequest(
  { identity, entries, feed }: PushParts,
  fromSeq: number,
  batch: readonly OutgoingEntry[],
): PushRequest {
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
    profiles:
      batch.length === 0 ? [] : entries.profilesBetween(fromSeq, toSeq).map(({ seq, sealed }) => ({ seq, sealed })),
    seen: { epoch, position },
    waiting: { entries: Math.max(0, waiting - batch.length), oldest: waiting > batch.length ? oldest : null },
  };
}

/** Books what head office has; the seq to go on with. */
function take(parts: PushParts, sentFrom: number, answer: PushAnswer): Result<number, SyncFailure> {
  const { entries } = parts;
  switch (answer.status) {
    case 'accepted':
      return takeAccepted(entries, answer);
    case 'need-from':
      // Going forward would leave entries out.
      if (answer.needFrom >= sentFrom) return failed(SENSELESS);
      entries.acknowledge(answer.needFrom - 1, answer.epoch);
      return ok(answer.needFrom);
    case 'forked':
      return takeForked(entries, sentFrom, answer);
    case 'broken':
      return takeBroken(parts, answer.salvageFrom);
    default:
      return answer satisfies never;
  }
}

/** A batch can be damaged on its way: only the same answer again is believed. */
function takeBroken({ entries, doubt }: PushParts, seq: number): Result<never, SyncFailure> {
  if (doubt.seq === seq) entries.told({ kind: 'broken', seq });
  doubt.seq = seq;
  return failed(brokenFrom(seq));
}

function takeAccepted(
  entries: EntrySource,
  { receivedSeq, receivedHead, epoch, twin, fenced }: Extract<PushAnswer, { status: 'accepted' }>,
): Result<number, SyncFailure> {
  // More than was ever written here: these data were restored from a backup, or copied.
  if (receivedSeq > entries.position().lastSeq) return failed(RESTORED);
  if (entries.headBefore(receivedSeq + 1) !== receivedHead) return failed(FORKED);
  entries.acknowledge(receivedSeq, epoch);
  if (twin === true) entries.told({ kind: 'twin' });
  if (fenced === true) entries.told({ kind: 'fenced' });
  return ok(receivedSeq + 1);
}

/** A branch is confirmed by the head that head office has of it, like any stream. */
function takeForked(
  entries: EntrySource,
  sentFrom: number,
  { seq, receivedSeq, receivedHead, epoch }: Extract<PushAnswer, { status: 'forked' }>,
): Result<number, SyncFailure> {
  // Where the two part is further back: the till looks for it there.
  if (receivedSeq === undefined) return sentFrom > 1 ? ok(Math.floor(sentFrom / 2)) : failed(FORKED);
  if (receivedSeq > entries.position().lastSeq || entries.headBefore(receivedSeq + 1) !== receivedHead)
    return failed(FORKED);
  entries.told({ kind: 'forked', seq });
  entries.acknowledge(receivedSeq, epoch);
  return ok(receivedSeq + 1);
}
