/**
 * The sync loop: pushes soon after each entry, pulls on a beat, backs off with jitter where head office does not answer. It never throws
 * into the engine and never holds a sale up; what it knows is a connection state for the screen.
 */
import { failed, ok, type Result } from '../../base/result.ts';
import type { SignedGrant } from '../../ledger/allowances/grant-text.ts';
import type { ChecksumSink } from './checksums.ts';
import { createExchange, type Exchange, type Round } from './exchange.ts';
import { CUT, FAULT_HERE } from './failures.ts';
import type { Fetch } from './http.ts';
import type { EntrySource, FeedSink, OlderStream, SyncFailure, SyncIdentity } from './ports.ts';
import type { SnapshotSink } from './snapshot/ports.ts';
import { SYSTEM_TIMERS, type Timer, type Timers } from './timers.ts';

export const RETRY_DELAY_MS_MIN = 1_000;
export const RETRY_DELAY_MS_MAX = 60_000;
/** Entries written in one go travel in one batch. */
export const WAKE_DELAY_MS = 25;

export type ConnectionState =
  | { readonly state: 'online' }
  | { readonly state: 'connecting' }
  /** `since`: last contact, ms; null where there was none yet. `reason`: a sentence. */
  | { readonly state: 'offline'; readonly since: number | null; readonly reason: string };

export type SyncLoopOptions = {
  readonly identity: SyncIdentity;
  readonly entries: EntrySource;
  /** Incarnations that the till had before, the oldest first. */
  older?(): readonly OlderStream[];
  readonly feed: FeedSink;
  readonly snapshots?: SnapshotSink;
  /** What it was ever granted, for a head office that was restored. */
  readonly grants?: () => readonly SignedGrant[];
  /** Before each round: what the till wants to have written first. */
  readonly beforePush?: () => void;
  readonly checksums?: ChecksumSink;
  readonly fetch: Fetch;
  readonly pullEveryMs: number;
  readonly timers?: Timers;
  /** Wall clock, ms; it may jump. */
  now(): number;
  /** 0 up to 1: spreads the retries of many tills. */
  random(): number;
  /** The connection's state, or what waits, has changed. */
  changed(): void;
  /** A bug in a port or listener: logged by the engine; the loop goes on. */
  onError(error: unknown): void;
};

export type SyncLoop = {
  connection(): ConnectionState;
  /** Of the last round; undefined where it went well. */
  lastFailure(): SyncFailure['code'] | undefined;
  start(): void;
  /** There is something to send. */
  wake(): void;
  /** Sends all that was written before the call, and fetches until head office has no more; also while `start` was not called. */
  syncNow(): Promise<Result<void, SyncFailure>>;
  /** Proves members' rows from the beginning, in the rounds to come; `syncNow` waits for it. */
  proveRows(): void;
  /** Pulls the cable, or plugs it in again. */
  setOnline(online: boolean): void;
  /** No port is touched once it is done. */
  close(): Promise<void>;
};

export function createSyncLoop(options: SyncLoopOptions): SyncLoop {
  return new Loop(options);
}

type RoundResult = Result<Round, SyncFailure>;

class Loop implements SyncLoop {
  readonly #options: SyncLoopOptions;
  readonly #timers: Timers;
  readonly #exchange: Exchange;
  #connection: ConnectionState = { state: 'connecting' };
  #lastContact: number | null = null;
  #failures = 0;
  #lastFailure: SyncFailure['code'] | undefined;
  #more = false;
  #started = false;
  #online = true;
  #closed = false;
  /** Ends what is under way; a new one for each time that the cable is plugged in. */
  #cable = new AbortController();
  #running: { readonly cable: AbortController; readonly done: Promise<RoundResult> } | undefined;
  #timer: Timer | undefined;
  #waking = false;

