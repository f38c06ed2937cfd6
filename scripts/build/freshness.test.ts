import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildUnlessFresh, sourcesDigest } from './freshness.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'freshness-'));
  mkdirSync(path.join(root, 'source'));
  write('source/main.ts', 'one');
});
afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, text: string): void {
  writeFileSync(path.join(root, file), text);
}

const digest = (variant = ''): string => sourcesDigest(root, ['source', 'package-lock.json'], variant);

function build(force = false): Promise<boolean> {
  const output = path.join(root, 'out.cjs');
  return buildUnlessFresh({
    digest: digest(),
    stamp: path.join(root, 'dist', '.stamp'),
    outputs: [output],
    force,
    build: async () => writeFileSync(output, 'built'),
  });
}

describe('the digest of sources', () => {
  it('changes with a file’s text, name or removal, with the lock file and with the variant', () => {
    const digests = [digest(), digest('test runtime')];
    write('source/main.ts', 'two');
    digests.push(digest());
    write('source/more.ts', 'two');
    digests.push(digest());
    rmSync(path.join(root, 'source', 'main.ts'));
    digests.push(digest());
    write('package-lock.json', '{}');
    digests.push(digest());
    expect(new Set(digests).size).toBe(6);
  });

  it('does not see tests', () => {
    const before = digest();
    write('source/main.test.ts', 'a test');
    expect(digest()).toBe(before);
  });
});

describe('a build', () => {
  it('runs once for the same sources, and again where they changed, an output is gone or it is forced', async () => {
    const ran = [await build(), await build()];
    write('source/main.ts', 'two');
    ran.push(await build(), await build());
    rmSync(path.join(root, 'out.cjs'));
    ran.push(await build(), await build(true), await build());
    expect(ran).toEqual([true, false, true, false, true, true, false]);
  });

  it('that failed is not fresh', async () => {
    const failing = buildUnlessFresh({
      digest: digest(),
      stamp: path.join(root, 'dist', '.stamp'),
      outputs: [],
      force: false,
      build: () => Promise.reject(new Error('broken')),
    });
    await expect(failing).rejects.toThrow('broken');
    expect(await build()).toBe(true);
  });
});
