/**
 * Hears from head office when there is something new, so that an online till shows another till's sale within a moment. It only wakes the
 * sync loop: whatever goes wrong here, the loop's own beat fetches everything all the same.
 */
import { WAKE_PATH } from '../protocol/paths.ts';
import { wakeAnswerSchema } from '../protocol/wake.ts';
import type { HeadOffice } from './head-office.ts';
import type { FeedPosition } from './ports.ts';
import type { Timers } from './timers.ts';

/** What was told is being fetched meanwhile; asking again at once would only be told the same. */
export const AFTER_NEWS_MS = 250;
/** Before the first page was fetched there is nothing to compare with. */
export const BEFORE_FIRST_MS = 1_000;
export const AFTER_FAILURE_MS_MAX = 10_000;

export type LiveOptions = {
  readonly headOffice: Pick<HeadOffice, 'ask'>;
  readonly timers: Timers;
  cursor(): FeedPosition;
  /** There is something to fetch. */
  news(): void;
  /** 0 up to 1: tills that lost head office together do not come back together. */
  random(): number;
  onError(error: unknown): void;
};

/** Listens until it is closed. */
export function listenForNews(options: LiveOptions): { close(): void } {
  const stop = new AbortController();
  const listen = async (): Promise<void> => {
    while (!stop.signal.aborted) await pause(options.timers, await heard(options, stop.signal), stop.signal);
  };
  listen().catch(options.onError);
  return { close: () => stop.abort() };
}

/** How long to wait before it asks again. */
async function heard({ headOffice, cursor, news, random }: LiveOptions, signal: AbortSignal): Promise<number> {
  const { epoch, position } = cursor();
  if (epoch === null) return BEFORE_FIRST_MS;
  const answer = await headOffice.ask({ path: WAKE_PATH, query: { after: String(position), epoch } }, signal);
  const told = answer.ok ? wakeAnswerSchema.safeParse(answer.value).data : undefined;
  if (signal.aborted) return 0;
  if (told === undefined) return AFTER_FAILURE_MS_MAX / 2 + (AFTER_FAILURE_MS_MAX / 2) * random();
  if (told.epoch === epoch && told.position <= position) return 0;
  news();
  return AFTER_NEWS_MS;
}

async function pause(timers: Timers, ms: number, signal: AbortSignal): Promise<void> {
  if (ms === 0 || signal.aborted) return;
  await new Promise<void>((resolve) => {
    const timer = timers.after(ms, resolve);
    signal.addEventListener('abort', () => (timer.cancel(), resolve()), { once: true });
  });
}
