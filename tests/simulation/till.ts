/** A till of a simulation: the real engine on a disk in memory, with a clock of its own. Its process can die at any commit and start again. */
import { pino } from 'pino';
import path from 'node:path';
import { epochMs } from '../../base/business-date.ts';
import type { TillId } from '../../base/ids.ts';
import type { Fetch } from '../../sync/client/http.ts';
import { openTillEngine, type TillEngine } from '../../till/app/engine.ts';
import type { Answered, Asked } from './head-office.ts';
import { simulatedFetch } from './network.ts';
import { filesOf, putFiles } from './virtual/fs.ts';
import { closeAll, cutPowerAfter, type Dump, dumpAll, forgetCut, loadAll, resetAll } from './virtual/sqlite.ts';
import type { VirtualTime } from './virtual/time.ts';

const MIGRATIONS = path.join(import.meta.dirname, '..', '..', 'migrations');
const PULL_EVERY_MS = 3_600_000;
export const OFFICE_URL = 'http://head-office.sim';
const log = pino({ level: process.env['SIMULATE_LOG'] ?? 'silent' });

/** What a disk holds. */
export type DiskImage = {
  readonly databases: ReadonlyMap<string, Dump>;
  readonly files: ReadonlyMap<string, Buffer>;
};

export type SimulatedTill = {
  readonly slot: number;
  readonly folder: string;
  readonly id: TillId;
  /** Undefined while its process is dead. */
  engine: TillEngine | undefined;
  online: boolean;
  trouble: number;
  /** Of its clock, ms. */
  offset: number;
  /** Milliseconds more than there are in a thousand. */
  drift: number;
  boots: number;
  /** The power was cut, and nobody has started it again. */
  died: boolean;
};

export type TillSurroundings = {
  readonly time: VirtualTime;
  /** Undefined: head office died over it. */
  answer(asked: Asked): Promise<Answered | undefined>;
};

export function newTill(slot: number, id: TillId): SimulatedTill {
  const clock = { online: true, trouble: 0, offset: 0, drift: 0, boots: 0, died: false };
  return { slot, folder: `/sim/disk-${slot}`, id, engine: undefined, ...clock };
}

export function start(till: SimulatedTill, { time, answer }: TillSurroundings): void {
  till.boots += 1;
  till.died = false;
  const owner = {};
  const began = time.now();
  const opened = openTillEngine({
    dataFolder: till.folder,
    migrationsFolder: MIGRATIONS,
    config: { pullEveryMs: PULL_EVERY_MS, live: false },
    clock: {
      wall: () => epochMs(wallOf(till, time.now())),
      monotonic: () => time.now() - began,
      boot: `${till.slot}-${till.boots}`,
    },
    log,
    fetch: lineOf(till, owner, { time, answer }),
    timers: { after: (ms, run) => time.after(ms, run, owner) },
  });
  if (!opened.ok) throw new Error(opened.error.message);
  till.engine = opened.value;
  owners.set(till, owner);
}

const owners = new WeakMap<SimulatedTill, object>();

function lineOf(till: SimulatedTill, owner: object, { time, answer }: TillSurroundings): Fetch {
  return simulatedFetch(time, answer, { isIn: () => till.online, trouble: () => till.trouble, owner });
}

export function wallOf({ offset, drift }: SimulatedTill, now: number): number {
  return Math.max(1, Math.round(now + offset + (now * drift) / 1000));
}

/** Its process is gone at once, whatever it was doing. */
export function kill(till: SimulatedTill, time: VirtualTime): void {
  time.forget(owners.get(till));
  forgetCut(till.folder);
  closeAll(till.folder);
  till.engine = undefined;
  till.died = true;
}

/** With the commit after so many. */
export function killAfter(till: SimulatedTill, commits: number, time: VirtualTime): void {
  cutPowerAfter(till.folder, commits, () => kill(till, time));
}

export function imageOf({ folder }: SimulatedTill): DiskImage {
  return { databases: dumpAll(folder), files: filesOf(folder) };
}

export function putImage({ folder }: SimulatedTill, image: DiskImage): void {
  loadAll(folder, image.databases);
  putFiles(folder, image.files);
}

export function wipe({ folder }: SimulatedTill, files: ReadonlyMap<string, Buffer>): void {
  resetAll(folder);
  putFiles(folder, files);
}
