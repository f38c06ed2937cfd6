import { configDefaults, defineConfig } from 'vitest/config';

/** StrykerJS runs the tests that reach a mutant: what weighs seconds, and is about size, is left out. */
const isMutation = process.env['STRYKER_MUTATOR_WORKER'] !== undefined;

/** `npx vitest run FOLDER` runs one folder; Playwright owns tests/e2e. */
export default defineConfig({
  test: {
    include: ['**/*.test.ts', '**/*.test.tsx'],
    exclude: [
      ...configDefaults.exclude,
      'tests/e2e/**',
      'dist/**',
      'release/**',
      'data/**',
      'test-results/**',
      ...(isMutation ? ['**/hostile.test.ts'] : []),
    ],
    // A test waits for what it expects; the limit only ends one that hangs. Starting a database server takes seconds.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    passWithNoTests: true,
    setupFiles: isMutation ? ['loyalty/testing/few-runs.ts'] : [],
  },
});
