import { environment, nodePath, setUp } from '../setup.mjs';
import { runChild } from './child.mjs';

/**
 * Sets up, runs a TypeScript file under the pinned Node and ends this process with its exit status.
 * @param {string} file
 * @param {string[]} args
 * @param {Record<string, string>} [extra] added to the environment
 */
export async function runTypeScript(file, args, extra = {}) {
  await setUpOrExit();
  process.exit(await runChild(nodePath(), [file, ...args], { ...environment(), ...extra }));
}

export async function setUpOrExit() {
  try {
    await setUp();
  } catch (cause) {
    reportAndExit(cause);
  }
}

/**
 * @param {unknown} cause
 * @returns {never}
 */
export function reportAndExit(cause) {
  process.stderr.write(`setup: ${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exit(1);
}
