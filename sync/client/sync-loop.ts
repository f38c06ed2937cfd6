/**
 * The sync loop: pushes soon after each entry, pulls on a beat, backs off with jitter where head office does not answer. It never throws
 * into the engine and never holds a sale up; what it knows is a connection state for the screen.
 */
import { failed, ok, type Result } from '../../base/result.ts';
import type { Fetch } from './http.ts';
import type { EntrySource, FeedSink, SyncFailure, SyncIdentity } from './ports.ts';
import { pullAll } from './pull.ts';
import { pushAll, reportIn } from './push.ts';
import { tokenSource } from './token.ts';

export const RETRY_DELAY_MS_MIN = 1_000;
export const RETRY_DELAY_MS_MAX = 60_000;
/** Entries written in one go travel in one batch. */
const WAKE_DELAY_MS = 25;
/** A till with nothing to send is heard from this often. */
const REPORT_EVERY_MS = 10_000;

export type ConnectionState =
  | { readonly state: 'online' }
  | { readonly state: 'connecting' }
  | { readonly state: 'offline'; readonly since: number | null; readonly reason: string };

export type SyncLoopOptions = {
  readonly identity: SyncIdentity;
  readonly entries: EntrySource;
  readonly feed: FeedSink;
  readonly fetch: Fetch;
  readonly pullEveryMs: number;
  now(): number;
  /** 0 up to 1: spreads the retries of many tills. */
  random(): number;
  /** The connection's state, or what waits, has changed. */
  changed(): void;
  /** A bug in a port: logged by the engine; the loop goes on. */
  onError(error: unknown): void;
};

export type SyncLoop = {
  connection(): ConnectionState;
  start(): void;
  /** There is something to send. */
  wake(): void;
  /** Sends and fetches until nothing is left; for scenarios, tests and a person who asks for it. */
  syncNow(): Promise<Result<void, SyncFailure>>;
  /** Pulls the cable, or plugs it in again. */
  setOnline(online: boolean): void;
  close(): Promise<void>;
};

export function createSyncLoop(options: SyncLoopOptions): SyncLoop {
  const { identity, entries, feed, fetch, now } = options;
  const token = tokenSource(identity, now);
  const parts = { identity, entries, feed, fetch, token };
  let connection: ConnectionState = { state: 'connecting' };
  let lastContact: number | null = null;
  let lastReport = Number.NEGATIVE_INFINITY;
  let failures = 0;
  let started = false;
  let online = true;
  let abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<Result<void, SyncFailure>> | undefined;

  const become = (next: ConnectionState): void => {
    const same = JSON.stringify(next) === JSON.stringify(connection);
    connection = next;
    if (!same) options.changed();
  };
  const exchange = async (): Promise<Result<void, SyncFailure>> => {
    const { signal } = abort;
    const pushed = await pushAll(parts, signal);
    if (pushed.ok && pushed.value > 0) lastReport = now();
    if (pushed.ok && Math.abs(now() - lastReport) >= REPORT_EVERY_MS) {
      const reported = await reportIn(parts, signal);
      if (!reported.ok) return reported;
      lastReport = now();
    }
    // A stream that head office cannot take does not keep the till from learning what is new.
    const pulled = await pullAll(parts, signal);
    if (!pulled.ok) return failed(pulled.error);
    if (!pushed.ok) return failed(pushed.error);
    if (pushed.value > 0) options.changed();
    return ok(undefined);
  };
  const run = (): Promise<Result<void, SyncFailure>> => {
    running ??= exchange()
      .catch((error: unknown): Result<void, SyncFailure> => {
        options.onError(error);
        return failed({ code: 'head-office-failed', message: 'The exchange with head office failed. Sales go on; it is tried again.' });
      })
      .then((result) => {
        settle(result);
        return result;
      })
      .finally(() => {
        running = undefined;
      });
    return running;
  };
  const settle = (result: Result<void, SyncFailure>): void => {
    if (result.ok) {
      failures = 0;
      lastContact = now();
      become({ state: 'online' });
    } else {
      failures += 1;
      become({ state: 'offline', since: lastContact, reason: result.error.message });
    }
  };
  const schedule = (delayMs: number): void => {
    clearTimeout(timer);
    if (!started || !online) return;
    timer = setTimeout(() => void run().then(() => schedule(nextDelay())), delayMs);
    timer.unref();
  };
  const nextDelay = (): number => {
    if (failures === 0) return entries.position().lastSeq > entries.position().acknowledgedSeq ? WAKE_DELAY_MS : options.pullEveryMs;
    const full = Math.min(RETRY_DELAY_MS_MAX, RETRY_DELAY_MS_MIN * 2 ** (failures - 1));
    return full / 2 + (full / 2) * options.random();
  };
  return {
    connection: () => connection,
    start: () => {
      started = true;
      schedule(0);
    },
    wake: () => {
      // While head office does not answer, the back-off decides when to ask again.
      if (failures === 0 && running === undefined) schedule(WAKE_DELAY_MS);
    },
    syncNow: async () => {
      if (!online) return failed({ code: 'cut', message: 'The connection was switched off.' });
      await running;
      return run();
    },
    setOnline: (next) => {
      if (next === online) return;
      online = next;
      if (online) {
        abort = new AbortController();
        failures = 0;
        become({ state: 'connecting' });
        schedule(0);
      } else {
        abort.abort();
        clearTimeout(timer);
        become({ state: 'offline', since: lastContact, reason: 'The connection was switched off.' });
      }
    },
    close: async () => {
      started = false;
      abort.abort();
      clearTimeout(timer);
      await running;
    },
  };
}
