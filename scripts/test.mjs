/** `npm test [-- STAGE…]`: set up, a browser included, then run the stages of scripts/tooling/stages.ts. */
import { fileURLToPath } from 'node:url';
import { ensureBrowser } from './tooling/browser.mjs';
import { reportAndExit, runTypeScript, setUpOrExit } from './tooling/run-typescript.mjs';

const wanted = process.argv.slice(2);
await setUpOrExit();
await runTypeScript(fileURLToPath(new URL('test.ts', import.meta.url)), wanted, await settings());

/** @returns {Promise<Record<string, string>>} */
async function settings() {
  const needsBrowser = wanted.length === 0 || wanted.includes('chromium');
  try {
    return needsBrowser ? { LOYALTILL_CHROMIUM: await ensureBrowser() } : {};
  } catch (cause) {
    return reportAndExit(cause);
  }
}
