/** Batches of several streams in one transaction, as far as each goes on where its stream ends. */
import type { IncarnationId } from '../../../base/ids.ts';
import { announcePushed } from '../announcements.ts';
import type { Database, Transaction } from '../store/client.ts';
import { appendAll, type Append } from '../store/entries.ts';
import { lockStreams, noteContacts, type Received, type StreamRecord } from '../store/incarnations.ts';
import { keepSealedProfiles } from '../store/sealed-profiles.ts';
import { heardBy, uniqueBySeq, type Attempt, type PushOutcome } from './accept.ts';

type Plain = {
  readonly attempt: Attempt;
  readonly append: Append;
  readonly received: Received;
  readonly twin: boolean;
};

/** By place in `attempts`, each of another stream; undefined: not plain news, nothing was done about it. */
export async function acceptGroup(
  database: Database,
  attempts: readonly Attempt[],
): Promise<(PushOutcome | undefined)[]> {
  return await database.begin(async (transaction) => {
    const incs = attempts.map(({ owner }) => owner.inc);
    const streams = await lockStreams(transaction, incs);
    const placed = attempts.map((attempt) => plainNews(attempt, streams));
    const plain = placed.filter((one) => one !== undefined);
    if (plain.length > 0) await take(transaction, plain);
    return placed.map((one) =>
      one === undefined ? undefined : { status: 'accepted', ...one.received, twin: one.twin },
    );
  });
}

function plainNews(attempt: Attempt, streams: ReadonlyMap<IncarnationId, StreamRecord>): Plain | undefined {
  const { request, owner, batch } = attempt;
  const stream = streams.get(owner.inc);
  if (stream === undefined || batch.reason !== undefined) return undefined;
  if (request.fromSeq !== stream.receivedSeq + 1 || request.fromHead !== stream.receivedHead) return undefined;
  const { receivedSeq, receivedHead } = stream;
  const newest = batch.entries.at(-1);
  const received = newest === undefined ? { receivedSeq, receivedHead } : receivedUpTo(newest);
  const append = { stream: { ...owner, store: stream.store }, entries: batch.entries };
  return { attempt, append, received, twin: stream.forkedAt !== null };
}

function receivedUpTo({ seq, hash }: { readonly seq: number; readonly hash: Received['receivedHead'] }): Received {
  return { receivedSeq: seq, receivedHead: hash };
}

/** Sent together, in this order: the entries last, since with them the positions are locked until the commit. */
async function take(transaction: Transaction, plain: readonly Plain[]): Promise<void> {
  const at = Math.max(...plain.map(({ attempt }) => attempt.at));
  await Promise.all([
    noteContacts(
      transaction,
      plain.map(({ attempt, received }) => heardBy(attempt, received)),
    ),
    announcePushed(transaction),
    ...plain.map(({ attempt: { owner, request }, received }) => {
      const profiles = uniqueBySeq(request.profiles).filter(({ seq }) => seq <= received.receivedSeq);
      return keepSealedProfiles(transaction, owner.inc, profiles, at);
    }),
    appendAll(
      transaction,
      plain.map(({ append }) => append),
      at,
    ),
  ]);
}
