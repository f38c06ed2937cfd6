/** The entry of the engine process in the desktop app. */
import { openTillEngine } from '../till/app/engine.ts';
import type { EngineConfig } from '../till/app/engine-config.ts';
import { runEngineProcess } from './engine-process.ts';

runEngineProcess(process.parentPort, (options) =>
  openTillEngine({ ...options, config: options.config as Partial<EngineConfig> }), // unparsed: the engine's own schema is next
);
