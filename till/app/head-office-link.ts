/** The till's side of sync: what the loop reads and writes, enrolment, and the state of the connection. */
import type { Log } from '../../base/node/log.ts';
import { failed, type Refusal, type Result } from '../../base/result.ts';
import { acquire } from '../../sync/client/allowances.ts';
import type { ChecksumSink } from '../../sync/client/checksums.ts';
import { headOfficeOf } from '../../sync/client/head-office.ts';
import type { Fetch } from '../../sync/client/http.ts';
import { listenForNews } from '../../sync/client/live.ts';
import type { OlderStream, SyncFailure, SyncIdentity } from '../../sync/client/ports.ts';
import type { SnapshotSink, SnapshotState } from '../../sync/client/snapshot/ports.ts';
import { createSyncLoop, type SyncLoop } from '../../sync/client/sync-loop.ts';
import type { Timers } from '../../sync/client/timers.ts';
import type { AllowancesAnswer, Want } from '../../sync/protocol/allowances.ts';
import type { TillStatus } from '../contract/shapes.ts';
import type { Stream } from '../store/streams.ts';
import type { TillStore } from '../store/till-store.ts';
import type { GiveBack } from './allowances/give-back.ts';
import { takeGrants } from './allowances/take-grants.ts';
import type { TillClock } from './clock.ts';
import { type ChangedRows, feedSink } from './feed-sink.ts';
import type { TillKeys } from './keys.ts';
import { enrolTill } from './streams/enrol-till.ts';
import { entrySource } from './streams/entry-source.ts';
import type { StreamCare } from './streams/stream-care.ts';

export type HeadOfficeLink = {
  connection(): TillStatus['connection'];
  /** Of the last round; undefined where it went well. */
  lastFailure(): SyncFailure['code'] | undefined;
  snapshot(): SnapshotState;
  start(): void;
  wake(): void;
  /** For the first time or again. Refuses as `enrolTill` does. */
  enrol(input: { headOffice: string; code: string }): Promise<Result<void, Refusal>>;
  /** Proves the rows of members here against head office's, in the rounds to come; `syncNow` waits for it. */
  proveRows(): void;
  syncNow(): Promise<Result<void, SyncFailure>>;
  /** Asks for what is missing here, within a bounded time (sync/client/allowances.ts). */
  ask(missing: () => readonly Want[]): Promise<Result<AllowancesAnswer['state'], SyncFailure>>;
  setOnline(online: boolean): void;
  close(): Promise<void>;
};

export type LinkOptions = {
  readonly store: TillStore;
  readonly clock: TillClock;
  readonly keys: TillKeys;
  readonly log: Log;
  readonly pullEveryMs: number;
  /** Hears of news at once, beside the beat. */
  readonly live: boolean;
  readonly fetch: Fetch;
  readonly timers: Timers;
  readonly giveBack: GiveBack;
  readonly care: StreamCare;
  /** Head office gave entries back that were lost here. */
  entriesTakenBack(): void;
  /** How long a customer waits for an answer of head office, ms. */
  readonly askMsMax: number;
  stateChanged(): void;
  rowsChanged(rows: ChangedRows): void;
};

const NOT_ENROLLED: TillStatus['connection'] = {
  state: 'offline',
  since: null,
  reason: 'This till is not enrolled yet.',
};

const NOBODY_TO_ASK: SyncFailure = { code: 'till-refused', message: 'This till is not enrolled yet.' };

export function openHeadOfficeLink(options: LinkOptions): HeadOfficeLink {
  const { store } = options;
  const abort = new AbortController();
  let started = false;
  let online = true;
  let loop: SyncLoop | undefined;
  let snapshot: SnapshotState = { state: 'none' };
  const snapshotChanged = (state: SnapshotState): void => {
    snapshot = state;
    options.stateChanged();
  };
  let live: { close(): void } | undefined;
  const listen = (): void => {
    live?.close();
    live = started && online && loop !== undefined ? liveOf(options, loop) : undefined;
  };
  let cable = new AbortController();
  const begin = (): void => {
    const stream = store.streams.current();
    if (stream === undefined) return;
    if (!options.keys.has(stream.inc)) return;
    loop = loopOf(options, stream, snapshotChanged);
    if (!online) loop.setOnline(false);
    if (started) loop.start();
    listen();
  };
  begin();
  return {
    connection: () => loop?.connection() ?? NOT_ENROLLED,
    lastFailure: () => loop?.lastFailure(),
    snapshot: () => snapshot,
    start: () => {
      started = true;
      const stream = store.streams.current();
      if (stream !== undefined && !options.keys.has(stream.inc)) options.care.keyLost(stream);
      loop?.start();
      listen();
    },
    wake: () => loop?.wake(),
    enrol: async (input) => {
      const enrolled = await enrolTill(options, input, abort.signal);
      if (!enrolled.ok) return enrolled;
      await loop?.close();
      begin();
      options.stateChanged();
      return enrolled;
    },
    proveRows: () => loop?.proveRows(),
    syncNow: () => loop?.syncNow() ?? Promise.resolve(failed(NOBODY_TO_ASK)),
    ask: async (missing) => {
      const stream = store.streams.current();
      if (loop === undefined || stream === undefined) return failed(NOBODY_TO_ASK);
      return await askOffice(options, stream, { loop, missing, cable: cable.signal });
    },
    setOnline: (next) => {
      online = next;
      if (next && cable.signal.aborted) cable = new AbortController();
      if (!next) cable.abort();
      loop?.setOnline(next);
      listen();
    },
    close: async () => {
      abort.abort();
      cable.abort();
      live?.close();
      await loop?.close();
    },
  };
}

