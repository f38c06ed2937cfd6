/** The till's side of sync: what the loop reads and writes, enrolment, and the state of the connection. */
import { sha256 } from '../../base/node/hash.ts';
import type { Log } from '../../base/node/log.ts';
import type { HashHex, MemberId } from '../../base/ids.ts';
import { failed, ok, refused, type Refusal, type Result } from '../../base/result.ts';
import { genesisHead } from '../../ledger/chain.ts';
import { enrolWithHeadOffice } from '../../sync/client/enrol.ts';
import { headOfficeOf } from '../../sync/client/head-office.ts';
import type { Fetch } from '../../sync/client/http.ts';
import { listenForNews } from '../../sync/client/live.ts';
import type { AppliedPage, EntrySource, FeedSink, SyncFailure, SyncIdentity } from '../../sync/client/ports.ts';
import type { SnapshotSink, SnapshotState } from '../../sync/client/snapshot/ports.ts';
import { createSyncLoop, type SyncLoop } from '../../sync/client/sync-loop.ts';
import { SYSTEM_TIMERS } from '../../sync/client/timers.ts';
import type { TillStatus } from '../contract/shapes.ts';
import { hashHex } from '../store/entries.ts';
import type { Stream } from '../store/streams.ts';
import type { TillStore } from '../store/till-store.ts';
import type { TillClock } from './clock.ts';
import type { TillKeys } from './keys.ts';
import { waitingEntries } from './waiting-entries.ts';

const SOFTWARE = 'loyaltill-till/0.1.0';

/** What a page of the feed changed, for screens that show it. */
export type ChangedRows = {
  readonly members: readonly MemberId[];
  readonly programmes: boolean;
  readonly catalogue: boolean;
};

export type HeadOfficeLink = {
  connection(): TillStatus['connection'];
  snapshot(): SnapshotState;
  start(): void;
  wake(): void;
  /** Refuses with `already-enrolled`, `enrolment-code-wrong`, `head-office-unreachable`, and what head office refuses with. */
  enrol(input: { headOffice: string; code: string }): Promise<Result<void, Refusal>>;
  syncNow(): Promise<Result<void, SyncFailure>>;
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
  stateChanged(): void;
  rowsChanged(rows: ChangedRows): void;
};

const NOT_ENROLLED: TillStatus['connection'] = {
  state: 'offline',
  since: null,
  reason: 'This till is not enrolled yet.',
};

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
  const begin = (): void => {
    const stream = store.streams.current();
    if (stream === undefined) return;
    loop = loopOf(options, stream, snapshotChanged);
    if (!online) loop.setOnline(false);
    if (started) loop.start();
    listen();
  };
  begin();
  return {
    connection: () => loop?.connection() ?? NOT_ENROLLED,
    snapshot: () => snapshot,
    start: () => {
      started = true;
      loop?.start();
      listen();
    },
    wake: () => loop?.wake(),
    enrol: async (input) => {
      const enrolled = await enrolHere(options, input, abort.signal);
      if (enrolled.ok) begin();
      return enrolled;
    },
    syncNow: () =>
      loop?.syncNow() ?? Promise.resolve(failed({ code: 'till-refused', message: 'This till is not enrolled yet.' })),
    setOnline: (next) => {
      online = next;
      loop?.setOnline(next);
      listen();
    },
    close: async () => {
      abort.abort();
      live?.close();
      await loop?.close();
    },
  };
}

async function enrolHere(
  { store, clock, keys, fetch }: LinkOptions,
  { headOffice, code }: { headOffice: string; code: string },
  signal: AbortSignal,
): Promise<Result<void, Refusal>> {
  if (store.streams.current() !== undefined) return refused('already-enrolled', 'This till is enrolled already.');
  const enrolled = await enrolWithHeadOffice({ headOffice, code, software: SOFTWARE, fetch, signal });
  if (!enrolled.ok) return failed(enrolled.error);
  const { keys: pair, answer } = enrolled.value;
  // The key first: an incarnation whose key is lost can never write.
  keys.add(answer.inc, { ...pair, lookupKey: answer.lookupKey });
  store.streams.add({
    inc: answer.inc,
    org: answer.org.id,
    orgName: answer.org.name,
    store: answer.store.id,
    storeName: answer.store.name,
    till: answer.till.id,
    tillName: answer.till.name,
    headOffice,
    publicKey: pair.publicKey,
    sealingKey: answer.headOffice.sealingKey,
    signingKey: answer.headOffice.signingKey,
    certificate: answer.certificate,
    enrolledAt: clock.wall(),
    epoch: answer.epoch,
  });
  return ok(undefined);
}

function loopOf(
  { store, clock, keys, log, pullEveryMs, fetch, stateChanged, rowsChanged }: LinkOptions,
  stream: Stream,
  snapshotChanged: (state: SnapshotState) => void,
): SyncLoop {
  const snapshotTaken = (): void => {
    store.transact(() => store.memberCache.forget());
    rowsChanged({ members: [], programmes: false, catalogue: true });
  };
  return createSyncLoop({
    identity: identityOf(keys, stream),
    entries: entrySource(store, stream),
    feed: feedSink(store, rowsChanged),
    snapshots: snapshotSink(store, stream, { taken: snapshotTaken, changed: snapshotChanged }),
    fetch,
    pullEveryMs,
    now: () => clock.wall(),
    random: Math.random,
    changed: stateChanged,
    onError: (error) => log.error({ err: error }, 'the exchange with head office failed'),
  });
}

