/**
 * A snapshot for each night, and a first one as soon as there are members enough: where none was made for a day and members' rows have changed
 * since, one is made. Several processes look; one makes it.
 */
import { setTimeout as startTimer } from 'node:timers';
import type { Log } from '../../../base/node/log.ts';
import { SNAPSHOT_ROWS_MIN } from '../../protocol/snapshot.ts';
import type { Setting } from '../admin/setting.ts';
import { businessDayOf } from '../programme/business-day.ts';
import { loadTerms } from '../programme/terms.ts';
import { countMembersBehind, newestSnapshot } from '../store/snapshots.ts';
import type { SnapshotBuilder } from './builder.ts';

const LOOK_EVERY_MS = 10 * 60_000;

export type SnapshotLoop = { close(): Promise<void> };

export function startSnapshotLoop(
  setting: Setting & { readonly log: Log; readonly lookEveryMs?: number },
  builder: SnapshotBuilder,
): SnapshotLoop {
  const { log, lookEveryMs = LOOK_EVERY_MS } = setting;
  let timer: ReturnType<typeof startTimer> | undefined;
  let closed = false;
  const look = async (): Promise<void> => {
    if (!(await isSnapshotDue(setting))) return;
    const built = await builder.build();
    log.info(built, 'a snapshot was asked for');
  };
  const lookAndWait = async (): Promise<void> => {
    await look().catch((error: unknown) =>
      log.error({ err: error }, 'the look for a due snapshot failed; it is tried again'),
    );
    if (!closed) timer = startTimer(begin, lookEveryMs);
  };
  let running = Promise.resolve();
  const begin = (): void => {
    running = lookAndWait();
  };
  begin();
  return {
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await running;
      clearTimeout(timer);
    },
  };
}

/** None of this epoch yet, or none of this business date while rows have changed. */
export async function isSnapshotDue({ database, org, clock }: Setting): Promise<boolean> {
  const newest = await newestSnapshot(database, org.epoch);
  const rows = await countMembersBehind(database, 0, SNAPSHOT_ROWS_MIN);
  if (rows < SNAPSHOT_ROWS_MIN) return false;
  if (newest === undefined) return true;
  const terms = await loadTerms(database);
  if (businessDayOf(terms, newest.madeAt).date === businessDayOf(terms, clock()).date) return false;
  return (await countMembersBehind(database, newest.position, 1)) > 0;
}
