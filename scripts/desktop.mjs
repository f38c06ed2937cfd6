/** `npm run desktop`: as `npm start`, after fetching Electron's binary, which no install brings by itself. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environment, nodePath, ROOT, say } from './setup.mjs';
import { reportAndExit, runTypeScript, setUpOrExit } from './tooling/run-typescript.mjs';

await setUpOrExit();
if (!process.env['ELECTRON_OVERRIDE_DIST_PATH']) installElectron();
await runTypeScript(fileURLToPath(new URL('start.ts', import.meta.url)), ['--desktop', ...process.argv.slice(2)]);

function installElectron() {
  say('fetching Electron (once; about 100 MB)');
  const installer = join(ROOT, 'node_modules', 'electron', 'install.js');
  const { status } = spawnSync(nodePath(), [installer], { env: environment(), stdio: ['ignore', 2, 2] });
  if (status !== 0) reportAndExit(new Error('Electron could not be fetched. "npm start" runs the till in a browser.'));
}
