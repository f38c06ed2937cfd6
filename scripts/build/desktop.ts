/**
 * The desktop app: main, preload, engine and the engine's thread for the long look, each ONE CommonJS file. A sandboxed preload cannot load a second file, and everything but
 * Electron and the native module is inside, so a packaged app carries no node_modules but better-sqlite3.
 */
import path from 'node:path';
import { build, type Rolldown } from 'vite';
import { ROOT } from '../setup.mjs';
import { buildUnlessFresh, sourcesDigest } from './freshness.ts';
import { TEST_RUNTIME_BANNER } from './test-runtime.ts';

const DESKTOP_ENTRIES = {
  main: 'electron/main.ts',
  preload: 'electron/preload.ts',
  engine: 'electron/engine.ts',
  'ledger-check': 'till/store/rescue/check-worker.ts',
} as const;
const SOURCES = [
  'electron',
  'till',
  'hardware',
  'sync/client',
  'sync/protocol',
  'ledger',
  'loyalty',
  'base',
  'scripts/build',
  'package-lock.json',
];
const EXTERNAL = ['electron', 'better-sqlite3'];
const NODE_TARGET = 'node18';

export type BuildOptions = { testRuntime: boolean; force: boolean };

export async function buildDesktop({ testRuntime, force }: BuildOptions): Promise<boolean> {
  const outDir = path.join(ROOT, 'dist', 'electron');
  return buildUnlessFresh({
    digest: sourcesDigest(ROOT, SOURCES, `desktop ${String(testRuntime)}`),
    stamp: path.join(ROOT, 'dist', '.desktop-build'),
    outputs: Object.keys(DESKTOP_ENTRIES).map((name) => path.join(outDir, `${name}.cjs`)),
    force,
    async build() {
      for (const [name, entry] of Object.entries(DESKTOP_ENTRIES)) {
        // The preload has no Node modules to repair.
        await bundleCommonJs({
          name,
          entry: path.join(ROOT, entry),
          outDir,
          banner: testRuntime && name !== 'preload' ? TEST_RUNTIME_BANNER : '',
        });
      }
    },
  });
}

/** One entry into `outDir/NAME.cjs`, with everything inside but Electron and the native module. */
async function bundleCommonJs(options: { name: string; entry: string; outDir: string; banner: string }): Promise<void> {
  const { name, entry, outDir, banner } = options;
  const output: Rolldown.OutputOptions = {
    format: 'cjs',
    entryFileNames: `${name}.cjs`,
    codeSplitting: false,
    banner,
    exports: 'auto',
  };
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    ssr: { noExternal: true, external: EXTERNAL, target: 'node' },
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: false,
      target: NODE_TARGET,
      minify: false,
      sourcemap: false,
      rolldownOptions: { external: EXTERNAL, output },
    },
  });
}
