/** The entry of the engine process in the desktop app. */
import { runEngineProcess } from './engine-process.ts';

runEngineProcess(process.parentPort);
