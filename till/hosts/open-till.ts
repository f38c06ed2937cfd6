/**
 * A whole till on its data folder, the same in both hosts: the folder's lock, the engine, the POS API. A taken port of the POS API does not
 * keep the screen from selling; the host says it.
 */
import type { Log } from '../../base/node/log.ts';
import { ok, type Refusal, type Result } from '../../base/result.ts';
import type { TillClock } from '../app/clock.ts';
import { openTillEngine, type TillEngine } from '../app/engine.ts';
import type { KeySeal } from '../app/keys.ts';
import { startPosApi, type PosApi } from '../pos-api/pos-api.ts';
import { lockDataFolder, type DataFolderLock } from './data-folder-lock.ts';
import type { TillConfig } from './till-config.ts';

export type OpenTillOptions = {
  dataFolder: string;
  /** Folder `migrations` of this release. */
  migrationsFolder: string;
  config: TillConfig;
  /** Absent where the system has no keyring, and in the browser host. */
  keySeal?: KeySeal;
  clock?: TillClock;
  log: Log;
};

export type RunningTill = {
  engine: TillEngine;
  posApi: Result<PosApi, Refusal<'port-taken'>>;
  /** Answers what runs, and lets go of the folder. */
  close: () => Promise<void>;
};

/** Refuses where another engine has the folder, and with the engine's own refusals. */
export async function openTill(options: OpenTillOptions): Promise<Result<RunningTill, Refusal>> {
  const locked = lockDataFolder(options.dataFolder);
  if (!locked.ok) return locked;
  try {
    const opened = await openLocked(options, locked.value);
    if (!opened.ok) locked.value.release();
    return opened;
  } catch (error) {
    locked.value.release();
    throw error;
  }
}

async function openLocked(options: OpenTillOptions, lock: DataFolderLock): Promise<Result<RunningTill, Refusal>> {
  const { config, ...engineOptions } = options;
  const opened = openTillEngine({ ...engineOptions, config: config.engine });
  if (!opened.ok) return opened;
  const engine = opened.value;
  const posApi = await startPosApi({ engine, dataFolder: options.dataFolder, port: config.posApi.port });
  const close = async (): Promise<void> => {
    if (posApi.ok) await posApi.value.close();
    await engine.close();
    lock.release();
  };
  return ok({ engine, posApi, close });
}
