/** Pulls changed rows by cursor. A page without its right trailer is thrown away; one that was applied is never asked for again. */
import { z } from 'zod';
import { sha256 } from '../../base/node/hash.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { feedPageSchema, type FeedPage, type FeedPart } from '../protocol/feed.ts';
import { FEED_PATH } from '../protocol/paths.ts';
import { DAMAGED, mayBeTooMuch, SENSELESS, UPDATE_NEEDED } from './failures.ts';
import type { HeadOffice } from './head-office.ts';
import type { Pace } from './pace.ts';
import type { FeedPosition, FeedSink, SyncFailure } from './ports.ts';

export type PullParts = { readonly feed: FeedSink; readonly headOffice: HeadOffice; readonly pace: Pace };

/** Fewer than head office would send: a page is applied in one go, and a scan may be waiting for it. */
export const PULL_ROWS_MAX = 500;
/** After so many the till pushes what was sold meanwhile before it goes on. */
export const PAGES_PER_ROUND = 40;

export type Pulled = {
  readonly rows: number;
  readonly epoch: string;
  /** Rows wait that this round had no room for. */ readonly more: boolean;
};

export async function pull(
  { feed, headOffice, pace }: PullParts,
  signal: AbortSignal,
): Promise<Result<Pulled, SyncFailure>> {
  let rows = 0;
  let epochs = 0;
  for (let pages = 1; ; pages += 1) {
    const asked = feed.cursor();
    const page = await askPage(headOffice, asked, pace.most(), signal);
    if (!page.ok) {
      if (mayBeTooMuch(page.error)) pace.failed(pace.most());
      return failed(page.error);
    }
    pace.worked();
    const { epoch, rows: changed, serverTime, trailer } = page.value;
    if (epoch !== asked.epoch) epochs += 1;
    if (epochs > 1 || !leadsOn(page.value, asked)) return failed(SENSELESS);
    feed.apply({ epoch, rows: changed, next: trailer.next, serverTime, complete: trailer.complete });
    rows += changed.length;
    if (trailer.complete || pages === PAGES_PER_ROUND) return ok({ rows, epoch, more: !trailer.complete });
  }
}

/** A page that is not the last moves the cursor on, and none moves it back: else the till would ask for ever. */
export function leadsOn({ epoch, trailer }: FeedPage, asked: FeedPosition): boolean {
  const from = epoch === asked.epoch ? asked.position : 0;
  return trailer.complete ? trailer.next >= from : trailer.next > from;
}

export async function askPage(
  headOffice: HeadOffice,
  { epoch, position }: FeedPosition,
  limit: number,
  signal: AbortSignal,
  part: FeedPart = 'all',
): Promise<Result<FeedPage, SyncFailure>> {
  const query = {
    after: String(position),
    limit: String(limit),
    ...(epoch === null ? {} : { epoch }),
    ...(part === 'all' ? {} : { part }),
  };
  const answer = await headOffice.ask({ path: FEED_PATH, query }, signal);
  return answer.ok ? readPage(answer.value) : failed(answer.error.failure);
}

const wholeSchema = z.object({
  rows: z.array(z.unknown()),
  trailer: z.object({ count: z.number(), sha256: z.string() }),
});

/** First that the page is whole, over the rows as they came; then what they say. */
export function readPage(json: unknown): Result<FeedPage, SyncFailure> {
  const whole = wholeSchema.safeParse(json);
  if (!whole.success) return failed(DAMAGED);
  const { rows, trailer } = whole.data;
  // JSON.stringify writes again, to the byte, what JSON.stringify had written and JSON.parse read; a test holds it.
  if (trailer.count !== rows.length || trailer.sha256 !== sha256(JSON.stringify(rows))) return failed(DAMAGED);
  const page = feedPageSchema.safeParse(json);
  // Skipping rows that a newer head office sends would lose them for good.
  return page.success ? ok(page.data) : failed(UPDATE_NEEDED);
}
