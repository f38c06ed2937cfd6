/**
 * The till engine: owns the SQLite files, the printer, the sync loop and the POS API, in plain Node. Hosts (the desktop app's utility
 * process, the browser host, tests) open it and carry calls and events.
 */
import { failed, ok, refused, type Refusal, type Result } from '../../base/result.ts';
import type { OperatorId } from '../../base/ids.ts';
import { createLog, type Log } from '../../base/node/log.ts';
import { printerProfile } from '../../hardware/printer/escpos/profile.ts';
import { makePrinter } from '../../hardware/printer/printer-config.ts';
import type { Fetch } from '../../sync/client/http.ts';
import { SYSTEM_TIMERS, type Timers } from '../../sync/client/timers.ts';
import type { TillEventName } from '../contract/calls.ts';
import type { DiskGuard } from '../store/disk-guard.ts';
import { openTillStore, type TillStore } from '../store/till-store.ts';
import type { Office } from './allowances/bring.ts';
import { openGiveBack } from './allowances/give-back.ts';
import { answerCall, type EngineAnswer } from './answer-call.ts';
import { systemClock, type TillClock } from './clock.ts';
import { engineConfigSchema, type EngineConfig } from './engine-config.ts';
import { engineEvents, type EngineEvents, type EngineListener } from './engine-events.ts';
import { openEntryWriter } from './entry-writer.ts';
import type { Caller } from './context.ts';
import { tillHandlers, type HandlerParts } from './handlers.ts';
import type { ChangedRows } from './feed-sink.ts';
import { openHeadOfficeLink, type HeadOfficeLink } from './head-office-link.ts';
import { openKeys, type KeySeal } from './keys.ts';
import { knownTime } from './known-time.ts';
import { openMemberBook } from './member-book.ts';
import { openPrintQueue, type PrintQueue } from './print-queue.ts';
import { openProgrammeBook } from './programme-book.ts';
import { tillStatus, type StatusParts } from './status.ts';
import { openStreamCare } from './streams/stream-care.ts';

export type EngineOptions = {
  readonly dataFolder: string;
  /** Folder `migrations` of this release. */
  readonly migrationsFolder: string;
  readonly config?: Partial<EngineConfig>;
  readonly clock?: TillClock;
  readonly log?: Log;
  /** The desktop app's keyring; without it keys lie in a file of mode 0600, and the status says so. */
  readonly keySeal?: KeySeal;
  /** How head office is reached; tests put faults in between. */
  readonly fetch?: Fetch;
  /** Room on the disk; without it nothing is kept back. */
  readonly disk?: DiskGuard;
  /** A call ended in an error that no refusal stands for: the host looks whether the disk is behind it. */
  readonly failed?: (error: unknown) => void;
  /** Of everything that waits for head office. */
  readonly timers?: Timers;
};

export type TillEngine = {
  /** Any call of the contract; never throws for outside input. Without a caller it is the cashier at the screen. */
  call(name: string, input: unknown, caller?: Caller): Promise<EngineAnswer>;
  subscribe(listener: (name: TillEventName, payload: unknown) => void): () => void;
  /** What the POS API and scenarios use beside the contract. */
  readonly parts: EngineParts;
  readonly link: HeadOfficeLink;
  close(): Promise<void>;
};

export type EngineParts = HandlerParts;

export const CASHIER: Caller = { actor: { operator: 'cashier' as OperatorId, role: 'cashier' }, approver: null }; // until operators sign in

/** Refuses with `database-from-the-future`, `migration-changed`, `database-not-ours` and `invalid-request` (the configuration). */
export function openTillEngine(options: EngineOptions): Result<TillEngine, Refusal> {
  const config = engineConfigSchema.safeParse(options.config ?? {});
  if (!config.success) {
    const [issue] = config.error.issues;
    return refused(
      'invalid-request',
      `The configuration is wrong: ${issue?.message ?? ''}`,
      issue?.path.map(String).join('.'),
    );
  }
  const store = openTillStore(options.dataFolder, options.migrationsFolder);
  if (!store.ok) return failed(store.error);
  try {
    return ok(assemble(options, config.data, store.value));
  } catch (error) {
    store.value.close();
    throw error;
  }
}

function mapped<Value, Other, Failure>(
  result: Result<Value, Failure>,
  to: (value: Value) => Other,
): Result<Other, Failure> {
  return result.ok ? ok(to(result.value)) : failed(result.error);
}

function answersOf(parts: HandlerParts, { failed: bugMet = () => undefined }: EngineOptions): TillEngine['call'] {
  const handlers = tillHandlers(parts);
  return (name, input, caller = CASHIER) => answerCall(handlers, parts.log, name, input, caller, bugMet);
}

