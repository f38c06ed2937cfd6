/**
 * The engine on its data folder: the folder's lock, the look at the ledger before it is opened, and what goes on beside the sales. Where the
 * disk fails while the till sells, the handle is not asked again: after a failed flush the system may forget what it had not written, and a
 * later flush would report success. The file is opened anew, everything in the WAL is written into it afresh, and the ledger is looked at; if
 * that fails too, it is rescued, or the till says that it cannot sell.
 */
import path from 'node:path';
import { createLog, type Log } from '../../base/node/log.ts';
import { failed, ok, refused, type Refusal, type Result } from '../../base/result.ts';
import { openTillEngine, type EngineOptions, type TillEngine } from '../app/engine.ts';
import type { EngineListener } from '../app/engine-events.ts';
import { openKeys } from '../app/keys.ts';
import { diskGuard, type DiskLimits, DISK_LIMITS } from '../store/disk-guard.ts';
import { checkLedger } from '../store/rescue/check-ledger.ts';
import { judgeOrigin } from '../store/rescue/judge-origin.ts';
import { thisMachine, type MachineIdentity } from '../store/rescue/machine.ts';
import { DISK_FAILED, prepareLedger } from '../store/rescue/prepare-ledger.ts';
import { isDamage } from '../store/rescue/start-check.ts';
import { LEDGER_FILE, type TillStore } from '../store/till-store.ts';
import { BACKUP_FILE } from '../store/upkeep.ts';
import { lockDataFolder } from './data-folder-lock.ts';
import { startBeats, type Beats } from './upkeep-beats.ts';

export type OpenEngineOptions = Omit<EngineOptions, 'disk' | 'failed'> & {
  /** A second disk, where there is one. */
  readonly backupFolder?: string | undefined;
  readonly diskLimits?: DiskLimits | undefined;
  /** The program of the long look (till/store/rescue/check-worker.ts, or what a build made of it); without one there is none. */
  readonly checkProgram?: string | undefined;
  readonly machine?: MachineIdentity;
};

export type GuardedEngine = TillEngine & {
  /** Of the ledger that is open now. */
  readonly beats: Beats;
};

/** How long a till waits before it tries again to open a ledger that could not be opened. */
const TRY_AGAIN_MS = 5_000;

/** Refuses where another engine has the folder, with `ledger-unreadable`, and with the engine's own refusals. */
export function openEngine(options: OpenEngineOptions): Result<GuardedEngine, Refusal> {
  const locked = lockDataFolder(options.dataFolder);
  if (!locked.ok) return locked;
  const lock = locked.value;
  try {
    const guarded = guardedEngine(options, () => lock.release());
    if (!guarded.ok) lock.release();
    return guarded;
  } catch (error) {
    lock.release();
    throw error;
  }
}

type Open = { readonly engine: TillEngine; readonly beats: Beats; noteNow(): void };