  constructor(options: SyncLoopOptions) {
    const {
      identity,
      entries,
      feed,
      snapshots,
      beforePush,
      grants,
      checksums,
      fetch,
      timers = SYSTEM_TIMERS,
    } = options;
    this.#options = options;
    this.#timers = timers;
    this.#exchange = createExchange({
      identity,
      entries,
      older: () => options.older?.() ?? [],
      feed,
      snapshots,
      beforePush,
      grants,
      checksums,
      line: { fetch, timers },
      now: () => options.now(),
    });
  }

  connection(): ConnectionState {
    return this.#connection;
  }

  lastFailure(): SyncFailure['code'] | undefined {
    return this.#lastFailure;
  }

  start(): void {
    this.#started = true;
    this.#schedule(0);
  }

  wake(): void {
    // While head office does not answer, the back-off decides when to ask again; what runs looks for new entries at its end.
    const waits = this.#failures > 0 && this.#lastFailure !== 'update-needed';
    if (waits || this.#running !== undefined || this.#waking) return;
    this.#schedule(WAKE_DELAY_MS);
    this.#waking = true;
  }

  async syncNow(): Promise<Result<void, SyncFailure>> {
    const cable = this.#cable;
    if (!this.#isOpen()) return failed(CUT);
    const upTo = this.#position()?.lastSeq;
    if (upTo === undefined) return failed(FAULT_HERE);
    // What is under way may have looked before the last entry was written.
    await this.#running?.done;
    for (;;) {
      const round = this.#isOpenOver(cable) ? await this.#round() : failed(CUT);
      // Closed in the meantime: no port may be touched any more.
      if (round.ok && !this.#isOpenOver(cable)) return failed(CUT);
      if (!round.ok || !(round.value.more || this.#isBehind(upTo))) {
        if (cable === this.#cable && this.#running === undefined) this.#schedule(this.#nextDelay());
        return round.ok ? ok(undefined) : failed(round.error);
      }
    }
  }

  proveRows(): void {
    this.#exchange.proveRows();
    this.wake();
  }

  setOnline(online: boolean): void {
    if (online === this.#online || this.#closed) return;
    this.#online = online;
    if (online) {
      this.#cable = new AbortController();
      this.#failures = 0;
      this.#become({ state: 'connecting' });
      this.#schedule(0);
    } else {
      this.#cable.abort();
      this.#timer?.cancel();
      this.#become({ state: 'offline', since: this.#lastContact, reason: CUT.message });
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cable.abort();
    this.#timer?.cancel();
    await this.#running?.done;
  }

  #isOpen(): boolean {
    return this.#online && !this.#closed;
  }

  #isOpenOver(cable: AbortController): boolean {
    return this.#isOpen() && cable === this.#cable;
  }

  /** One at a time: who comes while one is under way shares it. Never rejects. */
  async #round(): Promise<RoundResult> {
    // One that was cut may still be on its way out.
    while (this.#running !== undefined && this.#running.cable !== this.#cable) await this.#running.done;
    if (!this.#isOpen()) return failed(CUT);
    if (this.#running === undefined) {
      const cable = this.#cable;
      const done = this.#exchangeOver(cable).finally(() => {
        this.#running = undefined;
      });
      this.#running = { cable, done };
    }
    return await this.#running.done;
  }

  async #exchangeOver(cable: AbortController): Promise<RoundResult> {
    let result: RoundResult;
    try {
      result = await this.#exchange.round(cable.signal);
    } catch (error) {
      this.#options.onError(error);
      result = failed(FAULT_HERE);
    }
    if (!cable.signal.aborted) this.#settle(result);
    return result;
  }

  #settle(result: RoundResult): void {
    if (result.ok) {
      this.#failures = 0;
      this.#lastFailure = undefined;
      this.#more = result.value.more || result.value.soon;
      this.#lastContact = this.#options.now();
      const told = this.#become({ state: 'online' });
      if (!told && result.value.confirmed > 0) this.#tell();
    } else {
      this.#failures += 1;
      this.#lastFailure = result.error.code;
      this.#become({ state: 'offline', since: this.#lastContact, reason: result.error.message });
    }
  }

  #schedule(delayMs: number): void {
    this.#timer?.cancel();
    this.#waking = false;
    if (!this.#started || !this.#isOpen()) return;
    this.#timer = this.#timers.after(delayMs, () => void this.#tick());
  }

  async #tick(): Promise<void> {
    const cable = this.#cable;
    this.#waking = false;
    await this.#round();
    if (cable === this.#cable) this.#schedule(this.#nextDelay());
  }

  #nextDelay(): number {
    if (this.#failures === 0) return this.#more || this.#waits() ? WAKE_DELAY_MS : this.#options.pullEveryMs;
    const full = Math.min(RETRY_DELAY_MS_MAX, RETRY_DELAY_MS_MIN * 2 ** (this.#failures - 1));
    return full / 2 + (full / 2) * this.#options.random();
  }

  #waits(): boolean {
    return !this.#closed && this.#isBehind(Number.POSITIVE_INFINITY);
  }

  /** Entries up to `seq` wait for head office's word. */
  #isBehind(seq: number): boolean {
    const position = this.#position();
    return position !== undefined && position.acknowledgedSeq < Math.min(seq, position.lastSeq);
  }

  #position(): ReturnType<EntrySource['position']> | undefined {
    try {
      return this.#options.entries.position();
    } catch (error) {
      this.#options.onError(error);
      return undefined;
    }
  }

  /** True where that was news. */
  #become(next: ConnectionState): boolean {
    if (JSON.stringify(next) === JSON.stringify(this.#connection)) return false;
    this.#connection = next;
    this.#tell();
    return true;
  }

  #tell(): void {
    try {
      this.#options.changed();
    } catch (error) {
      this.#options.onError(error);
    }
  }
}
