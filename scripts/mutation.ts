/** `npm run mutation [-- ARGUMENTS…]`: mutates loyalty/ and ledger/ and runs their tests; docs/testing.md says what came out. Exit 1 below 85 %. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';

const manifest = createRequire(import.meta.url).resolve('@stryker-mutator/core/package.json');
const stryker = path.join(path.dirname(manifest), 'bin', 'stryker.js');
const { status } = spawnSync(process.execPath, [stryker, 'run', ...process.argv.slice(2)], { stdio: 'inherit' });
process.exitCode = status ?? 1;
