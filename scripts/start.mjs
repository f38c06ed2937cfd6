/** `npm start`: set up, then start head office and the tills (scripts/start.ts) with a browser where the machine has one. */
import { fileURLToPath } from 'node:url';
import { findBrowser } from './tooling/browser.mjs';
import { runTypeScript } from './tooling/run-typescript.mjs';

const browser = findBrowser();
await runTypeScript(
  fileURLToPath(new URL('start.ts', import.meta.url)),
  process.argv.slice(2),
  browser ? { LOYALTILL_CHROMIUM: browser } : {},
);
