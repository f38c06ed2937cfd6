/** `node scripts/run.mjs FILE.ts ARGUMENTS…`: set up, then run a TypeScript file of ours under the pinned Node. */
import { resolve } from 'node:path';
import { runTypeScript } from './tooling/run-typescript.mjs';

const [file, ...args] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write('usage: node scripts/run.mjs FILE.ts ARGUMENTS…\n');
  process.exit(2);
}
await runTypeScript(resolve(file), args);
