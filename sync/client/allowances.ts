/**
 * Asks head office for more than this till may spend (ledger-and-sync.md, 2.5), while a customer waits: it ends after a bounded time whatever the
 * line does. Grants are cumulative, so an answer that is lost or comes twice does no harm.
 */
import { failed, ok, type Result } from '../../base/result.ts';
import {
  allowancesAnswerSchema,
  type AllowancesAnswer,
  type AllowancesRequest,
  type Want,
  WANTS_MAX,
} from '../protocol/allowances.ts';
import { ALLOWANCES_PATH } from '../protocol/paths.ts';
import { PROTOCOL_VERSION_MAX } from '../protocol/versions.ts';
import { DAMAGED, SILENT } from './failures.ts';
import type { HeadOffice } from './head-office.ts';
import type { SyncFailure, SyncIdentity } from './ports.ts';
import type { Timers } from './timers.ts';

/** A customer waits no longer. */
export const ASK_MS_MAX = 3_000;
/** Other tills were told to give back: they hear of it at once, and answer within a moment or not at all. */
export const ASK_AGAIN_MS_MIN = 50;
export const ASK_AGAIN_MS_MAX = 500;

export type AskParts = {
  readonly identity: Pick<SyncIdentity, 'till' | 'inc'>;
  readonly headOffice: Pick<HeadOffice, 'ask'>;
  readonly timers: Timers;
  /** All own entries that head office judges by, sent before it is asked. */
  sendFirst(signal: AbortSignal): Promise<unknown>;
  /** Each answer as it comes. */
  take(answer: AllowancesAnswer): void;
  /** What is still missing. */
  missing(): readonly Want[];
  readonly askMsMax?: number | undefined;
};

/** `cable`: ends it from outside. Answers what head office said last; nothing is missing any more, or nobody has it, or the time was up. */
export async function acquire(
  parts: AskParts,
  cable: AbortSignal,
): Promise<Result<AllowancesAnswer['state'], SyncFailure>> {
  const limit = new AbortController();
  const stop = (): void => limit.abort();
  const end = parts.timers.after(parts.askMsMax ?? ASK_MS_MAX, stop);
  cable.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([askUntilThere(parts, limit.signal), whenUp(limit.signal)]);
  } finally {
    end.cancel();
    cable.removeEventListener('abort', stop);
    stop();
  }
}

async function askUntilThere(
  parts: AskParts,
  signal: AbortSignal,
): Promise<Result<AllowancesAnswer['state'], SyncFailure>> {
  await parts.sendFirst(signal);
  for (let pause = ASK_AGAIN_MS_MIN; ; pause = Math.min(2 * pause, ASK_AGAIN_MS_MAX)) {
    if (signal.aborted) return failed(SILENT);
    const wants = parts.missing().slice(0, WANTS_MAX);
    if (wants.length === 0) return ok('granted');
    const answer = await ask(parts, wants, signal);
    if (signal.aborted) return failed(SILENT);
    if (!answer.ok) return answer;
    parts.take(answer.value);
    if (answer.value.state !== 'recalling') return ok(answer.value.state);
    if (parts.missing().length === 0) return ok('granted');
    await paused(parts.timers, pause, signal);
  }
}

async function ask(
  { identity, headOffice }: AskParts,
  wants: readonly Want[],
  signal: AbortSignal,
): Promise<Result<AllowancesAnswer, SyncFailure>> {
  const { till, inc } = identity;
  const body: AllowancesRequest = { protocol: PROTOCOL_VERSION_MAX, till, inc, wants: [...wants] };
  const answer = await headOffice.ask({ path: ALLOWANCES_PATH, body }, signal);
  if (!answer.ok) return failed(answer.error.failure);
  const parsed = allowancesAnswerSchema.safeParse(answer.value);
  return parsed.success ? ok(parsed.data) : failed(DAMAGED);
}

function whenUp(signal: AbortSignal): Promise<Result<never, SyncFailure>> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(failed(SILENT)), { once: true }));
}

function paused(timers: Timers, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = timers.after(ms, resolve);
    signal.addEventListener('abort', () => (timer.cancel(), resolve()), { once: true });
  });
}
