/** The entry of the engine process in the desktop app. */
import { openTillEngine } from '../till/app/engine.ts';
import { runEngineProcess } from './engine-process.ts';

runEngineProcess(process.parentPort, openTillEngine);
