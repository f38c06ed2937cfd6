/**
 * Proves the till's copy of members' rows, once a day and when asked to: range by range it adds up what really lies in its file and compares with
 * head office. A range that differs although the till stands where head office did is fetched again, alone; the cursor stays where it is. In small
 * steps, only while the till has caught up, since a scan may be waiting.
 */
import { setImmediate } from 'node:timers/promises';
import { sha256 } from '../../base/node/hash.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { checksumsAnswerSchema, rowSum, type ChecksumsAnswer, type RangeSum } from '../protocol/checksums.ts';
import type { MemberRow } from '../protocol/feed.ts';
import { CHECKSUM_ROWS_PATH, CHECKSUMS_PATH } from '../protocol/paths.ts';
import { DAMAGED, SENSELESS } from './failures.ts';
import type { HeadOffice } from './head-office.ts';
import type { FeedPosition, SyncFailure } from './ports.ts';
import { readPage } from './pull.ts';

/** What lies in the till's own file. */
export type ChecksumSink = {
  cursor(): FeedPosition;
  /** Contents of the range's next rows by position, so many at most. */
  contents(
    range: number,
    after: number,
    most: number,
  ): readonly { readonly position: number; readonly content: string }[];
  /** Ranges with rows, from one up to another that is left out; null: to the end. */
  ranges(from: number, to: number | null): readonly number[];
  /**
   * Puts these rows in place of what is there of them; with `whole` they are all that head office has of the range, and what else lies in it goes.
   * Answers how many rows were not as they should be.
   */
  mend(mending: Mending): number;
  /** Once a range was mended: for the log. */
  mended(range: number, rows: number): void;
};

export type Mending = {
  readonly range: number;
  readonly rows: readonly MemberRow[];
  readonly whole: boolean;
  readonly epoch: string;
  readonly serverTime: number;
};

export const CHECK_EVERY_MS = 24 * 3_600_000;
/** After a start a till has other things to do. */
export const FIRST_CHECK_MS = 10 * 60_000;
const RANGES_PER_STEP = 4;
const ROWS_AT_ONCE = 250;
/** Where head office is busy, the till never stands where it stood: then what differs for so long is fetched, and nothing dropped. */
const LOOKS_MAX = 4;

export type Checks = {
  /** A step, where one is due; `more`: the next is, `asked`: somebody waits for it. Only when nothing waits to be pulled. */
  step(signal: AbortSignal): Promise<{ readonly more: boolean; readonly asked: boolean }>;
  /** From the beginning, in the steps to come. */
  startNow(): void;
};

export function createChecks({
  headOffice,
  sink,
  now,
}: {
  readonly headOffice: HeadOffice;
  readonly sink: ChecksumSink;
  readonly now: () => number;
}): Checks {
  let dueAt = now() + FIRST_CHECK_MS;
  let from: number | undefined;
  let looks = 0;
  let asked = false;
  const end = (): { more: boolean } => {
    from = undefined;
    looks = 0;
    asked = false;
    dueAt = now() + CHECK_EVERY_MS;
    return { more: false };
  };
  const mend = async (range: number, whole: boolean, signal: AbortSignal): Promise<SyncFailure | undefined> => {
    const rows = await fetchRange(headOffice, sink.cursor(), range, signal);
    if (!rows.ok) return rows.error;
    const count = sink.mend({ range, whole, ...rows.value });
    if (count > 0) sink.mended(range, count);
    return undefined;
  };
  return {
    startNow: () => {
      from = 0;
      looks = 0;
      asked = true;
    },
    step: async (signal) => {
      if (from === undefined && now() < dueAt) return NOTHING_DUE;
      const stepped = await step(signal);
      if (stepped.ok) return { more: stepped.value.more, asked: asked && stepped.value.more };
      // A head office that does not know this, or is busy with more than this: later.
      from = undefined;
      dueAt = now() + FIRST_CHECK_MS;
      return NOTHING_DUE;
    },
  };

  async function step(signal: AbortSignal): Promise<Result<{ readonly more: boolean }, SyncFailure>> {
    from ??= 0;
    const begun = from;
    const answer = await ask(headOffice, from, signal);
    if (!answer.ok) return answer;
    const { epoch, position, next } = answer.value;
    const cursor = sink.cursor();
    // A new epoch replaces every row anyway.
    if (cursor.epoch !== epoch) return ok(end());
    const differing = await differences(sink, from, answer.value);
    const decided = cursor.position >= position;
    looks += 1;
    // What differs may be on its way: it is pulled first, and looked at again.
    if (differing.length > 0 && !decided && looks < LOOKS_MAX) return ok({ more: true });
    for (const range of differing) {
      const failure = await mend(range, decided, signal);
      if (failure !== undefined) return failed(failure);
    }
    // Asked for anew meanwhile.
    if (from !== begun) return ok({ more: true });
    looks = 0;
    if (next === null) return ok(end());
    from = next;
    return ok({ more: true });
  }
}

