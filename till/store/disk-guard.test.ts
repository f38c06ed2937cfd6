import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { diskGuard } from './disk-guard.ts';

const LIMITS = { warn: 1_000_000, extras: 500_000, ballast: 64_000, least: 32_000 };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'loyaltill-room-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('goes through its levels as room goes and comes, and writes its ballast for real', () => {
  let others = 0;
  const ballast = path.join(folder, 'ballast');
  const size = (): number => (existsSync(ballast) ? statSync(ballast).size : 0);
  const guard = diskGuard(folder, LIMITS, () => 2_000_000 - others - size());
  const at = (used: number): [string, number] => {
    others = used;
    return [guard.look(), size()];
  };
  expect(statSync(ballast).blocks * 512).toBeGreaterThanOrEqual(64_000);
  expect([at(0), at(1_000_000), at(1_600_000), at(1_920_000), at(1_990_000), at(1_700_000), at(0)]).toEqual([
    ['roomy', 64_000],
    ['low', 64_000],
    ['tight', 64_000],
    ['ballast-gone', 0],
    ['full', 0],
    ['ballast-gone', 0],
    ['roomy', 64_000],
  ]);
});

it('looks at most twice a second before writes, and at once where the disk said that it is full', () => {
  let free = 2_000_000;
  let now = 0;
  const guard = diskGuard(
    folder,
    LIMITS,
    () => free,
    () => now,
  );
  free = 0;
  const early = guard.mayWrite();
  now += 501;
  expect([early, guard.mayWrite()]).toEqual([true, false]);
  free = 2_000_000;
  now += 501;
  expect(guard.mayWrite()).toBe(true);
  guard.saidFull();
  expect(existsSync(path.join(folder, 'ballast'))).toBe(false);
});
