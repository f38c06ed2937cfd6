/** Pulls changed rows by cursor until nothing more waits. A page without its right trailer is thrown away. */
import { sha256 } from '../../base/node/hash.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { feedPageSchema, type FeedPage } from '../protocol/feed.ts';
import { FEED_PATH } from '../protocol/paths.ts';
import { failureOf, parseJson, send, UNREACHABLE, type Fetch } from './http.ts';
import type { FeedSink, SyncFailure, SyncIdentity } from './ports.ts';

export type PullParts = {
  readonly identity: SyncIdentity;
  readonly feed: FeedSink;
  readonly fetch: Fetch;
  token(): Promise<string>;
};

/** Answers how many rows came. */
export async function pullAll(parts: PullParts, signal: AbortSignal): Promise<Result<number, SyncFailure>> {
  let rows = 0;
  for (;;) {
    const page = await pullPage(parts, signal);
    if (!page.ok) return failed(page.error);
    const { epoch, rows: changed, serverTime, trailer } = page.value;
    const cursor = parts.feed.cursor();
    if (trailer.next <= cursor.position && epoch === cursor.epoch && changed.length === 0) return ok(rows);
    parts.feed.apply({ epoch, rows: changed, next: trailer.next, serverTime, complete: trailer.complete });
    rows += changed.length;
    if (trailer.complete) return ok(rows);
  }
}

async function pullPage({ identity, feed, fetch, token }: PullParts, signal: AbortSignal): Promise<Result<FeedPage, SyncFailure>> {
  const { epoch, position } = feed.cursor();
  const url = new URL(FEED_PATH, identity.headOffice);
  url.searchParams.set('after', String(position));
  if (epoch !== null) url.searchParams.set('epoch', epoch);
  const answer = await send(fetch, { url: url.href, token: await token(), signal });
  if (!answer.ok) return failed(answer.error);
  if (answer.value.status !== 200) return failed(failureOf(answer.value.status));
  return parsePage(parseJson(answer.value.text));
}

/** The trailer is checked over the rows as they came, before anything is read out of them. */
export function parsePage(json: unknown): Result<FeedPage, SyncFailure> {
  const page = feedPageSchema.safeParse(json);
  if (!page.success) return failed(UNREACHABLE);
  const { rows } = json as { rows: unknown[] }; // just parsed; JSON.stringify gives back the text that JSON.parse read
  const { trailer } = page.data;
  if (trailer.count !== rows.length || trailer.sha256 !== sha256(JSON.stringify(rows))) return failed(UNREACHABLE);
  return ok(page.data);
}
