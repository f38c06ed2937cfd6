/** The screens: renderer/vite.config.ts says what they are made of. One build serves the desktop app, the browser host and head office. */
import path from 'node:path';
import { build } from 'vite';
import { ROOT } from '../setup.mjs';
import type { BuildOptions } from './desktop.ts';
import { buildUnlessFresh, sourcesDigest } from './freshness.ts';

/** Modes of renderer/vite.config.ts. */
const PAGES = ['till', 'console'] as const;
/** A screen is read from the same machine: one file is right, and one that grew without reason is still noticed. */
const SCREEN_KB_MAX = 2_000;
const SOURCES = [
  'renderer',
  'till/contract',
  'hardware/scanner',
  'sync/protocol',
  'ledger',
  'loyalty',
  'base',
  'scripts/build',
  'package-lock.json',
];

export async function buildScreens({ force }: BuildOptions): Promise<boolean> {
  const configFile = path.join(ROOT, 'renderer', 'vite.config.ts');
  return buildUnlessFresh({
    digest: sourcesDigest(ROOT, SOURCES, 'screens'),
    stamp: path.join(ROOT, 'dist', '.screens-build'),
    outputs: PAGES.map((page) => path.join(ROOT, 'dist', page, 'index.html')),
    force,
    async build() {
      for (const page of PAGES) {
        await build({
          configFile,
          configLoader: 'native',
          mode: page,
          root: path.join(ROOT, 'renderer', page),
          logLevel: 'warn',
          build: { chunkSizeWarningLimit: SCREEN_KB_MAX },
        });
      }
    },
  });
}
