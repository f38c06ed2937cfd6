/** The child in one file with V8's cache beside it: what is tested is the till, not how long Node takes to read a thousand modules. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { buildUnlessFresh, sourcesDigest } from '../../scripts/build/freshness.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const SOURCES = [
  'till',
  'hardware',
  'sync/client',
  'sync/protocol',
  'ledger',
  'loyalty',
  'base',
  'tests/torture',
  'package-lock.json',
];
const EXTERNAL = ['better-sqlite3'];

export type ChildProgram = { readonly file: string; readonly cacheFolder: string };

export async function childProgram(): Promise<ChildProgram> {
  const digest = sourcesDigest(ROOT, SOURCES, 'torture');
  const outDir = path.join(ROOT, 'dist', 'torture');
  const name = `till-child-${digest.slice(0, 16)}.mjs`; // two runs of two states of the sources do not disturb each other
  const file = path.join(outDir, name);
  await buildUnlessFresh({
    digest,
    stamp: path.join(ROOT, 'dist', `.torture-build-${digest.slice(0, 16)}`),
    outputs: [file],
    force: false,
    build: async () => {
      await build({
        configFile: false,
        root: ROOT,
        logLevel: 'warn',
        publicDir: false,
        ssr: { noExternal: true, external: EXTERNAL, target: 'node' },
        build: {
          ssr: path.join(ROOT, 'tests/torture/till-child.ts'),
          outDir,
          emptyOutDir: false,
          target: 'node22',
          minify: true,
          rolldownOptions: {
            external: EXTERNAL,
            output: { format: 'esm', entryFileNames: name, codeSplitting: false },
          },
        },
      });
    },
  });
  const cacheFolder = path.join(outDir, 'cache');
  mkdirSync(cacheFolder, { recursive: true });
  return { file, cacheFolder };
}
