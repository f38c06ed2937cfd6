/**
 * A whole till on its data folder, the same in both hosts: the engine with the folder's lock, and the POS API. A taken port of the POS API
 * does not keep the screen from selling; the host says it.
 */
import type { Log } from '../../base/node/log.ts';
import { ok, type Refusal, type Result } from '../../base/result.ts';
import type { TillClock } from '../app/clock.ts';
import type { TillEngine } from '../app/engine.ts';
import type { KeySeal } from '../app/keys.ts';
import { startPosApi, type PosApi } from '../pos-api/pos-api.ts';
import { openEngine } from './open-engine.ts';
import { diskLimits, type TillConfig } from './till-config.ts';

export type OpenTillOptions = {
  dataFolder: string;
  /** Folder `migrations` of this release. */
  migrationsFolder: string;
  config: TillConfig;
  /** Absent where the system has no keyring, and in the browser host. */
  keySeal?: KeySeal;
  clock?: TillClock;
  /** The program of the long look at the ledger, as the host has it; without it there is none. */
  checkProgram?: string;
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
  const { config, ...engineOptions } = options;
  const opened = openEngine({
    ...engineOptions,
    config: config.engine,
    backupFolder: config.backup.folder ?? undefined,
    diskLimits: diskLimits(config),
  });
  if (!opened.ok) return opened;
  const engine = opened.value;
  try {
    const posApi = await startPosApi({ engine, dataFolder: options.dataFolder, port: config.posApi.port });
    const close = async (): Promise<void> => {
      if (posApi.ok) await posApi.value.close();
      await engine.close();
    };
    return ok({ engine, posApi, close });
  } catch (error) {
    await engine.close();
    throw error;
  }
}
