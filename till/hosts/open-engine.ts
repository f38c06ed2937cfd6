/** The engine on its data folder, with the folder's lock. */
import type { Refusal, Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import { openTillEngine, type EngineOptions, type TillEngine } from '../app/engine.ts';
import { lockDataFolder } from './data-folder-lock.ts';

/** Refuses where another engine has the folder, and with the engine's own refusals. */
export function openEngine(options: EngineOptions): Result<TillEngine, Refusal> {
  const locked = lockDataFolder(options.dataFolder);
  if (!locked.ok) return locked;
  const lock = locked.value;
  try {
    const opened = openTillEngine(options);
    if (!opened.ok) {
      lock.release();
      return opened;
    }
    const engine = opened.value;
    const close = async (): Promise<void> => {
      await engine.close();
      lock.release();
    };
    return ok({ ...engine, close });
  } catch (error) {
    lock.release();
    throw error;
  }
}
