import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockDataFolder, type DataFolderLock } from './data-folder-lock.ts';

let folder: string;
let child: ChildProcess | undefined;
beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'data-folder-')), 'till');
});
afterEach(() => {
  child?.kill('SIGKILL');
  child = undefined;
  rmSync(path.dirname(folder), { recursive: true });
});

function lock(): DataFolderLock {
  const locked = lockDataFolder(folder);
  if (!locked.ok) throw new Error(locked.error.message);
  return locked.value;
}

async function lockElsewhere(): Promise<ChildProcess> {
  child = fork(fileURLToPath(new URL('./testing/hold-data-folder.ts', import.meta.url)), [folder]);
  await once(child, 'message');
  return child;
}

describe('the lock of a data folder', () => {
  it('makes the folder, for its user only', () => {
    lock().release();
    expect(readdirSync(folder)).toEqual(['engine.lock']);
  });

  it('is held by one engine at a time, in the same process too', () => {
    const first = lock();
    expect(lockDataFolder(folder)).toMatchObject({ ok: false, error: { code: 'data-folder-in-use' } });
    first.release();
    expect(lockDataFolder(folder).ok).toBe(true);
  });

  it('names the process that has it', async () => {
    const { pid } = await lockElsewhere();
    expect(lockDataFolder(folder)).toEqual({
      ok: false,
      error: {
        code: 'data-folder-in-use',
        message: `The data folder ${folder} is in use by another Loyaltill (process ${pid}). End that one first.`,
      },
    });
  });

  it('is free at once when its process was killed', async () => {
    const other = await lockElsewhere();
    other.kill('SIGKILL');
    await once(other, 'exit');
    expect(lockDataFolder(folder).ok).toBe(true);
  });

  it('can be released twice', () => {
    const held = lock();
    held.release();
    held.release();
    expect(lockDataFolder(folder).ok).toBe(true);
  });
});