function guardedEngine(options: OpenEngineOptions, release: () => void): Result<GuardedEngine, Refusal> {
  const listeners = new Set<EngineListener>();
  const ledger = renewableLedger(options, (name, payload) => listeners.forEach((listener) => listener(name, payload)));
  const first = ledger.now();
  if (!first.ok) return failed(first.error);
  const openNow = (): Open => {
    const now = ledger.now();
    if (!now.ok) throw new Error(now.error.message);
    return now.value;
  };
  return ok({
    call: async (name, input, caller) => {
      const ready = await ledger.ready();
      return ready.ok ? ready.value.engine.call(name, input, caller) : failed(ready.error);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get parts() {
      return openNow().engine.parts;
    },
    get link() {
      return openNow().engine.link;
    },
    get beats() {
      return openNow().beats;
    },
    close: async () => {
      await ledger.close();
      release();
    },
  });
}

type RenewableLedger = {
  now(): Result<Open, Refusal>;
  /** After what is being done about it; a ledger that could not be opened is tried again. */
  ready(): Promise<Result<Open, Refusal>>;
  close(): Promise<void>;
};

function renewableLedger(options: OpenEngineOptions, tell: EngineListener): RenewableLedger {
  const log = options.log ?? createLog('till');
  const disk = diskGuard(options.dataFolder, options.diskLimits ?? DISK_LIMITS);
  let renewing: Promise<void> | undefined;
  let triedAt = performance.now();
  let closed = false;
  let mended = false;
  const open = (foundBefore?: string): Result<Open, Refusal> => {
    triedAt = performance.now();
    const opened = openOrRescue({ ...options, log }, { disk, met, damageFound, foundBefore });
    if (opened.ok) opened.value.engine.subscribe(tell);
    return opened;
  };
  const renew = (why?: string): void => {
    if (renewing !== undefined || closed) return;
    renewing = closeQuietly(current, log)
      .then(() => {
        current = open(why);
      })
      .finally(() => {
        renewing = undefined;
      });
  };
  const met = (error: unknown): void => {
    if (!isDamage(error)) return;
    log.error({ err: error }, 'the disk failed under the ledger: it is opened anew');
    renew();
  };
  const damageFound = (why: string): void => {
    log.error({ why }, 'the ledger is damaged');
    // What a rescue did not mend it does not mend the second time either.
    if (!mended) renew(why);
    mended = true;
  };
  let current = open();
  return {
    now: () => current,
    ready: async () => {
      if (!current.ok && performance.now() - triedAt > TRY_AGAIN_MS) renew();
      await renewing;
      return current;
    },
    close: async () => {
      if (closed) return;
      closed = true;
      await renewing;
      if (!current.ok) return;
      current.value.beats.stop();
      current.value.noteNow();
      await current.value.engine.close();
    },
  };
}

async function closeQuietly(current: Result<Open, Refusal>, log: Log): Promise<void> {
  if (!current.ok) return;
  current.value.beats.stop();
  try {
    await current.value.engine.close();
  } catch (error) {
    log.error({ err: error }, 'the ledger could not be closed in order');
  }
}

/** Where the file passes the first look and breaks under the hands that open it, it is rescued. */
function openOrRescue(options: LoggedOptions, guards: Guards): Result<Open, Refusal> {
  try {
    return openOnce(options, guards);
  } catch (error) {
    if (!isDamage(error)) throw error;
    options.log.error({ err: error }, 'the ledger could not be opened');
    if (guards.foundBefore === undefined) return openOrRescue(options, { ...guards, foundBefore: error.message });
    return refused('disk-failed', DISK_FAILED);
  }
}

type LoggedOptions = OpenEngineOptions & { readonly log: Log };

type Guards = {
  readonly disk: ReturnType<typeof diskGuard>;
  readonly met: (error: unknown) => void;
  readonly damageFound: (why: string) => void;
  readonly foundBefore: string | undefined;
};

function openOnce(options: LoggedOptions, { disk, met, damageFound, foundBefore }: Guards): Result<Open, Refusal> {
  const { dataFolder, migrationsFolder, backupFolder, log, keySeal } = options;
  const now = options.clock?.wall() ?? Date.now();
  const prepared = prepareLedger({
    dataFolder,
    migrationsFolder,
    otherFiles: backupFolder === undefined ? [] : [path.join(backupFolder, BACKUP_FILE)],
    sign: (inc, text) => {
      try {
        return openKeys(dataFolder, keySeal).signer(inc).sign(text);
      } catch {
        return undefined;
      }
    },
    now,
    foundBefore,
  });
  if (!prepared.ok) return prepared;
  if (prepared.value.rescue !== undefined) log.error(prepared.value.rescue, 'the ledger was damaged and salvaged');
  const opened = openTillEngine({ ...options, disk, failed: met });
  if (!opened.ok) return opened;
  const engine = opened.value;
  const { store } = engine.parts;
  try {
    // What a failed flush may have left in memory only is written afresh here; where that fails, so does the opening.
    store.upkeep.checkpoint();
  } catch (error) {
    store.close();
    throw error;
  }
  if (prepared.value.rescue !== undefined) fetchAllAgain(store);
  const machine = options.machine ?? thisMachine();
  judgeOrigin(store, prepared.value.counted, machine, now);
  const counter = store.upkeep.counter(prepared.value.counted, machine);
  counter.noteNow();
  const { checkProgram } = options;
  const beats = startBeats({
    upkeep: store.upkeep,
    counter,
    disk,
    backupFolder,
    check:
      checkProgram === undefined
        ? undefined
        : () =>
            checkLedger({ ledgerFile: path.join(dataFolder, LEDGER_FILE), migrationsFolder, program: checkProgram }),
    log,
    failed: met,
    damageFound,
    diskChanged: () => engine.parts.events.emit('status', engine.parts.status()),
  });
  return ok({ engine, beats, noteNow: counter.noteNow });
}

/** A programme that was lost with the pages it lay in comes again only with everything else. */
function fetchAllAgain({ members }: TillStore): void {
  const { epoch, asOf } = members.cursor();
  if (epoch !== null && asOf !== null) members.setCursor(epoch, 0, asOf);
}
