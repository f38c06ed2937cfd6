/** A till process that does as it is told, on a disk that can be made to fail under it. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { MIGRATIONS, openTestTill } from '../../../till/testing/test-till.ts';

const TORTURE = path.join(import.meta.dirname, '..');

export type Fault = 'flushes-fail' | 'disk-full';

export type ToldTill = {
  readonly dataFolder: string;
  readonly paper: string;
  readonly backupFolder: string;
  /** Its next line. */
  ask(line: string): Promise<unknown>;
  /** While a fault is on, the disk has it. */
  fault(which: Fault, on: boolean): void;
  kill(): void;
};

/** `scratch` is made and removed by the caller. The shim needs a C compiler. */
export async function toldTill(
  scratch: string,
  dataFolder: string,
  options: { readonly limits?: object; readonly shim?: boolean } = {},
): Promise<ToldTill> {
  await (await openTestTill({ dataFolder })).engine.close();
  const [paper, backupFolder] = [path.join(scratch, 'paper'), path.join(scratch, 'stick')];
  const args = [dataFolder, MIGRATIONS, paper, backupFolder, options.limits ? JSON.stringify(options.limits) : ''];
  const switches = { 'flushes-fail': path.join(scratch, 'flushes-fail'), 'disk-full': path.join(scratch, 'disk-full') };
  const child = spawn(process.execPath, ['--no-deprecation', path.join(TORTURE, 'told-child.ts'), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      ...process.env,
      ...(options.shim === true ? { LD_PRELOAD: compiledShim(scratch) } : {}),
      FAIL_FLUSH: switches['flushes-fail'],
      FULL_DISK: switches['disk-full'],
    },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const heard = async (): Promise<unknown> => {
    const { value, done } = await lines.next();
    return done === true ? 'it has ended' : JSON.parse(value);
  };
  const first = JSON.stringify(await heard());
  if (first !== '{"opened":true}') throw new Error(`the till did not open: ${first}`);
  return {
    dataFolder,
    paper,
    backupFolder,
    ask: (line) => {
      child.stdin.write(`${line}\n`);
      return heard();
    },
    fault: (which, on) => {
      if (on) writeFileSync(switches[which], '');
      else rmSync(switches[which], { force: true });
    },
    kill: () => child.kill('SIGKILL'),
  };
}

function compiledShim(scratch: string): string {
  const shim = path.join(scratch, 'failing-disk.so');
  execFileSync('cc', ['-shared', '-fPIC', '-o', shim, path.join(TORTURE, 'failing-disk.c'), '-ldl']);
  return shim;
}

export function scratchFolder(): string {
  return mkdtempSync(path.join(os.tmpdir(), 'loyaltill-disk-'));
}
