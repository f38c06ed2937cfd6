/** Builds the desktop app and packages it as users get it (electron-builder's `dir` target), once, before the tests that start it. */
import { execFile } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test as setup } from '@playwright/test';
import { electronUnderTest, PACKAGED_APP, PACKAGED_FOLDER, ROOT } from './electron-under-test.ts';

const run = promisify(execFile);
const TIMEOUT_MS = 300_000;

setup('the desktop app is built and packaged', async () => {
  setup.setTimeout(TIMEOUT_MS);
  const { folder, version, needsTestRuntime } = electronUnderTest();
  await node(['scripts/build.ts', ...(needsTestRuntime ? ['--test-runtime'] : [])]);
  rmSync(PACKAGED_FOLDER, { recursive: true, force: true });
  const builder = path.join('node_modules', 'electron-builder', 'cli.js');
  await node([
    builder,
    '--dir',
    '--config',
    'electron-builder.test.yml',
    `-c.electronDist=${folder}`,
    `-c.electronVersion=${version}`,
  ]);
  expect(existsSync(PACKAGED_APP)).toBe(true);
});

/** Rejects with what it printed. */
async function node(args: string[]): Promise<void> {
  const { ELECTRON_RUN_AS_NODE: _unused, ...env } = process.env;
  await run(process.execPath, args, { cwd: ROOT, env, maxBuffer: 10_000_000 }).catch(
    (error: Error & { stdout?: string; stderr?: string }) => {
      throw new Error(`${args.join(' ')} failed\n${error.stdout ?? ''}\n${error.stderr ?? ''}`);
    },
  );
}