const NOTHING_DUE = { more: false, asked: false };

async function ask(
  headOffice: HeadOffice,
  from: number,
  signal: AbortSignal,
): Promise<Result<ChecksumsAnswer, SyncFailure>> {
  const query = { from: String(from), limit: String(RANGES_PER_STEP) };
  const answer = await headOffice.ask({ path: CHECKSUMS_PATH, query }, signal);
  if (!answer.ok) return failed(answer.error.failure);
  const parsed = checksumsAnswerSchema.safeParse(answer.value);
  if (!parsed.success) return failed(DAMAGED);
  const { next } = parsed.data;
  return next !== null && next <= from ? failed(SENSELESS) : ok(parsed.data);
}

/** Ranges of the answer, and those that only the till has, whose rows differ. */
async function differences(
  sink: ChecksumSink,
  from: number,
  { ranges, next }: ChecksumsAnswer,
): Promise<readonly number[]> {
  const theirs = new Map(ranges.map((sum) => [sum.range, sum]));
  const all = new Set([...theirs.keys(), ...sink.ranges(from, next)]);
  const differing: number[] = [];
  for (const range of all) if (!isSame(theirs.get(range), await addUp(sink, range))) differing.push(range);
  return differing;
}

function isSame(theirs: RangeSum | undefined, ours: Omit<RangeSum, 'range'>): boolean {
  return theirs === undefined ? ours.rows === 0 : theirs.rows === ours.rows && theirs.sum === ours.sum;
}

async function addUp(sink: ChecksumSink, range: number): Promise<Omit<RangeSum, 'range'>> {
  const total = rowSum(sha256);
  for (let after = 0; ;) {
    const rows = sink.contents(range, after, ROWS_AT_ONCE);
    for (const { content } of rows) total.add(content);
    const last = rows.at(-1);
    if (last === undefined || rows.length < ROWS_AT_ONCE) return { rows: total.rows(), sum: total.sum() };
    after = last.position;
    await setImmediate();
  }
}

async function fetchRange(
  headOffice: HeadOffice,
  { epoch }: FeedPosition,
  range: number,
  signal: AbortSignal,
): Promise<Result<Omit<Mending, 'range' | 'whole'>, SyncFailure>> {
  const rows: MemberRow[] = [];
  for (let after = 0; ;) {
    const query = { range: String(range), after: String(after) };
    const answer = await headOffice.ask({ path: CHECKSUM_ROWS_PATH, query }, signal);
    if (!answer.ok) return failed(answer.error.failure);
    const page = readPage(answer.value);
    if (!page.ok) return page;
    const { trailer, serverTime } = page.value;
    if (page.value.epoch !== epoch || (!trailer.complete && trailer.next <= after)) return failed(SENSELESS);
    rows.push(...page.value.rows.filter((row) => row.kind === 'member'));
    if (trailer.complete) return ok({ rows, epoch, serverTime });
    after = trailer.next;
  }
}
