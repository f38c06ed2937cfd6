/** What a till does when nobody waits for it: room on the disk, the WAL, how far it has come, the backup, and the long look at its ledger. */
import type { Log } from '../../base/node/log.ts';
import type { Result } from '../../base/result.ts';
import type { DiskGuard } from '../store/disk-guard.ts';
import type { StreamCounter } from '../store/rescue/count-file.ts';
import type { Upkeep } from '../store/upkeep.ts';
import type { Finding } from '../store/verify/verify-ledger.ts';

const COUNT_EVERY_MS = 2_000;
const DISK_EVERY_MS = 5_000;
const CHECKPOINT_EVERY_MS = 30_000;
const BACKUP_EVERY_MS = 3_600_000;
const CHECK_EVERY_MS = 86_400_000;
/** The long look comes early in the day of a till, and not in its first minutes. */
const FIRST_CHECK_MS = 600_000;

export type BeatParts = {
  readonly upkeep: Upkeep;
  readonly counter: StreamCounter;
  readonly disk: DiskGuard;
  /** A second disk, where there is one. */
  readonly backupFolder: string | undefined;
  /** Undefined where the host has no program for it. */
  readonly check: (() => Promise<Result<readonly Finding[], Error>>) | undefined;
  readonly log: Log;
  /** Something in here ended in an error. */
  readonly failed: (error: unknown) => void;
  readonly damageFound: (why: string) => void;
  readonly diskChanged: () => void;
};

export type Beats = {
  /** Each is what its timer does; for hosts that know that it is time, and for tests. */
  checkpoint(): void;
  backup(): Promise<void>;
  check(): Promise<void>;
  lookAtDisk(): void;
  stop(): void;
};

export function startBeats(parts: BeatParts): Beats {
  const beats = beatsOf(parts);
  const timers = [
    setInterval(() => void parts.counter.note().catch(parts.failed), COUNT_EVERY_MS),
    setInterval(beats.lookAtDisk, DISK_EVERY_MS),
    setInterval(beats.checkpoint, CHECKPOINT_EVERY_MS),
    setInterval(() => void beats.backup(), BACKUP_EVERY_MS),
    setInterval(() => void beats.check(), CHECK_EVERY_MS),
    setTimeout(() => void beats.check(), FIRST_CHECK_MS),
  ];
  for (const timer of timers) timer.unref();
  return { ...beats, stop: () => timers.forEach((timer) => clearInterval(timer)) };
}

function beatsOf(parts: BeatParts): Omit<Beats, 'stop'> {
  const { upkeep, disk, backupFolder, log, failed } = parts;
  const guarded = async (what: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      log.error({ err: error }, `${what} failed`);
      failed(error);
    }
  };
  const hasRoom = (): boolean => disk.level() === 'roomy' || disk.level() === 'low';
  const usualLevel = log.level;
  return {
    lookAtDisk: () => {
      const before = disk.level();
      const now = disk.look();
      if (now === before) return;
      log.warn({ level: now, freeBytes: disk.freeBytes() }, 'the room on the disk has changed');
      // Logs can wait; what ends a till cannot.
      log.level = hasRoom() ? usualLevel : 'fatal';
      parts.diskChanged();
    },
    checkpoint: () => {
      try {
        if (upkeep.walBytes() > 0) upkeep.checkpoint();
      } catch (error) {
        // On a full disk the WAL stays as it is, and is whole: it is tried again.
        if (isFull(error)) return;
        log.error({ err: error }, 'the WAL could not be moved into the ledger');
        failed(error);
      }
    },
    backup: () =>
      guarded('the backup', async () => {
        if (backupFolder !== undefined && hasRoom()) await upkeep.backup(backupFolder);
      }),
    check: () =>
      guarded('the check of the ledger', async () => {
        if (parts.check === undefined || !hasRoom()) return;
        const checked = await parts.check();
        if (!checked.ok) return log.warn({ err: checked.error }, 'the ledger could not be checked');
        const [first] = checked.value;
        if (first !== undefined) parts.damageFound(`${first.where}: ${first.what}`);
      }),
  };
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_FULL';
}