function loopOf(options: LinkOptions, stream: Stream, snapshotChanged: (state: SnapshotState) => void): SyncLoop {
  const { store, clock, keys, log, pullEveryMs, fetch, timers, giveBack, stateChanged, rowsChanged } = options;
  const snapshotTaken = (): void => {
    store.transact(() => store.memberCache.forget());
    rowsChanged({ members: [], programmes: false, catalogue: true });
  };
  return createSyncLoop({
    identity: identityOf(keys, stream),
    entries: sourceOf(options, stream),
    older: () => olderStreams(options, stream),
    feed: feedSink(store, giveBack, rowsChanged),
    beforePush: giveBack.ended,
    grants: () => store.allowances.grants(stream.inc),
    snapshots: snapshotSink(store, stream, { taken: snapshotTaken, changed: snapshotChanged }),
    checksums: checksumSink(options),
    fetch,
    pullEveryMs,
    timers,
    now: () => clock.wall(),
    random: Math.random,
    changed: stateChanged,
    onError: (error) => log.error({ err: error }, 'the exchange with head office failed'),
  });
}

function checksumSink({ store, log, rowsChanged }: LinkOptions): ChecksumSink {
  const { ranges } = store;
  return {
    cursor: () => store.members.cursor(),
    contents: (range, after, most) => ranges.contents(range, after, most),
    ranges: (from, to) => ranges.ranges(from, to),
    mend: (mending) => {
      const members = store.transactMembers(() => ranges.mend(mending));
      if (members.length === 0) return 0;
      store.transact(() => store.memberCache.forget());
      rowsChanged({ members, programmes: false, catalogue: false });
      return members.length;
    },
    mended: (range, rows) =>
      log.warn({ range, rows }, 'rows of members were not as head office has them; they are now'),
  };
}

function sourceOf({ store, care, entriesTakenBack }: LinkOptions, stream: Stream): ReturnType<typeof entrySource> {
  return entrySource(store, stream, {
    told: (news) => care.told(stream.inc, news),
    takenBack: entriesTakenBack,
  });
}

/** Each goes to where this till's head office is now. */
function olderStreams(options: LinkOptions, { inc: present, headOffice }: Stream): OlderStream[] {
  const { store, keys } = options;
  return store.streams.all().flatMap((stream) => {
    if (stream.inc === present) return [];
    const canSign = keys.has(stream.inc);
    if (!canSign && store.troubles.find(stream.inc) === undefined) options.care.keyLost(stream);
    const brokenFrom = (): number | null => store.troubles.find(stream.inc)?.brokenFrom ?? null;
    const { till, inc } = stream;
    const identity = canSign ? identityOf(keys, { ...stream, headOffice }) : { headOffice, till, inc, sign: () => '' };
    return [{ identity, entries: sourceOf(options, stream), brokenFrom }];
  });
}

function snapshotSink(
  { snapshots, streams, troubles }: TillStore,
  { org, signingKey }: Stream,
  { taken, changed }: { readonly taken: () => void; readonly changed: (state: SnapshotState) => void },
): SnapshotSink {
  const disk = snapshots.disk(
    () => [...streams.all().map(({ inc }) => inc), ...troubles.branches().flatMap(({ ids }) => ids)],
    taken,
  );
  return { org, signingKey, layout: snapshots.layout, disk, beside: snapshots.beside, changed };
}

function identityOf(keys: TillKeys, { headOffice, till, inc }: Stream): SyncIdentity {
  const signer = keys.signer(inc);
  return { headOffice, till, inc, sign: (text) => signer.sign(text) };
}

/** Wakes the loop when head office has news; without `live` the loop's beat is all there is. */
function liveOf(
  { store, clock, keys, log, fetch, timers, live }: LinkOptions,
  loop: SyncLoop,
): { close(): void } | undefined {
  const stream = store.streams.current();
  if (!live || stream === undefined) return undefined;
  return listenForNews({
    headOffice: headOfficeOf(identityOf(keys, stream), { fetch, timers }, () => clock.wall()),
    timers,
    cursor: () => store.members.cursor(),
    news: () => loop.wake(),
    random: Math.random,
    onError: (error) => log.error({ err: error }, 'news of head office are no longer heard'),
  });
}

function askOffice(
  { store, clock, keys, fetch, timers, giveBack, askMsMax, rowsChanged }: LinkOptions,
  stream: Stream,
  asking: { readonly loop: SyncLoop; readonly missing: () => readonly Want[]; readonly cable: AbortSignal },
): Promise<Result<AllowancesAnswer['state'], SyncFailure>> {
  const identity = identityOf(keys, stream);
  const { loop, missing, cable } = asking;
  return acquire(
    {
      identity,
      headOffice: headOfficeOf(identity, { fetch, timers }, () => clock.wall()),
      timers,
      sendFirst: () => loop.syncNow(),
      missing,
      take: ({ state, grants }) => {
        const members = store.transact(() => takeGrants(store, store.members.lastCursor().epoch, grants));
        if (state === 'fenced') store.streams.stopRedemptions(stream.inc, 'fenced');
        if (members.length === 0) return;
        giveBack.granted();
        rowsChanged({ members, programmes: false, catalogue: false });
      },
      askMsMax,
    },
    cable,
  );
}
