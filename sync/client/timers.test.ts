import { execFile } from 'node:child_process';
import { describe, expect, it } from 'vitest';

/** A till whose loop runs against a port where nobody listens, and that is never closed. */
const PROGRAM = `
  import { createSyncLoop } from './sync/client/sync-loop.ts';
  import { memoryTill } from './sync/client/testing/memory-till.ts';
  const { identity, entries, feed } = memoryTill('http://127.0.0.1:2');
  const ignore = () => undefined;
  const loop = createSyncLoop({ identity, entries, feed, fetch, pullEveryMs: 1, now: Date.now, random: () => 1, changed: ignore, onError: ignore });
  loop.start();
  const failed = await loop.syncNow();
  console.log(failed.ok ? 'ok' : failed.error.code);
`;

describe('timers', () => {
  it('of the loop never keep a process from ending', async () => {
    const printed = await new Promise<string>((resolve, reject) => {
      const args = ['--input-type=module-typescript', '--eval', PROGRAM];
      execFile(process.execPath, args, { cwd: `${import.meta.dirname}/../..` }, (error, stdout) =>
        error === null ? resolve(stdout) : reject(error),
      );
    });
    expect(printed).toBe('head-office-unreachable\n');
  });
});
