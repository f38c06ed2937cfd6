/** The screens: renderer/vite.config.ts says what they are made of. One build serves the desktop app, the browser host and head office. */
import path from 'node:path';
import { build } from 'vite';
import { ROOT } from '../setup.mjs';
import type { BuildOptions } from './desktop.ts';
import { buildUnlessFresh, sourcesDigest } from './freshness.ts';

const SOURCES = ['renderer', 'till/contract', 'sync/protocol', 'ledger', 'loyalty', 'base', 'scripts/build', 'package-lock.json'];

export async function buildScreens({ force }: BuildOptions): Promise<boolean> {
  return buildUnlessFresh({
    digest: sourcesDigest(ROOT, SOURCES, 'screens'),
    stamp: path.join(ROOT, 'dist', '.screens-build'),
    outputs: [path.join(ROOT, 'dist', 'till', 'index.html')],
    force,
    async build() {
      await build({ configFile: path.join(ROOT, 'renderer', 'vite.config.ts'), logLevel: 'warn' });
    },
  });
}
