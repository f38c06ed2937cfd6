/**
 * Room on the till's disk. A ballast file is kept that can be let go of at once: when the disk is full, a sale that was begun can still be
 * written, and there is time to call somebody. Before even that room is gone new sales are refused, before anything is printed.
 */
import { closeSync, existsSync, fsyncSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import path from 'node:path';

export const BALLAST_FILE = 'ballast';

const MB = 1024 * 1024;

/** In bytes. */
export type DiskLimits = {
  /** Below it people are warned. */
  readonly warn: number;
  /** Below it nothing is written that can wait: snapshots, backups, logs. */
  readonly extras: number;
  readonly ballast: number;
  /** Below it the ballast goes; without a ballast new sales are refused. */
  readonly least: number;
};

export const DISK_LIMITS: DiskLimits = { warn: 1024 * MB, extras: 500 * MB, ballast: 64 * MB, least: 32 * MB };

/** `roomy` < `low` (warned) < `tight` (no extras) < `ballast-gone` (sold on from its room) < `full` (no new sales). */
export type DiskLevel = 'roomy' | 'low' | 'tight' | 'ballast-gone' | 'full';

export type DiskGuard = {
  readonly level: () => DiskLevel;
  readonly freeBytes: () => number;
  /** Looks at the disk, and keeps or lets go of the ballast. */
  look(): DiskLevel;
  /** For the writer of entries, before each: looks at most twice a second, since a look is a call of the system. */
  mayWrite(): boolean;
  /** The disk said that it is full: the ballast goes at once. */
  saidFull(): void;
};

const LOOK_EVERY_MS = 500;

export function diskGuard(
  folder: string,
  limits: DiskLimits = DISK_LIMITS,
  freeOn: (folder: string) => number = freeBytesOn,
  nowMs: () => number = () => performance.now(),
): DiskGuard {
  const file = path.join(folder, BALLAST_FILE);
  let free = freeOn(folder);
  let level: DiskLevel = 'roomy';
  let lookedAt = Number.NEGATIVE_INFINITY;
  const hasBallast = (): boolean => existsSync(file) && statSync(file).size === limits.ballast;
  const release = (): void => {
    rmSync(file, { force: true });
    free = freeOn(folder);
  };
  const look = (): DiskLevel => {
    lookedAt = nowMs();
    free = freeOn(folder);
    if (free < limits.least && existsSync(file)) release();
    else if (!hasBallast() && free >= limits.extras + limits.ballast) {
      layBallast(file, limits.ballast);
      free = freeOn(folder);
    }
    level = levelOf(free, hasBallast(), limits);
    return level;
  };
  look();
  return {
    level: () => level,
    freeBytes: () => free,
    look,
    mayWrite: () => (nowMs() - lookedAt < LOOK_EVERY_MS ? level : look()) !== 'full',
    saidFull: () => {
      release();
      level = levelOf(free, false, limits);
    },
  };
}

function levelOf(free: number, ballast: boolean, { warn, extras, least }: DiskLimits): DiskLevel {
  if (free < least) return 'full';
  if (!ballast && free < extras) return 'ballast-gone';
  if (free < extras) return 'tight';
  return free < warn ? 'low' : 'roomy';
}

/** For an ordinary user: what is kept for root is no room. */
function freeBytesOn(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** Written for real and by chance, so that no file system makes a hole of it or packs it. */
function layBallast(file: string, bytes: number): void {
  rmSync(file, { force: true });
  const handle = openSync(file, 'wx', 0o600);
  try {
    for (let left = bytes; left > 0; left -= MB) writeSync(handle, randomBytes(Math.min(left, MB)));
    fsyncSync(handle);
  } catch (error) {
    rmSync(file, { force: true });
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    closeSync(handle);
  }
}
