import { configDefaults, defineConfig } from 'vitest/config';

/** `npx vitest run FOLDER` runs one folder; Playwright owns tests/e2e. */
export default defineConfig({
  test: {
    include: ['**/*.test.ts', '**/*.test.tsx'],
    exclude: [...configDefaults.exclude, 'tests/e2e/**', 'dist/**', 'release/**', 'data/**', 'test-results/**'],
    // A test waits for what it expects; the limit only ends one that hangs. Starting a database server takes seconds.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    passWithNoTests: true,
    setupFiles: process.env['STRYKER_MUTATOR_WORKER'] === undefined ? [] : ['loyalty/testing/few-runs.ts'],
  },
});