/** What head office's rows changed, to what is held in memory and to the screens. */
function tell({ programmes, members, events }: HandlerParts, rows: ChangedRows): void {
  if (rows.programmes) programmes.reload();
  members.rowsChanged();
  if (rows.catalogue) events.emit('catalogue', {});
  for (const member of rows.members) events.emit('member', { member });
}

type LinkParts = Pick<HandlerParts, 'store' | 'clock' | 'keys' | 'log' | 'writer'>;

/** What is only there once the engine is put together. */
type Later = { parts(): HandlerParts & StatusParts; changed(): void; statesChanged(): void };

function linkOf(
  options: EngineOptions,
  config: EngineConfig,
  { writer, ...own }: LinkParts,
  { parts, changed, statesChanged }: Later,
): HeadOfficeLink {
  return openHeadOfficeLink({
    ...lineOf(options, config),
    ...own,
    giveBack: openGiveBack(parts),
    care: openStreamCare(parts, statesChanged),
    entriesTakenBack: () => {
      writer.forget();
      statesChanged();
    },
    stateChanged: changed,
    rowsChanged: (rows) => {
      tell(parts(), rows);
      changed();
    },
  });
}

/** How head office is reached. */
function lineOf({ fetch: line = fetch, timers = SYSTEM_TIMERS }: EngineOptions, config: EngineConfig) {
  const { pullEveryMs, live, askMsMax } = config;
  return { fetch: line, timers, pullEveryMs, live, askMsMax };
}

function assemble(options: EngineOptions, config: EngineConfig, store: TillStore): TillEngine {
  const log = options.log ?? createLog('till');
  const clock = options.clock ?? systemClock();
  const keys = openKeys(options.dataFolder, options.keySeal);
  const events = engineEvents((error) => log.error({ err: error }, 'a listener failed'));
  const programmes = openProgrammeBook(store.programmes);
  const prints = printQueueOf(config, { store, clock, events, log });
  const writer = openEntryWriter({ store, clock, keys, disk: options.disk, stream: () => store.streams.current() });
  const link = linkOf(
    options,
    config,
    { store, clock, keys, log, writer },
    {
      parts: () => parts,
      changed: () => changed(),
      statesChanged: () => statesChanged(),
    },
  );
  const parts: StatusParts & HandlerParts = {
    store,
    clock,
    knownTime: knownTime(store, clock, writer.last()?.bd),
    keys,
    programmes,
    events,
    prints,
    log,
    stream: () => store.streams.current(),
    countryCode: config.countryCode,
    entryWritten: () => {
      link.wake();
      changed();
    },
    writer,
    disk: options.disk,
    members: openMemberBook(store, programmes.terms),
    link,
    office: officeOf(link, log),
    printerName: config.printer.id,
    exampleCards: config.exampleCards,
    keysSealed: options.keySeal !== undefined,
    status: () => tillStatus(parts),
    enrolTill: async (input) => mapped(await link.enrol(input), () => tillStatus(parts)),
  };
  const statesChanged = (): void => {
    store.transact(() => store.memberCache.forget());
    parts.members.rowsChanged();
    changed();
  };
  const changed = onceAfterTurn(() => {
    if (open) events.emit('status', tillStatus(parts));
  });
  let open = true;
  prints.wake();
  link.start();
  return {
    call: answersOf(parts, options),
    subscribe: (listener: EngineListener) => events.subscribe(listener),
    parts,
    link,
    close: async () => {
      await link.close();
      await prints.idle();
      open = false;
      store.close();
    },
  };
}

/** As a use case sees it; where nobody answers, it goes on with what is here. */
function officeOf(link: HeadOfficeLink, log: Log): Office {
  return {
    isThere: () => link.connection().state !== 'offline',
    ask: async (missing) => {
      const asked = await link.ask(missing);
      if (!asked.ok)
        log.info({ code: asked.error.code }, 'head office was asked what may be spent, and gave no answer');
    },
  };
}

function printQueueOf(
  { printer }: EngineConfig,
  shared: { store: TillStore; clock: TillClock; events: EngineEvents; log: Log },
): PrintQueue {
  return openPrintQueue({ ...shared, printer: makePrinter(printer), profile: printerProfile(printer.profile) });
}

/** Once for all that happened in a turn, and after it: nobody at the counter waits for a status. */
function onceAfterTurn(work: () => void): () => void {
  let pending = false;
  return () => {
    if (pending) return;
    pending = true;
    setImmediate(() => {
      pending = false;
      work();
    });
  };
}
