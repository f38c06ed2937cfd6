/** A disk that fills up under a real till process: a file system of 40 MB where this user may mount one, else writes that report ENOSPC. */
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  truncateSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyLedger } from '../../till/store/verify/verify-ledger.ts';
import { MIGRATIONS } from '../../till/testing/test-till.ts';
import { scratchFolder, toldTill, type ToldTill } from './testing/told-till.ts';

const MB = 1024 * 1024;
const LIMITS = { warn: 20 * MB, extras: 12 * MB, ballast: 6 * MB, least: 4 * MB };

let scratch: string;
let disk: string;
let till: ToldTill | undefined;
beforeEach(() => {
  scratch = scratchFolder();
  disk = path.join(scratch, 'disk');
  mkdirSync(disk);
});
afterEach(() => {
  till?.kill();
  till = undefined;
  unmount();
  rmSync(scratch, { recursive: true });
});

function mounted(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=40m', 'tmpfs', disk], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function unmount(): void {
  try {
    execFileSync('umount', ['-l', disk], { stdio: 'ignore' });
  } catch {
    // It was not mounted.
  }
}

/** Another program's file, so long that so much is left; it grows or shrinks in its place. */
function leave(bytes: number): void {
  const file = path.join(disk, 'of-another-program');
  const has = existsSync(file) ? statSync(file).size : 0;
  const { bavail, bsize } = statfsSync(disk);
  const more = bavail * bsize - bytes;
  if (more < 0) truncateSync(file, Math.max(0, has + more));
  else appendFileSync(file, Buffer.alloc(more));
}

async function level(): Promise<unknown> {
  await till?.ask('look');
  const status = (await till?.ask('status')) as { value: { disk: { level: string } } } | undefined; // the contract's type of this call
  return status?.value.disk.level;
}

function printed(): number {
  const paper = till?.paper ?? '';
  return existsSync(paper) ? readFileSync(paper, 'latin1').split('Receipt T1-').length - 1 : 0;
}

describe('a disk that fills up', () => {
  it('warns, stops what can wait, sells on from the ballast, and then refuses before anything is printed', async () => {
    if (!mounted()) return refusesOnFullWrites();
    till = await toldTill(scratch, path.join(disk, 'till'), { limits: LIMITS });
    const ballast = path.join(till.dataFolder, 'ballast');
    expect(await till.ask('sell 0')).toMatchObject({ ok: true });
    expect([await level(), existsSync(ballast)]).toEqual(['roomy', true]);
    leave(16 * MB);
    expect([await level(), await till.ask('sell 1')]).toMatchObject(['low', { ok: true }]);
    leave(8 * MB);
    expect([await level(), await till.ask('sell 2')]).toMatchObject(['tight', { ok: true }]);
    await till.ask('backup');
    expect(existsSync(till.backupFolder)).toBe(false);
    leave(2 * MB);
    expect([await level(), existsSync(ballast)]).toEqual(['ballast-gone', false]);
    expect(await till.ask('sell 4')).toMatchObject({ ok: true });
    leave(2 * MB);
    expect(await level()).toBe('full');
    const before = printed();
    expect(await till.ask('sell 6')).toEqual({ ok: false, code: 'disk-full' });
    expect(await till.ask('sell 4')).toMatchObject({ ok: true }); // what was sold before is answered
    expect(printed()).toBe(before);
    truncateSync(path.join(disk, 'of-another-program'));
    expect([await level(), existsSync(ballast)]).toEqual(['roomy', true]);
    expect(await till.ask('sell 6')).toMatchObject({ ok: true });
    await till.ask('backup');
    expect(existsSync(till.backupFolder)).toBe(true);
    await till.ask('end');
    expect(verifyLedger(path.join(till.dataFolder, 'ledger.db'), MIGRATIONS)).toMatchObject({
      findings: [],
      entries: 5,
    });
  });

  it('from one moment to the next lets the ballast go, and sells at the second try at the latest', async () => {
    if (!mounted()) return refusesOnFullWrites();
    till = await toldTill(scratch, path.join(disk, 'till'), { limits: LIMITS });
    expect(await till.ask('sell 0')).toMatchObject({ ok: true });
    leave(0);
    await till.ask('sell 1'); // sold or refused with `disk-full`: by whether the till or the disk saw it first
    expect([await till.ask('sell 1'), await till.ask('sell 2')]).toMatchObject([{ ok: true }, { ok: true }]);
    expect(existsSync(path.join(till.dataFolder, 'ballast'))).toBe(false);
    await till.ask('end');
    expect(verifyLedger(path.join(till.dataFolder, 'ledger.db'), MIGRATIONS)).toMatchObject({
      findings: [],
      entries: 3,
    });
  });
});

/** Without a small file system: the writes of the ledger themselves find no room. */
async function refusesOnFullWrites(): Promise<void> {
  till = await toldTill(scratch, path.join(disk, 'till'), { shim: true });
  expect(await till.ask('sell 0')).toMatchObject({ ok: true });
  till.fault('disk-full', true);
  expect(await till.ask('sell 1')).toEqual({ ok: false, code: 'disk-full' });
  till.fault('disk-full', false);
  expect(await till.ask('sell 1')).toMatchObject({ ok: true });
  await till.ask('end');
  expect(verifyLedger(path.join(till.dataFolder, 'ledger.db'), MIGRATIONS)).toMatchObject({ findings: [], entries: 2 });
}

describe('writes that find no room', () => {
  it('refuse the sale, and it is sold once there is room', refusesOnFullWrites);
});
