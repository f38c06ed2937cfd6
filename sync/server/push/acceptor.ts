/**
 * Accepts the batches of many tills together: what waits while a transaction is under way goes into the next one, so that one lock on the
 * positions, one commit and one flush serve all of them. Only plain news, which goes on where its stream ends, is taken so; every other
 * batch, and each of a group that failed, has a transaction of its own (accept.ts).
 */
import type { IncarnationId } from '../../../base/ids.ts';
import { ridingOut } from '../store/away.ts';
import type { Database } from '../store/client.ts';
import { acceptGroup } from './accept-group.ts';
import { acceptBatch, type Attempt, type PushOutcome } from './accept.ts';

/** One writes while the other is made. */
const GROUPS_AT_ONCE = 2;
const GROUP_ENTRIES_MAX = 2_000;
const GROUP_BYTES_MAX = 4_194_304;
/** Of streams, how far each was received when it was last heard here: a hint that saves a question, never an answer. */
const HINTS_MAX = 20_000;

export type Acceptor = {
  /** Durable when it answers. */
  accept(attempt: Attempt): Promise<PushOutcome>;
  /** Whether the stream is likely to end right before this seq. */
  isLikelyNext(inc: IncarnationId, seq: number): boolean;
};

type Waiting = {
  readonly attempt: Attempt;
  readonly resolve: (outcome: PushOutcome) => void;
  readonly reject: (error: unknown) => void;
};

export function createAcceptor(database: Database): Acceptor {
  const hints = new Map<IncarnationId, number>();
  let waiting: Waiting[] = [];
  let running = 0;
  const settle = ({ attempt, resolve }: Waiting, outcome: PushOutcome): void => {
    if (hints.size >= HINTS_MAX) hints.clear();
    if (outcome.status === 'accepted') hints.set(attempt.owner.inc, outcome.receivedSeq);
    else hints.delete(attempt.owner.inc);
    resolve(outcome);
  };
  const acceptOne = async (one: Waiting): Promise<void> => {
    try {
      settle(one, await ridingOut(() => acceptBatch(database, one.attempt)));
    } catch (error) {
      one.reject(error);
    }
  };
  const acceptAll = async (group: readonly Waiting[]): Promise<void> => {
    const outcomes = group.length === 1 ? [] : await tryGroup(database, group);
    await Promise.all(
      group.map(async (one, index) => {
        const outcome = outcomes[index];
        if (outcome === undefined) await acceptOne(one);
        else settle(one, outcome);
      }),
    );
  };
  const drain = async (): Promise<void> => {
    running += 1;
    while (waiting.length > 0) {
      const { group, rest } = nextGroup(waiting);
      waiting = rest;
      await acceptAll(group);
    }
    running -= 1;
  };
  return {
    accept: (attempt) =>
      new Promise((resolve, reject) => {
        waiting.push({ attempt, resolve, reject });
        if (running < GROUPS_AT_ONCE) void drain();
      }),
    isLikelyNext: (inc, seq) => hints.get(inc) === seq - 1,
  };
}

/** In the order of arrival, bounded, each stream once. */
function nextGroup(waiting: readonly Waiting[]): { group: Waiting[]; rest: Waiting[] } {
  const group: Waiting[] = [];
  const rest: Waiting[] = [];
  const streams = new Set<IncarnationId>();
  let entries = 0;
  let bytes = 0;
  for (const one of waiting) {
    const { owner, batch } = one.attempt;
    entries += batch.entries.length;
    bytes += batch.entries.reduce((sum, { text }) => sum + text.length, 0);
    const fits = group.length === 0 || (entries <= GROUP_ENTRIES_MAX && bytes <= GROUP_BYTES_MAX);
    if (rest.length === 0 && fits && !streams.has(owner.inc)) group.push(one);
    else rest.push(one);
    streams.add(owner.inc);
  }
  return { group, rest };
}

/** Outcomes by place in the group; undefined where the batch wants a transaction of its own. */
async function tryGroup(database: Database, group: readonly Waiting[]): Promise<(PushOutcome | undefined)[]> {
  try {
    return await acceptGroup(
      database,
      group.map(({ attempt }) => attempt),
    );
  } catch {
    // Whoever's fault it was fails alone.
    return [];
  }
}
