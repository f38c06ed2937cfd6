/** What is looked at once a second while a load runs: how far the fold is behind, and how much memory the processes hold. */
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { Database } from '../../sync/server/store/client.ts';
import { lastPosition } from '../../sync/server/store/counters.ts';

const LOOK_EVERY_MS = 1_000;

export type Watched = {
  /** Entries accepted and not folded, at most and at the end. */
  readonly foldBehindMax: number;
  readonly foldBehind: number;
  /** The largest process, MB; undefined where the system does not say. */
  readonly memoryMaxMb: number | undefined;
};

export type Watch = { now(): Promise<Watched>; close(): Promise<void> };

export function startWatch(database: Database, pids: () => readonly number[]): Watch {
  let running = true;
  let foldBehindMax = 0;
  let memoryMaxMb: number | undefined;
  const look = async (): Promise<Watched> => {
    const folded = await lastPosition(database, 'folded');
    const foldBehind = (await lastPosition(database, 'entry')) - folded;
    foldBehindMax = Math.max(foldBehindMax, foldBehind);
    for (const megabytes of pids().flatMap((pid) => memoryOf(pid) ?? []))
      memoryMaxMb = Math.max(memoryMaxMb ?? 0, megabytes);
    return { foldBehindMax, foldBehind, memoryMaxMb };
  };
  const loop = (async () => {
    while (running) {
      await look();
      await setTimeout(LOOK_EVERY_MS);
    }
  })();
  return {
    now: look,
    close: async () => {
      running = false;
      await loop;
    },
  };
}

function memoryOf(pid: number): number | undefined {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1_024);
  } catch {
    return undefined;
  }
}