function snapshotSink(
  { snapshots, streams }: TillStore,
  { org, signingKey }: Stream,
  { taken, changed }: { readonly taken: () => void; readonly changed: (state: SnapshotState) => void },
): SnapshotSink {
  const disk = snapshots.disk(() => streams.all().map(({ inc }) => inc), taken);
  return { org, signingKey, layout: snapshots.layout, disk, beside: snapshots.beside, changed };
}

function identityOf(keys: TillKeys, { headOffice, till, inc }: Stream): SyncIdentity {
  const signer = keys.signer(inc);
  return { headOffice, till, inc, sign: (text) => signer.sign(text) };
}

/** Wakes the loop when head office has news; without `live` the loop's beat is all there is. */
function liveOf({ store, clock, keys, log, fetch, live }: LinkOptions, loop: SyncLoop): { close(): void } | undefined {
  const stream = store.streams.current();
  if (!live || stream === undefined) return undefined;
  const timers = SYSTEM_TIMERS;
  return listenForNews({
    headOffice: headOfficeOf(identityOf(keys, stream), { fetch, timers }, () => clock.wall()),
    timers,
    cursor: () => store.members.cursor(),
    news: () => loop.wake(),
    random: Math.random,
    onError: (error) => log.error({ err: error }, 'news of head office are no longer heard'),
  });
}

function entrySource(store: TillStore, stream: Stream): EntrySource {
  const { inc } = stream;
  const headAt = (seq: number): HashHex => {
    const stored = store.entries.at(inc, seq);
    return stored === undefined ? genesisHead(sha256, stream) : hashHex(stored.hash);
  };
  return {
    position: () => ({
      acknowledgedSeq: store.streams.current()?.acknowledgedSeq ?? 0,
      lastSeq: store.entries.last(inc)?.seq ?? 0,
    }),
    headBefore: (seq) => headAt(seq - 1),
    entriesFrom: (seq, most) =>
      store.entries.from(inc, seq, most).map((entry) => ({
        seq: entry.seq,
        text: entry.bytes.toString('utf8'),
        signature: entry.signature,
        head: hashHex(entry.hash),
      })),
    profilesBetween: (first, last) => store.ownProfiles.sealedBetween(inc, first, last),
    waiting: () => waitingEntries(store),
    acknowledge: (seq, epoch) => {
      store.streams.acknowledge(inc, seq, epoch);
    },
  };
}

/** Programmes go to ledger.db first, then rows and cursor to members.db: never the other way round, or a cut would skip a programme. */
function feedSink(store: TillStore, rowsChanged: (rows: ChangedRows) => void): FeedSink {
  return {
    cursor: () => store.members.cursor(),
    apply: (page) => {
      const programmes = store.transact(() => {
        addOfficeEntries(store, page);
        return addProgrammes(store, page);
      });
      const members = store.transactMembers(() => putRows(store, page));
      const catalogue = page.rows.some(({ kind }) => kind === 'catalogue');
      if (page.rows.length > 0) rowsChanged({ members, programmes, catalogue });
    },
  };
}

function addOfficeEntries({ officeEntries }: TillStore, { rows }: AppliedPage): void {
  for (const row of rows) if (row.kind === 'office-entry') officeEntries.add(row);
}

function addProgrammes(store: TillStore, { rows }: AppliedPage): boolean {
  let added = false;
  for (const row of rows) {
    if (row.kind !== 'programme') continue;
    if (sha256(row.text) !== row.hash)
      throw new Error(`programme version ${row.version} came with another text than its hash says`);
    added = store.programmes.add({ hash: row.hash, version: row.version, text: row.text }) || added;
  }
  if (added) store.memberCache.forget();
  return added;
}

function putRows(store: TillStore, page: AppliedPage): MemberId[] {
  const { epoch, rows, serverTime } = page;
  const changed: MemberId[] = [];
  for (const row of rows) {
    switch (row.kind) {
      case 'member':
        if (store.members.put(row, epoch, serverTime)) changed.push(row.member);
        break;
      case 'sale':
        store.sales.put(row, epoch);
        break;
      case 'catalogue':
        store.members.putDocument('catalogue', JSON.stringify(row.catalogue));
        break;
      case 'store':
        store.members.putDocument('store', JSON.stringify(row));
        break;
      case 'programme':
      case 'grant':
      case 'office-entry':
        break; // in ledger.db by now
      default:
        row satisfies never;
    }
  }
  moveCursor(store, page);
  return changed;
}

/** A part of the feed leaves the cursor of the whole alone. */
function moveCursor(store: TillStore, { epoch, next, serverTime, complete, part = 'all' }: AppliedPage): void {
  if (part === 'first') return;
  if (complete) store.sales.dropOtherEpochs(epoch);
  if (part === 'beside-members') {
    const upTo = store.snapshot.origin()?.position ?? 0;
    return store.snapshot.setBeside(complete || next >= upTo ? null : next);
  }
  if (complete) store.members.dropOtherEpochs(epoch);
  return store.members.setCursor(epoch, next, serverTime);
}
